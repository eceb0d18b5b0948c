import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { afterEach, expect, test } from 'vitest'

const SCRIPT = join(import.meta.dirname, '../../../scripts/deps.mjs')
const folders: string[] = []

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

interface Package {
  license?: string
  dependencies?: Record<string, string>
  optional?: string[]
}

/** Runs the check on a checkout that has these packages, of which `direct` are asked for. */
function check(direct: string[], reasons: Record<string, string>, packages: Record<string, Package>) {
  const root = mkdtempSync(join(tmpdir(), 'mdt-deps-'))
  folders.push(root)
  const write = (path: string, content: unknown): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), JSON.stringify(content))
  }
  const lock = Object.entries(packages).map(([place, { license, dependencies = {} }]) => [
    `node_modules/${place}`,
    { version: '1.0.0', license, dependencies },
  ])
  write('package.json', { dependencies: Object.fromEntries(direct.map((name) => [name, '1.0.0'])) })
  write('package-lock.json', { packages: Object.fromEntries(lock) })
  write('docs/dependencies.json', reasons)
  for (const [place, { license }] of Object.entries(packages)) write(`node_modules/${place}/package.json`, { license })
  const { status, stdout, stderr } = spawnSync(process.execPath, [SCRIPT, '--root', root], { encoding: 'utf8' })
  return { status, stdout, stderr }
}

const GOOD = { license: 'MIT' }

test('dependencies with a reason and permissive licences pass, each with version, licence, size and reason', () => {
  const packages = {
    a: { license: '(GPL-3.0-only OR MIT)', dependencies: { b: '1' } },
    b: { license: 'MIT AND ISC' },
    '@fontsource/x': { license: 'OFL-1.1' },
  }
  const { status, stdout, stderr } = check(['a', '@fontsource/x'], { a: 'For this', '@fontsource/x': 'Type' }, packages)
  expect([status, stderr]).toEqual([0, ''])
  expect(stdout).toMatch(/a +1\.0\.0 +\(GPL-3\.0-only OR MIT\) +0\.00 MB +\+ 1, 0\.00 MB +For this/)
  expect(stdout).toContain('2 runtime dependencies, 1 packages behind them')
})

test('a licence that is not permissive fails, also that of a package far behind', () => {
  const packages = {
    a: { ...GOOD, dependencies: { b: '1' } },
    b: { ...GOOD, dependencies: { c: '1' } },
    // The one beside `b` is what `b` gets.
    c: GOOD,
    'b/node_modules/c': { license: 'AGPL-3.0-only' },
  }
  const { status, stderr } = check(['a'], { a: 'For this' }, packages)
  expect([status, stderr]).toEqual([1, 'c: the licence AGPL-3.0-only is not a permissive one.\n'])
  for (const license of ['MIT AND GPL-2.0-only', 'UNLICENSED', 'OFL-1.1', 'SEE LICENSE IN x', undefined]) {
    expect(check(['a'], { a: 'x' }, { a: license === undefined ? {} : { license } }).status).toBe(1)
  }
})

test('a dependency without a reason fails, and a reason without a dependency', () => {
  const { status, stderr } = check(['a', 'b'], { a: ' ', c: 'Was here once' }, { a: GOOD, b: GOOD })
  expect(status).toBe(1)
  expect(stderr.trim().split('\n')).toEqual([
    'a: docs/dependencies.json gives no reason for it.',
    'b: docs/dependencies.json gives no reason for it.',
    'c: docs/dependencies.json gives a reason, and package.json does not have it.',
  ])
})
