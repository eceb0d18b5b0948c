import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'

import { createBackup, getBackup } from '#api/contract/backups.ts'
import {
  createRestore,
  type CreateRestore,
  listRestores,
  previewRestore,
  type Restore,
} from '#api/contract/restores.ts'

import { makeWorkspace } from '../../archive/archive-fixture.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { backupOf, restored, settled, undone } from './restore-fixture.ts'

const ID = { name: 'id', type: 'int' } as const
const text = (name: string) => ({ name, type: 'text' as const, nullable: true })

describe('a restore that merges rows', () => {
  let app: TestApp
  let shop: number
  let backupId: number

  beforeAll(async () => {
    app = await createTestApp()
    shop = await makeWorkspace(app.database, 'Shop', [{ name: 'users', columns: [ID, text('name'), text('email')] }])
    await run(
      `insert into w${shop}_live.users (name, email) select 'u' || n, n || '@b.co' from generate_series(1, 5) n`,
    )
    backupId = (await backupOf(app, shop)).id
  })
  afterAll(() => app.close())

  const run = (statement: string): Promise<unknown> => app.database.pool.query(statement)
  const bring = (into: number, more: Omit<CreateRestore, 'backupId' | 'into'>, from = backupId): Promise<Restore> =>
    restored(app, { backupId: from, into: { workspaceId: into, confirm: 'Now' }, tables: ['users'], ...more })

  it('tells columns that the table lacks before, is refused for their values, and leaves them behind where asked to', async () => {
    const id = await makeWorkspace(app.database, 'Now', [{ name: 'users', columns: [ID, text('name'), text('mail')] }])
    const preview = await app.call(previewRestore, { params: { id: backupId }, body: { workspaceId: id } })
    expect(preview.tables).toMatchObject([{ name: 'users', missingColumns: ['email'] }])
    const fresh = await app.call(previewRestore, { params: { id: backupId }, body: {} })
    expect(fresh.tables[0]).not.toHaveProperty('missingColumns')
    expect(await bring(id, { rows: 'missing' })).toMatchObject({
      status: 'failed',
      rows: 0,
      tablesDone: 0,
      merged: [],
      failure: { code: 'conflict', reason: 'columns', table: 'users', columns: ['email'], count: 5 },
    })
    const done = await bring(id, { rows: 'missing', dropColumns: true })
    const merged = [{ table: 'users', added: 5, overwritten: 0, same: 0 }]
    expect(done).toMatchObject({ status: 'succeeded', scope: { dropColumns: true }, merged })
    const { items } = await app.call(listRestores, { query: { workspaceId: id } })
    expect(items.map((one) => one.merged)).toEqual([merged, []])
    expect(await undone(app, done.id)).toMatchObject({ status: 'succeeded', scope: { rows: 'replace' }, merged: [] })
  })

  it('tells the reason and what did not fit with the failure, and nothing of a refusal is logged as an error', async () => {
    const errors = vi.spyOn(app.deps.log, 'error')
    const warnings = vi.spyOn(app.deps.log, 'warn')
    const id = await makeWorkspace(app.database, 'Now', [
      { name: 'users', columns: [ID, text('name')], indexes: [{ type: 'unique', fields: [{ name: 'name' }] }] },
    ])
    await run(`insert into w${id}_live.users (id, name) values (9, 'u1')`)
    const more = { rows: 'missing' as const, dropColumns: true }
    expect((await bring(id, more)).failure).toMatchObject({
      code: 'conflict',
      reason: 'duplicate_rows',
      table: 'users',
      columns: ['name'],
    })
    const failed = await bring(id, { ...more, rowIds: { users: [98, 99] } })
    expect(failed.failure).toMatchObject({ reason: 'missing_rows', table: 'users', count: 2 })
    expect(errors).not.toHaveBeenCalled()
    const told = { restoreId: failed.id, code: 'conflict', reason: 'missing_rows' }
    expect(warnings).toHaveBeenLastCalledWith(told, 'a restore was refused')
  })

  it('refuses at once to replace tables from a backup without rows, and to leave out columns of replaced ones', async () => {
    const { id } = await app.call(createBackup, { body: { workspaceId: shop, definitionOnly: true } })
    await settled(() => app.call(getBackup, { params: { id } }))
    const body = { backupId: id, into: { workspaceId: shop, confirm: 'Shop' }, tables: ['USERS'] }
    for (const rows of ['replace', 'missing', 'missing_and_changed'] as const) {
      await expect(app.call(createRestore, { body: { ...body, rows } })).rejects.toMatchObject({
        status: 409,
        payload: { reason: 'definitions_only' },
      })
    }
    await expect(app.call(createRestore, { body: { ...body, backupId, dropColumns: true } })).rejects.toMatchObject({
      status: 400,
      payload: { param: 'dropColumns' },
    })
    const empty = await makeWorkspace(app.database, 'Now', [])
    expect(await bring(empty, {}, id)).toMatchObject({ status: 'succeeded', tables: ['users'], rows: 0 })
  })
})
