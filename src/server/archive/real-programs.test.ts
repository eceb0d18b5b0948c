import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts'
import { archiveOf, makeOddWorkspace, sourceOf } from './archive-fixture.ts'
import { verifyArchive } from './verify.ts'

const PASSWORD = 'a real password'

const READABLE = {
  definition: ['api_group', 'branch.xs', 'table', 'workspace.xs'],
  refersToCon: true,
  empty: 'id,at\n',
  format: 3,
  workspace: 'Odd "shop"',
  tellsWhatIsMissing: true,
}

function isInstalled(program: string): boolean {
  return spawnSync(program, ['--version']).error === undefined
}

const hasTarAndZstd = isInstalled('tar') && isInstalled('zstd')
// age asks for a passphrase at a terminal only; `script` gives it one.
const hasAge = hasTarAndZstd && isInstalled('age') && isInstalled('script')

describe('an archive opened without Metadeck', () => {
  let database: TestDatabase
  let workspaceId: number
  let folder: string

  beforeAll(async () => {
    database = await createTestDatabase()
    workspaceId = await makeOddWorkspace(database)
    folder = mkdtempSync(join(tmpdir(), 'mdt-programs-'))
  })
  afterAll(async () => {
    await database.close()
    rmSync(folder, { recursive: true, force: true })
  })

  it.skipIf(!hasTarAndZstd)('zstd -d | tar x gives readable files (skipped where one of them is missing)', async () => {
    writeFileSync(join(folder, 'x.xano'), await archiveOf(database, workspaceId))
    execFileSync('zstd', ['-q', '-d', 'x.xano', '-o', 'x.tar'], { cwd: folder })
    expect(unpacked()).toEqual(READABLE)
  })

  it.skipIf(!hasAge)(
    'age -d | zstd -d | tar x opens an encrypted one (skipped where one of them is missing)',
    async () => {
      writeFileSync(join(folder, 'e.xano'), await archiveOf(database, workspaceId, { password: PASSWORD }))
      await atTerminal('age -d -o e.zst e.xano', [PASSWORD])
      execFileSync('zstd', ['-q', '-d', '-f', 'e.zst', '-o', 'x.tar'], { cwd: folder })
      expect(unpacked()).toEqual(READABLE)
    },
  )

  it.skipIf(!hasAge)('what age encrypted again is read (skipped where it is missing)', async () => {
    writeFileSync(join(folder, 'plain.xano'), await archiveOf(database, workspaceId))
    await atTerminal('age -p -o again.xano plain.xano', [PASSWORD, PASSWORD])
    const source = sourceOf(readFileSync(join(folder, 'again.xano')))
    expect((await verifyArchive(source, PASSWORD)).encrypted).toBe(true)
  })

  /** What a person finds in the tar. */
  function unpacked(): object {
    execFileSync('tar', ['-xf', 'x.tar'], { cwd: folder })
    const read = (name: string): string => readFileSync(join(folder, name), 'utf8')
    const manifest = JSON.parse(read('manifest.json')) as {
      format: number
      workspace: { name: string }
      coverage: object
    }
    return {
      definition: readdirSync(join(folder, 'definition')).toSorted(),
      refersToCon: read('definition/table/refers.xs').includes('table = "con"'),
      empty: read('rows/live/empty.csv'),
      format: manifest.format,
      workspace: manifest.workspace.name,
      tellsWhatIsMissing: JSON.stringify(manifest.coverage).includes('Access tokens'),
    }
  }

  /** Runs a command at a terminal and answers its questions. */
  async function atTerminal(command: string, answers: readonly string[]): Promise<void> {
    const terminal = spawn('script', ['-qec', command, '/dev/null'], { cwd: folder })
    let asked = 0
    terminal.stdout.on('data', (text: Buffer) => {
      if (text.includes('passphrase') && asked < answers.length) terminal.stdin.write(`${answers[asked++]}\n`)
    })
    const [code] = (await once(terminal, 'exit')) as [number]
    expect(code).toBe(0)
  }
})
