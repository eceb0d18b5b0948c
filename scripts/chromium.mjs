// Finds a Chromium for the tests: one that is there, else Playwright's, else Debian's package.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

import { environment, ROOT } from './setup.mjs'

const KNOWN = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

const installed = () => [process.env.CHROMIUM, ...KNOWN].find((path) => path !== undefined && existsSync(path))

/** Path of the browser; an empty text means Playwright's own. Ends the process with a sentence where there is none. */
export function ensureChromium() {
  const found = installed()
  if (found !== undefined) return found
  process.stderr.write('No Chromium found; trying Playwright’s …\n')
  const own = spawnSync('playwright', ['install', 'chromium'], {
    cwd: ROOT,
    env: environment(),
    stdio: 'ignore',
    timeout: 120_000,
  })
  if (own.status === 0) return ''
  process.stderr.write('… not to be had; trying the system’s package …\n')
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n']
  for (const args of [
    ['apt-get', 'update', '-qq'],
    ['apt-get', 'install', '-y', '-qq', '--no-install-recommends', 'chromium'],
  ]) {
    const [program, ...rest] = [...sudo, ...args]
    spawnSync(program, rest, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    })
  }
  const path = installed()
  if (path !== undefined) return path
  process.stderr.write('The end-to-end tests need a Chromium. Install one, or name it by the variable CHROMIUM.\n')
  process.exit(1)
}
