import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { createBackup, getBackup } from '#api/contract/backups.ts'
import { createRestore, type CreateRestore, getRestore, previewRestore } from '#api/contract/restores.ts'

import { addGroup, fingerprint, makeWorkspace } from '../../archive/archive-fixture.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { backupOf, restored, settled } from './restore-fixture.ts'

const ID = { name: 'id', type: 'int' } as const

/** What a restore is told to take, and under which addresses. */
describe('the choices of a restore', () => {
  let app: TestApp
  let shop: number
  let backupId: number

  beforeAll(async () => {
    app = await createTestApp()
    shop = await makeWorkspace(app.database, 'Shop', [
      { name: 'users', columns: [ID, { name: 'name', type: 'text' }] },
      { name: 'orders', columns: [ID, { name: 'user_id', type: 'int', table: 'users' }] },
      { name: 'notes', columns: [ID] },
    ])
    await app.database.pool.query(`insert into w${shop}_live.users (name) values ('a'), ('b')`)
    await app.database.pool.query(`insert into w${shop}_live.orders (user_id) values (1), (2), (2)`)
    await addGroup(app.database, shop, 'Public', 'publ1234')
    await addGroup(app.database, shop, 'Admin', 'admn1234')
    backupId = (await backupOf(app, shop)).id
  })
  afterAll(() => app.close())

  const start = (body: Omit<CreateRestore, 'backupId'> & { backupId?: number }) =>
    app.call(createRestore, { body: { backupId, ...body } })

  async function canonicals(workspaceId: number): Promise<Record<string, string>> {
    const { db } = app.database
    const rows = await db
      .selectFrom('api_group')
      .select(['name', 'canonical'])
      .where('workspace_id', '=', workspaceId)
      .execute()
    return Object.fromEntries(rows.map(({ name, canonical }) => [name, canonical]))
  }

  it('a preview tells taken canonicals and by whom, as far as the caller may know, and a free one for each', async () => {
    const params = { id: backupId }
    const { takenCanonicals } = await app.call(previewRestore, { params, body: {} })
    expect(takenCanonicals).toEqual([
      { group: 'Public', canonical: 'publ1234', takenBy: 'Shop', suggested: expect.stringMatching(/^\S{8}$/) },
      { group: 'Admin', canonical: 'admn1234', takenBy: 'Shop', suggested: expect.stringMatching(/^\S{8}$/) },
    ])
    const same = await app.call(previewRestore, { params, body: { workspaceId: shop } })
    expect(same.takenCanonicals).toEqual([])
    const other = await makeWorkspace(app.database, 'Other', [])
    await app.database.pool.query('update metadeck.backup set workspace_id = $1 where id = $2', [other, backupId])
    const limited = await app.callAs({ 'instance:workspace': 'crud' }, [other])
    const seen = await limited(previewRestore, { params, body: { workspaceId: other } })
    expect(new Set(seen.takenCanonicals.map(({ takenBy }) => takenBy))).toEqual(new Set(['another workspace']))
    await app.database.pool.query('update metadeck.backup set workspace_id = $1 where id = $2', [shop, backupId])
  })

  it('a taken canonical gets a new one: which, is told before it happens and with the restore', async () => {
    const { id, takenCanonicals = [] } = await start({
      into: { newWorkspace: 'New names' },
      canonicalNames: { admn1234: 'own12345' },
    })
    const restore = await settled(() => app.call(getRestore, { params: { id } }))
    const now = await canonicals(restore.workspaceId ?? 0)
    expect(now['Admin']).toBe('own12345')
    expect(takenCanonicals).toEqual([
      { group: 'Public', canonical: 'publ1234', takenBy: 'Shop', suggested: now['Public'] },
      { group: 'Admin', canonical: 'admn1234', takenBy: 'Shop', suggested: 'own12345' },
    ])
    expect(restore.renamedCanonicals).toEqual([
      { group: 'Public', from: 'publ1234', to: now['Public'] },
      { group: 'Admin', from: 'admn1234', to: now['Admin'] },
    ])
    expect(Object.values(now)).not.toContain('publ1234')
  })

  it('a chosen canonical is taken; one that is not free, or of no group, is refused by name', async () => {
    const into = { newWorkspace: 'Chosen' }
    for (const [canonicalNames, param] of [
      [{ publ1234: 'admn1234' }, 'canonicalNames.publ1234'],
      [{ publ1234: 'same1', admn1234: 'same1' }, 'canonicalNames.admn1234'],
      [{ nobody: 'free1' }, 'canonicalNames.nobody'],
    ] as const) {
      await expect(start({ into, canonicalNames })).rejects.toMatchObject({ status: 400, payload: { param } })
    }
    const restore = await restored(app, { backupId, into, canonicalNames: { publ1234: 'mine1', admn1234: 'mine2' } })
    expect(await canonicals(restore.workspaceId ?? 0)).toEqual({ Public: 'mine1', Admin: 'mine2' })
    expect(restore.renamedCanonicals).toHaveLength(2)
  })

  it('taken canonicals can be refused altogether, and are none where the groups are replaced', async () => {
    await expect(start({ into: { newWorkspace: 'No' }, canonicals: 'refuse' })).rejects.toMatchObject({
      status: 409,
      payload: { reason: 'canonical_taken', group: 'Public' },
    })
    const into = { workspaceId: shop, confirm: 'Shop' }
    const restore = await restored(app, { backupId, into, canonicals: 'refuse' })
    expect(restore).toMatchObject({ status: 'succeeded', renamedCanonicals: [] })
    expect(await canonicals(shop)).toEqual({ Public: 'publ1234', Admin: 'admn1234' })
  })

  it('definitions alone are refused at once where tables would be emptied, with where else they can go', async () => {
    const { id } = await app.call(createBackup, { body: { workspaceId: shop, definitionOnly: true } })
    await settled(() => app.call(getBackup, { params: { id } }))
    await expect(start({ backupId: id, into: { workspaceId: shop, confirm: 'Shop' } })).rejects.toMatchObject({
      status: 409,
      payload: { reason: 'definitions_only' },
      message: expect.stringMatching(/new branch of this one \(`into: \{workspaceId, newBranch\}`/),
    })
    const empty = await makeWorkspace(app.database, 'No tables', [])
    const into = { workspaceId: empty, confirm: 'No tables' }
    expect(await restored(app, { backupId: id, into })).toMatchObject({ status: 'succeeded' })
  })

  it.each([
    [{}, 'into.newWorkspace'],
    [{ workspaceId: 1 }, 'into.confirm'],
    [{ workspaceId: 1, newBranch: 'no label' }, 'into.newBranch'],
    [{ newWorkspace: 'New', workspace: 1 }, 'into.workspace'],
  ])('of where it goes, %j, the field that is wrong is named', async (into, param) => {
    await expect(start({ into: into as never })).rejects.toMatchObject({ status: 400, payload: { param } })
  })

  it('tables are checked at once: unknown ones, and what they refer to; a preview tells it before', async () => {
    const { dependencies } = await app.call(previewRestore, { params: { id: backupId }, body: {} })
    expect(dependencies).toEqual({ orders: ['users'] })
    const into = { newWorkspace: 'Some tables' }
    await expect(start({ into, tables: ['users', 'nothing'] })).rejects.toMatchObject({
      status: 400,
      payload: { param: 'tables' },
      message: expect.stringContaining('"nothing"'),
    })
    await expect(start({ into, tables: ['orders'] })).rejects.toMatchObject({
      status: 400,
      message: '"orders" needs "users": choose it too.',
      payload: { missing: { orders: ['users'] } },
    })
    await expect(start({ into: { workspaceId: shop, newBranch: 'next' }, tables: ['users'] })).rejects.toMatchObject({
      status: 400,
      payload: { param: 'tables' },
    })
  })

  it('of some tables into an existing workspace brings only these back', async () => {
    const id = await makeWorkspace(app.database, 'Partial', [
      { name: 'users', columns: [ID, { name: 'name', type: 'text' }] },
    ])
    await app.database.pool.query(`insert into w${id}_live.users (name) values ('a'), ('b')`)
    const restore = await restored(app, { backupId, into: { workspaceId: id, confirm: 'Partial' }, tables: ['Orders'] })
    expect(restore).toMatchObject({ status: 'succeeded', tables: ['orders'], rows: 3, rowsTotal: 3, tablesDone: 1 })
    const { rows, groups } = await fingerprint(app.database, id)
    expect(rows).toMatchObject({ orders: { count: 3 }, users: { count: 2 } })
    expect(groups).toEqual([])
  })

  it('rows that would refer to nothing end it in a sentence, and nothing was changed', async () => {
    const id = await makeWorkspace(app.database, 'Dangling', [
      { name: 'users', columns: [ID, { name: 'name', type: 'text' }] },
    ])
    const before = await fingerprint(app.database, id)
    const restore = await restored(app, {
      backupId,
      into: { workspaceId: id, confirm: 'Dangling' },
      tables: ['orders'],
    })
    expect(restore).toMatchObject({ status: 'failed', attempt: 1, safetyBackupId: null, failure: { code: 'conflict' } })
    expect(restore.failure?.message).toMatch(/^3 rows of the restored table "orders" refer by "user_id"/)
    expect(await fingerprint(app.database, id)).toEqual(before)
  })

  it('into a new branch takes definitions only; the branch is not live, and its label must be free', async () => {
    const id = await makeWorkspace(app.database, 'Branches', [])
    const restore = await restored(app, { backupId, into: { workspaceId: id, newBranch: 'next' } })
    expect(restore).toMatchObject({ status: 'succeeded', newBranch: 'next', workspaceId: id })
    const { db } = app.database
    const branches = await db.selectFrom('branch').select(['label', 'live']).where('workspace_id', '=', id).execute()
    expect(branches).toEqual(
      expect.arrayContaining([
        { label: 'next', live: false },
        { label: 'v1', live: true },
      ]),
    )
    const { rows } = await fingerprint(app.database, id)
    expect(rows).toMatchObject({ users: { count: 0 }, orders: { count: 0 } })
    await expect(start({ into: { workspaceId: id, newBranch: 'NEXT' } })).rejects.toMatchObject({
      status: 400,
      payload: { param: 'into.newBranch' },
    })
  })

  it('a preview tells how long it took last', async () => {
    const fresh = await makeWorkspace(app.database, 'Never restored', [])
    const { id } = await backupOf(app, fresh)
    const read = async (): Promise<number | null> =>
      (await app.call(previewRestore, { params: { id }, body: {} })).expectedMs
    expect(await read()).toBeNull()
    const { startedAt, finishedAt } = await restored(app, { backupId: id, into: { newWorkspace: 'Timed' } })
    expect(await read()).toBe(Date.parse(finishedAt ?? '') - Date.parse(startedAt ?? ''))
  })
})
