// Makes a checkout ready: exact packages and the pinned Node. Runs on the machine's own Node (20 or later).
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('..', import.meta.url))
const STAMP = `${ROOT}node_modules/.metadeck-setup`
const IS_WINDOWS = process.platform === 'win32'

/** The pinned Node, whatever the machine's own is. */
export const NODE = `${ROOT}node_modules/node/bin/node${IS_WINDOWS ? '.exe' : ''}`

/**
 * What the server's process is told about memory. Buffers lie outside of the heap, but go only when its young generation
 * is collected, so that one is kept small; and what is freed goes back to the system at once (glibc reads these names).
 * A backup then takes 60 MB instead of 110 MB.
 */
export const SERVER_FLAGS = ['--max-semi-space-size=4']
export const SERVER_MEMORY = {
  MALLOC_ARENA_MAX: '2',
  MALLOC_MMAP_THRESHOLD_: '1048576',
  MALLOC_TRIM_THRESHOLD_: '1048576',
}

/** Environment in which programs of `node_modules/.bin`, the pinned Node among them, are found first. */
export function environment(extra = {}) {
  const path = [`${ROOT}node_modules/.bin`, process.env.PATH].join(IS_WINDOWS ? ';' : ':')
  return { ...process.env, PATH: path, ...extra }
}

/** Runs a program to its end; a failure ends this process with the program's exit code. */
export function run(program, args, { env = environment(), quiet = false } = {}) {
  const result = spawnSync(program, args, {
    cwd: ROOT,
    env,
    stdio: quiet ? ['ignore', 'ignore', 'inherit'] : 'inherit',
    shell: IS_WINDOWS,
  })
  if (result.error) {
    process.stderr.write(`${program} could not be run: ${result.error.message}\n`)
    process.exit(1)
  }
  if (result.status !== 0) process.exit(result.status ?? 1)
}

/** SHA-256 of the lockfile and of this machine's kind: another one means that the packages are stale. */
function wanted() {
  return createHash('sha256')
    .update(readFileSync(`${ROOT}package-lock.json`))
    .update(`${process.platform} ${process.arch}`)
    .digest('hex')
}

/** Installs what is missing, exactly as the lockfile says. Does nothing when that was done before. */
export function setUp() {
  if (existsSync(STAMP) && existsSync(NODE) && readFileSync(STAMP, 'utf8') === wanted()) return
  process.stderr.write('Installing packages (once) …\n')
  // Install scripts are off but for the pinned Node's, which fetches its binary as a package.
  run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    env: process.env,
    quiet: true,
  })
  run('npm', ['rebuild', 'node', '--ignore-scripts=false', '--loglevel=error'], { env: process.env, quiet: true })
  writeFileSync(STAMP, wanted())
}
