import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { cancelDrill, type Drill, drillBackup, getBackup } from '#api/contract/backups.ts'
import { listProtection } from '#api/contract/protection.ts'
import { previewRestore } from '#api/contract/restores.ts'

import { addGroup, makeOddWorkspace, userSchemas } from '../../archive/archive-fixture.ts'
import { addConstructs } from '../../archive/logic-fixture.ts'
import { jobLock } from '../../jobs/run.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { backupOf, settled } from './restore-fixture.ts'

const PASSWORD = 'a password'

describe('a restore drill', () => {
  let app: TestApp
  let odd: number

  beforeAll(async () => {
    app = await createTestApp()
    odd = await makeOddWorkspace(app.database)
    await addGroup(app.database, odd, 'Admin')
    await addConstructs(app.database, odd)
    const input = (fields: string): string => `  input {\n${fields}  }\n  stack {\n  }\n  response = null\n`
    const texts = [
      `query "all" verb=GET {\n${input('')}}`,
      `query "some" verb=GET {\n${input('    int page?\n')}}`,
      `query "one" verb=GET {\n${input('    int id\n')}}`,
      `query "new" verb=POST {\n${input('')}}`,
    ]
    await addConstructs(
      app.database,
      odd,
      texts.map((text) => {
        const [, name = '', verb = ''] = /"(\w+)" verb=(\w+)/.exec(text) ?? []
        return { kind: 'query', name, verb, group: 'Public', text }
      }),
    )
  })
  afterAll(() => app.close())

  async function drilled(id: number, password = ''): Promise<Drill> {
    const begun = await app.call(drillBackup, { params: { id }, body: { password } })
    expect(begun.drill?.status).toMatch(/queued|running/)
    return settled(async () => {
      const { drill } = await app.call(getBackup, { params: { id } })
      if (drill === null) throw new Error('There is no drill')
      return drill
    })
  }

  /** Everything that a restore would add to. */
  async function traces(): Promise<unknown> {
    const { db } = app.database
    const files = await db.selectFrom('file').select('id').execute()
    return [await userSchemas(app.database), await db.selectFrom('workspace').select('id').execute(), files]
  }

  it('counts and checksums every table, tells the time and the endpoints, and leaves nothing', async () => {
    const { id } = await backupOf(app, odd)
    const before = await traces()
    const drill = await drilled(id)
    expect(drill).toMatchObject({ status: 'succeeded', rows: 154, failure: null })
    expect(drill.ms).toBeGreaterThan(0)
    expect(drill.tables).toHaveLength(6)
    expect(drill.tables).toContainEqual({
      name: 'Übung ☕',
      dataSource: 'live',
      rows: 50,
      checksum: expect.stringMatching(/^[0-9a-f]{16}$/),
    })
    expect(drill.tables.find(({ name }) => name === 'empty')?.checksum).toBe('0'.repeat(16))
    // `all` and `some`: the others require an input, or are of another verb.
    expect(drill.endpoints).toEqual({
      found: 2,
      called: 0,
      failed: [],
      reason: 'This release cannot run endpoints yet, so none was called.',
    })
    expect(await traces()).toEqual(before)
    expect((await app.call(previewRestore, { params: { id }, body: {} })).expectedMs).toBe(drill.ms)
  })

  it('gives the same checksums for the same rows, and another one for other rows', async () => {
    const first = await drilled((await backupOf(app, odd)).id)
    await app.database.pool.query(`update w${odd}_live.con set code = 'z' where code = 'x'`)
    const second = await drilled((await backupOf(app, odd, PASSWORD)).id, PASSWORD)
    const changed = first.tables.filter((table, at) => table.checksum !== second.tables[at]?.checksum)
    expect(changed.map(({ name }) => name)).toEqual(['con'])
  })

  it('asks for the password of an encrypted backup, and for the scope', async () => {
    const { id } = await backupOf(app, odd, PASSWORD)
    await expect(app.call(drillBackup, { params: { id } })).rejects.toMatchObject({ code: 'wrong_password' })
    const reader = await app.callAs({ 'instance:workspace': 'r' })
    await expect(reader(drillBackup, { params: { id } })).rejects.toMatchObject({
      payload: { scope: 'instance:workspace:create' },
    })
    await expect(app.call(drillBackup, { params: { id: 999_999 } })).rejects.toMatchObject({ code: 'not_found' })
    await app.database.pool.query(
      `update metadeck.backup set drill = '{"status": "running", "at": "x"}' where id = $1`,
      [id],
    )
    const again = app.call(drillBackup, { params: { id }, body: { password: PASSWORD } })
    await expect(again).rejects.toMatchObject({ status: 409 })
    await app.database.pool.query('update metadeck.backup set drill = null where id = $1', [id])
  })

  it('keeps the newest success beside one that is begun, cancelled or failed', async () => {
    const { id } = await backupOf(app, odd)
    const { at, ms, tables, rows, last } = await drilled(id)
    expect(last).toBeNull()
    const proof = { at, ms, tables, rows }
    // Drills of other backups would be newer or older by chance.
    await app.database.pool.query('update metadeck.backup set drill = null where id <> $1', [id])
    // Whoever holds the lock of its job keeps it from beginning, so that there is something to cancel.
    const holder = await app.database.pool.connect()
    await holder.query('select pg_advisory_lock(hashtextextended($1, 0))', [jobLock('drill', id)])
    const begun = await app.call(drillBackup, { params: { id } })
    expect(begun.drill).toMatchObject({ status: 'queued', ms: null, last: proof })
    const cancelled = await app.call(cancelDrill, { params: { id } })
    expect(cancelled.drill).toMatchObject({ status: 'cancelled', last: proof })
    holder.release(true)
    const protection = await app.call(listProtection, { query: { workspaceId: odd } })
    expect(protection).toMatchObject({ items: [{ lastDrillAt: at, expectedRestoreMs: ms }] })
    expect((await app.call(previewRestore, { params: { id }, body: {} })).expectedMs).toBe(ms)
    const again = await drilled(id)
    expect(again).toMatchObject({ status: 'succeeded', last: null })
    expect(Date.parse(again.at)).toBeGreaterThanOrEqual(Date.parse(at))
  })

  it('of a damaged archive fails in words', async () => {
    const { id } = await backupOf(app, odd)
    const { object_name: name } = await app.database.db
      .selectFrom('backup')
      .select('object_name')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    const storage = await app.deps.targets.open(null)
    const bytes = await buffer((await storage.read(name ?? '')).stream)
    const at = bytes.length - 1
    bytes.writeUInt8((bytes[at] ?? 0) ^ 1, at)
    await storage.write(name ?? '', Readable.from([bytes]))
    const before = await traces()
    expect(await drilled(id)).toMatchObject({ status: 'failed', failure: { code: 'bad_archive' }, last: null })
    expect(await traces()).toEqual(before)
  })
})
