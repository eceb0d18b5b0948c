import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { deleteBackup, getBackup } from '#api/contract/backups.ts'
import { getRestore, listRestores, undoRestore } from '#api/contract/restores.ts'
import { setBranchLive } from '#api/contract/workspaces.ts'

import { addGroup, fingerprint, makeOddWorkspace, makeWorkspace } from '../../archive/archive-fixture.ts'
import { addConstructs, constructIds, logicPrint } from '../../archive/logic-fixture.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { backupOf, restored, settled, undone } from './restore-fixture.ts'

const ID = { name: 'id', type: 'int' } as const
const PASSWORD = 'a password'

describe('undoing a restore', () => {
  let app: TestApp
  let odd: number
  let backupId: number
  let encryptedId: number

  beforeAll(async () => {
    app = await createTestApp()
    odd = await makeOddWorkspace(app.database)
    backupId = (await backupOf(app, odd)).id
    encryptedId = (await backupOf(app, odd, PASSWORD)).id
  })
  afterAll(() => app.close())

  /** A workspace that differs from the odd one in everything: tables, rows, groups, constructs and drafts. */
  async function target(name: string): Promise<number> {
    const id = await makeWorkspace(app.database, name, [
      { name: 'users', columns: [ID, { name: 'name', type: 'text' }] },
      { name: 'con', columns: [ID, { name: 'user_id', type: 'int', table: 'users' }] },
    ])
    await app.database.pool.query(`insert into w${id}_live.users (name) select 'u' || n from generate_series(1, 20) n`)
    await app.database.pool.query(`insert into w${id}_live.con (user_id) select n from generate_series(1, 9) n`)
    for (const group of ['Public', 'Admin']) await addGroup(app.database, id, group)
    await addConstructs(app.database, id)
    return id
  }

  /** All that a person could notice, ids included. */
  async function print(id: number): Promise<unknown> {
    const ids = async (table: string, key: string): Promise<unknown> =>
      (
        await app.database.pool.query(`select id, ${key} from metadeck.${table} where workspace_id = $1 order by id`, [
          id,
        ])
      ).rows
    return {
      ...(await fingerprint(app.database, id)),
      logic: await logicPrint(app.database, id),
      drafts: await ids('construct', 'guid, draft'),
      tables: await ids('table_definition', 'name'),
      groups: await ids('api_group', 'guid, canonical'),
      constructs: await constructIds(app.database, id),
    }
  }

  const into = (workspaceId: number, confirm: string) => ({ workspaceId, confirm })

  it('gives the workspace back exactly: rows, counters, ids, drafts, groups; and an undo can be undone', async () => {
    const id = await target('Whole')
    const before = await print(id)
    const restore = await restored(app, { backupId, into: into(id, 'Whole') })
    expect(restore).toMatchObject({ status: 'succeeded', undoRefusal: null, undoneBy: null })
    const after = await print(id)
    expect(after).not.toEqual(before)
    const undo = await undone(app, restore.id)
    expect(undo).toMatchObject({ status: 'succeeded', undoOf: restore.id, workspaceId: id, undoRefusal: null })
    expect(await print(id)).toEqual(before)
    const { undoneBy, undoRefusal } = await app.call(getRestore, { params: { id: restore.id } })
    expect({ undoneBy, undoRefusal }).toEqual({
      undoneBy: undo.id,
      undoRefusal: `Restore ${undo.id} took it back already.`,
    })
    expect(await undone(app, undo.id)).toMatchObject({ status: 'succeeded', undoOf: undo.id })
    expect(await print(id)).toEqual(after)
  })

  it('needs no password: the safety backup of an encrypted restore is encrypted and keeps its own', async () => {
    const id = await target('Encrypted')
    const before = await print(id)
    const restore = await restored(app, { backupId: encryptedId, password: PASSWORD, into: into(id, 'Encrypted') })
    const safety = await app.call(getBackup, { params: { id: restore.safetyBackupId ?? 0 } })
    expect(safety).toMatchObject({ kind: 'safety', encrypted: true, knowsPassword: true, status: 'succeeded' })
    expect(await undone(app, restore.id)).toMatchObject({ status: 'succeeded' })
    expect(await print(id)).toEqual(before)
  })

  it('of some tables brings these back and removes those that it had added', async () => {
    const id = await target('Some')
    const before = await print(id)
    const tables = ['con', 'refers', 'empty']
    const restore = await restored(app, { backupId, into: into(id, 'Some'), tables })
    expect(restore).toMatchObject({ status: 'succeeded', tables: ['con', 'empty', 'refers'], failure: null })
    const names = async (): Promise<unknown> => Object.keys((await fingerprint(app.database, id))['rows'] as object)
    expect(await names()).toEqual(['con', 'empty', 'refers', 'users'])
    expect(await undone(app, restore.id)).toMatchObject({ status: 'succeeded', failure: null })
    expect(await print(id)).toEqual(before)
  })

  it('of a new workspace saves it and deletes it', async () => {
    const restore = await restored(app, { backupId, into: { newWorkspace: 'Made' } })
    const id = restore.workspaceId ?? 0
    const undo = await undone(app, restore.id)
    expect(undo).toMatchObject({ status: 'succeeded', workspaceId: null })
    expect(await app.database.db.selectFrom('workspace').select('id').where('id', '=', id).execute()).toEqual([])
    const safety = await app.call(getBackup, { params: { id: undo.safetyBackupId ?? 0 } })
    expect(safety).toMatchObject({ status: 'succeeded', rows: restore.rows, workspaceName: 'Made' })
    expect(await app.call(getRestore, { params: { id: restore.id } })).toMatchObject({ undoneBy: undo.id })
    expect(undo.undoRefusal).toContain('safety backup')
  })

  it('of a new branch deletes it and the tables that came with it, unless it is live or somebody uses them', async () => {
    const id = await makeWorkspace(app.database, 'Branched', [{ name: 'users', columns: [ID] }])
    await addGroup(app.database, id, 'Public')
    const before = await print(id)
    const make = () => restored(app, { backupId, into: { workspaceId: id, newBranch: 'next' } })
    const restore = await make()
    expect(restore).toMatchObject({ status: 'succeeded', newBranch: 'next', safetyBackupId: null, undoRefusal: null })
    await app.call(setBranchLive, { params: { workspace_id: id, branch_label: 'next' } })
    await expect(app.call(undoRestore, { params: { id: restore.id } })).rejects.toMatchObject({
      status: 409,
      message: expect.stringContaining('live'),
    })
    await app.call(setBranchLive, { params: { workspace_id: id, branch_label: 'v1' } })
    expect(await undone(app, restore.id)).toMatchObject({ status: 'succeeded', failure: null })
    expect(await print(id)).toEqual(before)
    const again = await make()
    await app.database.pool.query(`insert into w${id}_live.empty default values`)
    expect(await undone(app, again.id)).toMatchObject({ status: 'succeeded' })
    const { rows } = await fingerprint(app.database, id)
    expect(Object.keys(rows as object)).toEqual(['empty', 'users'])
  })

  it('is refused with the reason: a later restore, a safety backup that is gone, nothing done, the scope', async () => {
    const id = await target('Refused')
    const first = await restored(app, { backupId, into: into(id, 'Refused') })
    const second = await restored(app, { backupId, into: into(id, 'Refused') })
    const undo = (restoreId: number) => app.call(undoRestore, { params: { id: restoreId } })
    await expect(undo(first.id)).rejects.toMatchObject({
      status: 409,
      message: expect.stringContaining(`Restore ${second.id}`),
    })
    const { items } = await app.call(listRestores, { query: { workspaceId: id } })
    expect(items.map(({ undoRefusal }) => undoRefusal)).toEqual([
      null,
      `Restore ${second.id} of the same workspace came later. Undo that first.`,
    ])
    await app.call(deleteBackup, { params: { id: second.safetyBackupId ?? 0 } })
    await expect(undo(second.id)).rejects.toMatchObject({
      status: 409,
      message: expect.stringContaining('was deleted'),
    })
    await expect(undo(999_999)).rejects.toMatchObject({ code: 'not_found' })
    const made = await restored(app, { backupId, into: { newWorkspace: 'Scoped' } })
    const updater = await app.callAs({ 'instance:workspace': 'cru' })
    await expect(updater(undoRestore, { params: { id: made.id } })).rejects.toMatchObject({
      payload: { scope: 'instance:workspace:delete' },
    })
  })

  it('is refused where another one took it back between the look and the start', async () => {
    const id = await target('Twice')
    const restore = await restored(app, { backupId, into: into(id, 'Twice') })
    const { pool, db } = app.database
    const client = await pool.connect()
    await client.query('begin')
    await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`metadeck.restores.${id}`])
    const second = app.call(undoRestore, { params: { id: restore.id } }).catch((error: unknown) => error)
    const waiting = "select 1 from pg_locks where locktype = 'advisory' and not granted"
    await expect.poll(async () => (await pool.query(waiting)).rowCount, { timeout: 5_000 }).toBe(1)
    const first = { workspace_id: id, workspace_name: 'Twice', into_new: false, undo_of: restore.id }
    const ended = { status: 'succeeded', stage: 'done', created_by: 'test', created_at: new Date() }
    await db
      .insertInto('restore')
      .values({ ...first, ...ended })
      .execute()
    await client.query('commit')
    client.release()
    expect(await second).toMatchObject({ status: 409, message: expect.stringMatching(/took it back already/) })
  })

  it('takes one of two that are asked for at a time', async () => {
    const id = await target('Twice')
    const restore = await restored(app, { backupId, into: into(id, 'Twice') })
    const both = await Promise.allSettled([1, 2].map(() => app.call(undoRestore, { params: { id: restore.id } })))
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    const [begun] = both.flatMap((one) => (one.status === 'fulfilled' ? [one.value.id] : []))
    await settled(() => app.call(getRestore, { params: { id: begun ?? 0 } }))
  })
})
