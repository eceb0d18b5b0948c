// `npm test`: all set-up and every check. `npm test -- unit` runs the named steps only. `campaign` runs when it is named:
// the tests of faults in full length.
import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { buildConsole } from './build-console.mjs'
import { ensureChromium } from './chromium.mjs'
import { environment, ROOT, run, setUp } from './setup.mjs'
import { readReports } from './test-reports.mjs'

setUp()
const results = join(tmpdir(), `metadeck-test-${process.pid}`)
const unitReport = `${results}-unit.json`
const e2eReport = `${results}-e2e.json`

const STEPS = {
  format: () => run('oxfmt', ['--check', '.']),
  lint: () => run('oxlint', ['--type-aware', '--deny-warnings']),
  types: () => run('tsc', ['-b']),
  unused: () => run('knip', ['--treat-config-hints-as-errors']),
  deps: () => run('node', ['scripts/deps.mjs', '--check']),
  unit: () => test('vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${unitReport}`]),
  e2e: () => {
    buildConsole()
    const CHROMIUM = ensureChromium()
    test('playwright', ['test', '-c', 'e2e'], { CHROMIUM, PLAYWRIGHT_JSON_OUTPUT_NAME: e2eReport })
  },
  campaign: () => {
    const args = ['run', '--project', 'server', '--reporter=default', '--reporter=json']
    test('vitest', [...args, `--outputFile.json=${unitReport}`, 'killed', 'damaged-archive'], {
      METADECK_CAMPAIGN: '1',
    })
    buildConsole()
    const CHROMIUM = ensureChromium()
    const looks = ['test', '-c', 'e2e', '-g', 'clean for axe']
    test('playwright', looks, { CHROMIUM, METADECK_CAMPAIGN: '1', PLAYWRIGHT_JSON_OUTPUT_NAME: e2eReport })
  },
}

let failed = false
function test(program, args, extra = {}) {
  const result = spawnSync(program, args, { cwd: ROOT, env: environment(extra), stdio: 'inherit' })
  if (result.status !== 0) failed = true
}

const chosen = process.argv.slice(2)
const ON_DEMAND = new Set(['campaign'])
for (const [name, step] of Object.entries(STEPS)) {
  if (chosen.length > 0 ? !chosen.includes(name) : ON_DEMAND.has(name)) continue
  const began = Date.now()
  process.stdout.write(`\n── ${name}\n`)
  step()
  process.stdout.write(`── ${name}: ${((Date.now() - began) / 1000).toFixed(1)} s\n`)
}

const totals = readReports(unitReport, e2eReport)
rmSync(unitReport, { force: true })
rmSync(e2eReport, { force: true })
for (const { name, message } of totals.failures) process.stdout.write(`\n✗ ${name}\n${message}\n`)
process.stdout.write(`\n${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped\n`)
process.exit(failed || totals.failed > 0 ? 1 : 0)
