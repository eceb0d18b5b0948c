import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts'
import { archiveOf, fingerprint, makeOddWorkspace, makeWorkspace, sourceOf, userSchemas } from './archive-fixture.ts'
import type { ArchiveSource } from './envelope.ts'
import { importArchive, type ImportProgress, type ImportRequest } from './import.ts'
import { openSnapshot } from './snapshot.ts'
import { verifyArchive } from './verify.ts'

const sha256Of = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')
const ID = { name: 'id', type: 'int' } as const

describe('importing an archive', () => {
  let database: TestDatabase
  let bytes: Buffer

  beforeAll(async () => {
    database = await createTestDatabase()
    bytes = await archiveOf(database, await makeOddWorkspace(database))
  })
  afterAll(() => database.close())

  async function target(name: string): Promise<number> {
    const id = await makeWorkspace(database, name, [{ name: 'con', columns: [ID] }])
    await database.pool.query(`insert into w${id}_live.con default values`)
    return id
  }

  async function run(workspaceId: number, request: Partial<ImportRequest> = {}): Promise<number> {
    const archive = await verifyArchive(sourceOf(bytes), '')
    const base = { source: sourceOf(bytes), password: '', target: { workspaceId }, now: new Date() }
    return importArchive(database, archive, { ...base, ...request })
  }

  it('waits for an export of the workspace, and readers go on meanwhile', async () => {
    const id = await target('Exported')
    const exporting = await openSnapshot(database, id, '', true)
    let isDone = false
    const importing = run(id).then(() => (isDone = true))
    const started = Date.now()
    let slowest = 0
    while (Date.now() - started < 4_000) {
      const before = Date.now()
      await database.pool.query(`select count(*) from w${id}_live.con`)
      slowest = Math.max(slowest, Date.now() - before)
      await sleep(20)
    }
    expect(isDone).toBe(false)
    expect(slowest).toBeLessThan(3_000)
    await exporting.close(false)
    await importing
    expect(Object.keys((await fingerprint(database, id))['rows'] as object)).toHaveLength(6)
  })

  it('a file that changes between the two readings is refused, and nothing changes', async () => {
    const id = await target('Changing')
    const other = await archiveOf(database, await makeWorkspace(database, 'Other', [{ name: 'con', columns: [ID] }]))
    const [before, schemas] = [await fingerprint(database, id), await userSchemas(database)]
    const changed = Buffer.from(bytes)
    changed.writeUInt8((changed[2_000] ?? 0) ^ 4, 2_000)
    for (const second of [changed, other, bytes.subarray(0, 3_000)]) {
      for (const sha256 of [undefined, sha256Of(bytes)]) {
        const refused = run(id, { source: sourceOf(second), sha256 })
        await expect(refused).rejects.toMatchObject({ code: 'bad_archive' })
      }
    }
    expect(await fingerprint(database, id)).toEqual(before)
    expect(await userSchemas(database)).toEqual(schemas)
  })

  it('one whose bytes are known takes those and no others', async () => {
    const id = await target('Known')
    const [before, schemas] = [await fingerprint(database, id), await userSchemas(database)]
    const refused = run(id, { sha256: sha256Of(Buffer.from('other bytes')) })
    await expect(refused).rejects.toMatchObject({ code: 'bad_archive', message: expect.stringMatching(/it changed/) })
    expect(await fingerprint(database, id)).toEqual(before)
    expect(await userSchemas(database)).toEqual(schemas)
    await run(id, { sha256: sha256Of(bytes) })
    expect(Object.keys((await fingerprint(database, id))['rows'] as object)).toHaveLength(6)
  })

  it('one that is called off in the middle leaves everything as it was', async () => {
    const id = await target('Called off')
    const [before, schemas] = [await fingerprint(database, id), await userSchemas(database)]
    for (const stage of ['definitions', 'rows', 'swapping']) {
      const stop = new AbortController()
      const onProgress = (step: ImportProgress): void => {
        if (step.stage === stage) stop.abort(new Error('called off'))
      }
      await expect(run(id, { signal: stop.signal, onProgress })).rejects.toThrow('called off')
    }
    expect(await fingerprint(database, id)).toEqual(before)
    expect(await userSchemas(database)).toEqual(schemas)
  })

  it('a store that fails in the middle leaves everything as it was', async () => {
    const id = await target('Store fails')
    const before = await fingerprint(database, id)
    const source: ArchiveSource = {
      async open() {
        const stream = await sourceOf(bytes, 500).open()
        let chunks = 0
        stream.on('data', () => {
          chunks += 1
          if (chunks === 8) stream.destroy(Object.assign(new Error('gone'), { code: 'EIO' }))
        })
        stream.pause()
        return stream
      },
    }
    await expect(run(id, { source })).rejects.toMatchObject({ code: 'EIO' })
    expect(await fingerprint(database, id)).toEqual(before)
  })

  it('what is written last in its transaction is there exactly when the import is', async () => {
    const id = await target('Together')
    const beforeCommit: ImportRequest['beforeCommit'] = async (db) => {
      await db.insertInto('setting').values({ key: 'mark', value: '{}' }).execute()
      throw new Error('no')
    }
    await expect(run(id, { beforeCommit })).rejects.toThrow('no')
    expect(await database.db.selectFrom('setting').selectAll().where('key', '=', 'mark').execute()).toEqual([])
  })

  it('progress ends with every table and row', async () => {
    const steps: ImportProgress[] = []
    await run(await target('Progress'), { onProgress: (step) => steps.push(step) })
    const last = steps.at(-1)
    expect(last).toMatchObject({ stage: 'swapping', tablesDone: 6, tablesTotal: 6 })
    expect(last?.rows).toBe(last?.rowsTotal)
  })
})
