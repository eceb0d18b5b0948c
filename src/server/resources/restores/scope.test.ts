import { readFileSync } from 'node:fs'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { createBackup, getBackup, uploadBackup } from '#api/contract/backups.ts'
import {
  createRestore,
  type CreateRestore,
  listRestores,
  previewRestore,
  type Restore,
} from '#api/contract/restores.ts'

import { addGroup, fingerprint, makeWorkspace } from '../../archive/archive-fixture.ts'
import { addConstructs, CONSTRUCTS, constructIds, logicPrint } from '../../archive/logic-fixture.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { addFile, backupOf, filesOf, restored, settled, undone } from './restore-fixture.ts'

const ID = { name: 'id', type: 'int' } as const
const OLD = readFileSync(new URL('../../archive/fixtures/format-1.xano', import.meta.url))

type Scope = Omit<CreateRestore, 'backupId' | 'into'>

describe('the scope of a restore', () => {
  let app: TestApp
  let shop: number
  let backupId: number
  let photo: string

  beforeAll(async () => {
    app = await createTestApp()
    shop = await makeShop('Shop')
    photo = await addFile(app, shop, 'photo.png')
    await addFile(app, shop, 'notes.txt')
    backupId = (await backupOf(app, shop)).id
  })
  afterAll(() => app.close())

  async function makeShop(name: string): Promise<number> {
    const id = await makeWorkspace(app.database, name, [
      { name: 'users', columns: [ID, { name: 'name', type: 'text' }] },
      { name: 'orders', columns: [ID, { name: 'user_id', type: 'int', table: 'users' }] },
    ])
    await run(`insert into w${id}_live.users (name) select 'u' || n from generate_series(1, 5) n`)
    await run(`insert into w${id}_live.orders (user_id) select n from generate_series(1, 5) n`)
    for (const group of ['Public', 'Admin']) await addGroup(app.database, id, group)
    await addConstructs(app.database, id)
    return id
  }

  const run = (text: string, values: unknown[] = []): Promise<unknown> => app.database.pool.query(text, values)
  const rowsOf = async (text: string, values: unknown[] = []): Promise<unknown[]> =>
    (await app.database.pool.query<object>(text, values)).rows

  /** All that a person could notice of a workspace, ids, drafts and addresses included. */
  async function print(id: number): Promise<unknown> {
    const all = (table: string, columns: string): Promise<unknown[]> =>
      rowsOf(`select id, ${columns} from metadeck.${table} where workspace_id = $1 order by id`, [id])
    return {
      ...(await fingerprint(app.database, id)),
      logic: await logicPrint(app.database, id),
      drafts: await all('construct', 'guid, draft'),
      tables: await all('table_definition', 'name'),
      groups: await all('api_group', 'name, guid, canonical'),
      constructs: [...(await constructIds(app.database, id))].toSorted(([, a], [, b]) => a - b),
      files: await filesOf(app, id),
      paths: await all('file', 'path'),
    }
  }

  const into = async (id: number): Promise<{ workspaceId: number; confirm: string }> => {
    const { name } = await app.database.db
      .selectFrom('workspace')
      .select('name')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    return { workspaceId: id, confirm: name }
  }
  const bring = async (id: number, scope: Scope, from = backupId): Promise<Restore> =>
    restored(app, { backupId: from, into: await into(id), ...scope })

  /** Breaks what a restore of some parts is to mend, and something else. */
  async function breakParts(id: number): Promise<void> {
    await run(
      `update metadeck.construct set text = 'broken', checksum = encode(sha256('broken'), 'hex'), draft = 'lost' where workspace_id = $1 and name = $2`,
      [id, 'orders/{id}'],
    )
    await run(
      `update metadeck.construct set text = 'other', checksum = encode(sha256('other'), 'hex') where workspace_id = $1 and kind = 'addon'`,
      [id],
    )
    await run(
      `update metadeck.api_group set description = 'changed', name = 'Renamed' where workspace_id = $1 and name = 'Public'`,
      [id],
    )
    await run(`delete from metadeck.construct where workspace_id = $1 and name = 'cart/total'`, [id])
  }

  it('brings back an API group with its endpoints and a function with its draft; all else stays; undone exactly', async () => {
    const id = shop
    const before = await print(id)
    const sound = await logicPrint(app.database, id)
    await breakParts(id)
    await addFile(app, id, 'later.txt')
    await run(`update w${id}_live.users set name = 'later'`)
    const broken = await print(id)
    const scope: Scope = { apiGroups: ['PUBLIC'], constructs: [{ kind: 'function', name: 'CART/total' }] }
    const restore = await bring(id, scope)
    expect(restore).toMatchObject({
      status: 'succeeded',
      failure: null,
      tables: null,
      scope: { rows: 'replace', apiGroups: ['Public'], constructs: [{ kind: 'function', name: 'cart/total' }] },
      renamedCanonicals: [],
    })
    // Nothing of tables or files is touched, so nothing of them is saved.
    const safety = await app.call(getBackup, { params: { id: restore.safetyBackupId ?? 0 } })
    expect(safety).toMatchObject({ status: 'succeeded', definitionOnly: true, rows: 0 })
    const after = (await print(id)) as { groups: unknown; constructs: unknown; logic: typeof sound }
    const groups = (before as typeof after).groups
    expect(after.groups).toEqual(groups)
    const text = (logic: typeof sound, name: string): unknown =>
      (logic['constructs'] as { name: string; group?: string; text: string }[]).filter((one) => one.name === name)
    expect(text(after.logic, 'cart/total')).toEqual(text(sound, 'cart/total'))
    expect(text(after.logic, 'lines')).toMatchObject([{ text: 'other' }])
    const orders = text(after.logic, 'orders/{id}') as { group: string; text: string }[]
    expect(orders.map((one) => [one.group, one.text === 'broken'])).toEqual(
      expect.arrayContaining([
        ['Public', false],
        ['Public', false],
        ['Admin', true],
      ]),
    )
    const draft = `select draft is not null as draft from metadeck.construct where workspace_id = $1 and name = 'cart/total'`
    expect(await rowsOf(draft, [id])).toEqual([{ draft: true }])
    const undo = await undone(app, restore.id)
    expect(undo).toMatchObject({ status: 'succeeded', failure: null, scope: { apiGroups: ['Public'] } })
    expect(await print(id)).toEqual(broken)
    expect(await undone(app, undo.id)).toMatchObject({ status: 'succeeded' })
    expect(await print(id)).toEqual(after)
  })

  it('adds what the target lacks, and an undo takes it away again', async () => {
    const id = await makeWorkspace(app.database, 'Bare', [])
    await addFile(app, id, 'own.txt')
    const before = await print(id)
    const scope: Scope = { apiGroups: ['Public'], constructs: [{ kind: 'task', name: 'Every night ☕' }], files: 'all' }
    const restore = await bring(id, scope)
    expect(restore).toMatchObject({ status: 'succeeded', scope: { files: 'all' } })
    const safety = await app.call(getBackup, { params: { id: restore.safetyBackupId ?? 0 } })
    expect(safety).toMatchObject({ includesFiles: true, summary: { files: 1 } })
    const { groups, constructs } = await logicPrint(app.database, id)
    expect(groups).toMatchObject([{ name: 'Public' }])
    expect(constructs).toHaveLength(3)
    expect((await filesOf(app, id)).map((one) => one.split(' ')[0])).toEqual(['notes.txt', 'own.txt', 'photo.png'])
    expect(restore.renamedCanonicals).toMatchObject([{ group: 'Public' }])
    expect(await undone(app, restore.id)).toMatchObject({ status: 'succeeded', failure: null })
    expect(await print(id)).toEqual(before)
  })

  it('replaces the stored files that are named, by their paths, and an undo brings the replaced bytes back', async () => {
    const [first, ...rest] = await filesOf(app, shop)
    const spare = await addFile(app, shop, 'spare.txt')
    await run(
      `update metadeck.file set object_name = other.object_name, sha256 = other.sha256
       from (select * from metadeck.file where path = $1) other where metadeck.file.path = $2`,
      [spare, photo],
    )
    await run('delete from metadeck.file where path = $1', [spare])
    const before = await filesOf(app, shop)
    const restore = await bring(shop, { files: [photo] })
    expect(restore).toMatchObject({ status: 'succeeded', scope: { files: [photo] } })
    expect(await filesOf(app, shop)).toEqual([first, ...rest])
    expect(await undone(app, restore.id)).toMatchObject({ status: 'succeeded' })
    expect(await filesOf(app, shop)).toEqual(before)
  })

  it('into a new workspace brings only what is named, tables and all', async () => {
    const scope: Scope = {
      tables: ['users'],
      apiGroups: ['Admin'],
      constructs: [{ kind: 'addon', name: 'lines' }],
      files: [photo],
    }
    const restore = await restored(app, { backupId, into: { newWorkspace: 'Some of it' }, ...scope })
    expect(restore).toMatchObject({ status: 'succeeded', tables: ['users'], rows: 5 })
    const id = restore.workspaceId ?? 0
    const { groups, constructs } = await logicPrint(app.database, id)
    expect({ groups, constructs }).toMatchObject({
      groups: [{ name: 'Admin' }],
      constructs: [{ kind: 'addon' }, { kind: 'query', group: 'Admin' }],
    })
    expect(await filesOf(app, id)).toMatchObject([expect.stringMatching(/^photo\.png/)])
    expect(Object.keys((await fingerprint(app.database, id))['rows'] as object)).toEqual(['users'])
  })

  it('into a new branch takes groups and constructs, and adds no table', async () => {
    const id = await makeWorkspace(app.database, 'Branch of some', [])
    const target = { workspaceId: id, newBranch: 'next' }
    const restore = await restored(app, { backupId, into: target, apiGroups: ['Public'] })
    expect(restore).toMatchObject({ status: 'succeeded', newBranch: 'next', scope: { apiGroups: ['Public'] } })
    const { groups, constructs } = await logicPrint(app.database, id, 'next')
    expect(groups).toMatchObject([{ name: 'Public' }])
    expect(constructs).toHaveLength(2)
    expect((await fingerprint(app.database, id))['rows']).toEqual({})
    expect(await undone(app, restore.id)).toMatchObject({ status: 'succeeded' })
    await expect(logicPrint(app.database, id, 'next')).rejects.toThrow()
  })

  it('merges rows of chosen tables, tells so, and an undo brings the tables back whole', async () => {
    const id = await makeShop('Merged')
    const own = (await backupOf(app, id)).id
    await run(`delete from w${id}_live.orders where id > 2`)
    await run(`update w${id}_live.users set name = 'new' where id <= 2`)
    const before = await print(id)
    const missing = await bring(id, { tables: ['Orders', 'users'], rows: 'missing' }, own)
    expect(missing).toMatchObject({
      status: 'succeeded',
      tables: ['users', 'orders'].toSorted(),
      scope: { tables: ['orders', 'users'], rows: 'missing' },
    })
    const names = `select name from w${id}_live.users order by id`
    expect(await rowsOf(names)).toEqual(['new', 'new', 'u3', 'u4', 'u5'].map((name) => ({ name })))
    expect(await rowsOf(`select from w${id}_live.orders`)).toHaveLength(5)
    const undo = await undone(app, missing.id)
    expect(undo).toMatchObject({ status: 'succeeded', scope: { tables: ['orders', 'users'], rows: 'replace' } })
    expect(await print(id)).toEqual(before)
    const only = { tables: ['users'], rows: 'missing_and_changed' as const, rowIds: { Users: [2] } }
    expect(await bring(id, only, own)).toMatchObject({ status: 'succeeded', scope: only })
    expect(await rowsOf(names)).toEqual(['new', 'u2', 'u3', 'u4', 'u5'].map((name) => ({ name })))
    const none = await bring(id, { tables: ['users'], rows: 'missing', rowIds: { users: [98, 99, 1] } }, own)
    expect(none).toMatchObject({
      status: 'failed',
      safetyBackupId: null,
      failure: {
        message:
          '2 of the chosen rows of "users" are not in the backup. Choose among the rows that it holds. Nothing was changed.',
      },
    })
  })

  it.each<[string, Scope, string, RegExp?]>([
    ['a group', { apiGroups: ['Public', 'Nobody', 'None'] }, 'apiGroups', /no API group "Nobody", "None"/],
    ['a construct', { constructs: [{ kind: 'task', name: 'cart/total' }] }, 'constructs', /no task "cart\/total"/],
    ['an endpoint', { constructs: [{ kind: 'query', name: 'orders/{id}' }] }, 'constructs', /comes with its API group/],
    ['a stored file', { files: ['/vault/x/y.png'] }, 'files', /no stored file "\/vault\/x\/y.png"/],
    ['rows without tables', { rows: 'missing' }, 'rows'],
    ['rows and groups only', { rows: 'missing', apiGroups: ['Public'] }, 'rows'],
    ['ids without tables', { rowIds: { users: [1] } }, 'rowIds'],
    ['ids of replaced tables', { tables: ['users'], rowIds: { users: [1] } }, 'rowIds'],
    ['ids of other tables', { tables: ['users'], rows: 'missing', rowIds: { orders: [1] } }, 'rowIds.orders'],
    ['ids that are none', { tables: ['users'], rows: 'missing', rowIds: { users: ['1', 1.5] } }, 'rowIds.users.1'],
    ['nothing in a list', { apiGroups: [] }, 'apiGroups'],
    ['another mode', { tables: ['users'], rows: 'some' as 'missing' }, 'rows'],
  ])('is refused with the field named, and a sentence: %s', async (_what, scope, param, message = /\w/) => {
    const body = { backupId, into: await into(shop), ...scope }
    await expect(app.call(createRestore, { body })).rejects.toMatchObject({
      status: 400,
      message: expect.stringMatching(message),
      payload: { param },
    })
  })

  it('is refused where it does not fit where it goes: a new branch, a new workspace, an old or narrow archive', async () => {
    const refused = (body: CreateRestore, param: string) =>
      expect(app.call(createRestore, { body })).rejects.toMatchObject({ status: 400, payload: { param } })
    const branch = { workspaceId: shop, newBranch: 'next' }
    await refused({ backupId, into: branch, tables: ['users'] }, 'tables')
    await refused({ backupId, into: branch, tables: ['users'], rows: 'missing' }, 'tables')
    await refused({ backupId, into: branch, files: 'all' }, 'files')
    await refused({ backupId, into: { newWorkspace: 'No' }, tables: ['users'], rows: 'missing' }, 'rows')
    const file = { content: new Blob([new Uint8Array(OLD)]), name: 'old.xano' }
    const old = await app.call(uploadBackup, { body: {}, file })
    await refused({ backupId: old.id, into: await into(shop), constructs: [{ kind: 'task', name: 'x' }] }, 'constructs')
    const { id } = await app.call(createBackup, { body: { workspaceId: shop, definitionOnly: true } })
    await settled(() => app.call(getBackup, { params: { id } }))
    await refused({ backupId: id, into: await into(shop), files: 'all' }, 'files')
    const rows = { backupId: id, into: await into(shop), tables: ['users'], rows: 'missing' as const }
    await expect(app.call(createRestore, { body: rows })).rejects.toMatchObject({
      status: 409,
      payload: { reason: 'definitions_only' },
    })
  })

  it('of an archive of format 1, groups bring their settings and keep the endpoints that are there', async () => {
    const file = { content: new Blob([new Uint8Array(OLD)]), name: 'old.xano' }
    const { id, summary } = await app.call(uploadBackup, { body: {}, file })
    const [name = ''] = summary?.apiGroupNames ?? []
    const target = await makeWorkspace(app.database, 'Old group', [])
    await addGroup(app.database, target, name)
    const query = CONSTRUCTS.find(({ kind }) => kind === 'query')
    await addConstructs(app.database, target, query === undefined ? [] : [{ ...query, group: name }])
    const ids = await constructIds(app.database, target)
    expect(await bring(target, { apiGroups: [name] }, id)).toMatchObject({ status: 'succeeded' })
    expect(await constructIds(app.database, target)).toEqual(ids)
  })

  it('ends in a sentence where a name or an endpoint is elsewhere now, and nothing was changed', async () => {
    const id = await makeShop('Elsewhere')
    const own = (await backupOf(app, id)).id
    await run(
      `update metadeck.construct set api_group_id =
         (select id from metadeck.api_group where workspace_id = $1 and name = 'Admin')
       where workspace_id = $1 and verb = 'DELETE'`,
      [id],
    )
    await run(
      `update metadeck.construct set name = 'moved', text = 'function moved {}', draft = null
       where workspace_id = $1 and name = 'cart/total'`,
      [id],
    )
    await addConstructs(app.database, id, [{ kind: 'function', name: 'cart/total', text: 'function "cart/total" {}' }])
    const before = await print(id)
    const moved = await bring(id, { apiGroups: ['Public'] }, own)
    expect(moved.failure?.message).toBe(
      'The endpoint DELETE "orders/{id}" of the API group "Public" is in the group "Admin" now. Choose "Admin" too, or move the endpoint back first. Nothing was changed.',
    )
    const renamed = await bring(id, { constructs: [{ kind: 'function', name: 'cart/total' }] }, own)
    expect(renamed.failure?.message).toMatch(/^The function "cart\/total" of the backup is called function "moved" now/)
    expect(await print(id)).toEqual(before)
    expect(await bring(id, { apiGroups: ['Public', 'Admin'] }, own)).toMatchObject({ status: 'succeeded' })
  })

  it('tells canonicals that another group of the target keeps, and renames as asked', async () => {
    const id = await makeWorkspace(app.database, 'Canonicals', [])
    await addGroup(app.database, id, 'Public', 'first123')
    const own = (await backupOf(app, id)).id
    await run(`delete from metadeck.api_group where workspace_id = $1`, [id])
    await addGroup(app.database, id, 'Other', 'first123')
    const scope = { apiGroups: ['Public'] }
    const body = { backupId: own, into: await into(id), ...scope }
    await expect(app.call(createRestore, { body: { ...body, canonicals: 'refuse' } })).rejects.toMatchObject({
      status: 409,
      payload: { reason: 'canonical_taken', group: 'Public' },
    })
    const restore = await bring(id, { ...scope, canonicalNames: { first123: 'mine1234' } }, own)
    expect(restore.renamedCanonicals).toEqual([{ group: 'Public', from: 'first123', to: 'mine1234' }])
  })

  it('a preview tells what can be chosen, what it does, and what it needs that the target lacks', async () => {
    const id = await makeWorkspace(app.database, 'Needs', [{ name: 'users', columns: [ID] }])
    await addGroup(app.database, id, 'Public')
    await addGroup(app.database, id, 'Late')
    const text = 'query late verb=GET {\n  stack {\n    db.query orders {}\n    function.run "cart/total" {}\n  }\n}'
    await addConstructs(app.database, id, [
      { kind: 'query', name: 'late', verb: 'GET', group: 'Late', text },
      { kind: 'function', name: 'cart/total', text: 'function "cart/total" { stack { db.get users {} } }' },
    ])
    const definition = await app.database.db
      .selectFrom('table_definition')
      .select('id')
      .where('workspace_id', '=', id)
      .executeTakeFirstOrThrow()
    await run(`update metadeck.table_definition set name = 'orders' where id = $1`, [definition.id])
    await run(`alter table w${id}_live.users rename to orders`)
    const file = await addFile(app, id, 'a.txt')
    const { id: from } = await backupOf(app, id)
    const choices = async (target?: number) =>
      (await app.call(previewRestore, { params: { id: from }, body: { workspaceId: target ?? null } })).choices
    expect(await choices(id)).toEqual({
      apiGroups: [
        { name: 'Public', endpoints: 0, effect: 'replaced' },
        { name: 'Late', endpoints: 1, effect: 'replaced' },
      ],
      constructs: [{ kind: 'function', name: 'cart/total', effect: 'replaced' }],
      files: [{ path: file, name: 'a.txt', size: 100_000, effect: 'replaced' }],
      filesTotal: 1,
      needs: [],
    })
    const empty = await makeWorkspace(app.database, 'Needs nothing', [])
    for (const target of [undefined, empty]) {
      const { apiGroups, constructs, files, needs } = await choices(target)
      expect([...apiGroups, ...constructs, ...files].map(({ effect }) => effect)).not.toContain('replaced')
      expect(needs).toEqual([
        {
          kind: 'api_group',
          name: 'Late',
          needs: [
            { kind: 'table', name: 'orders' },
            { kind: 'function', name: 'cart/total' },
          ],
        },
      ])
    }
  })

  it('a preview matches by guid as the restore does: what is called otherwise now, and whose name another one has', async () => {
    const id = await makeShop('Renamed logic')
    const own = (await backupOf(app, id)).id
    await run(`update metadeck.api_group set name = 'Open' where workspace_id = $1 and name = 'Public'`, [id])
    const look = async () => app.call(previewRestore, { params: { id: own }, body: { workspaceId: id } })
    const renamed = await look()
    expect(renamed.apiGroups).toEqual({ added: [], replaced: ['Public', 'Admin'], removed: [] })
    expect(renamed.constructs.inRemovedGroups).toBe(0)
    expect(renamed.choices.apiGroups.map(({ effect, nowNamed }) => [effect, nowNamed])).toEqual([
      ['replaced', 'Open'],
      ['replaced', undefined],
    ])
    await run(
      `update metadeck.construct set name = 'moved', text = 'function moved {}', draft = null
       where workspace_id = $1 and name = 'cart/total'`,
      [id],
    )
    await addConstructs(app.database, id, [{ kind: 'function', name: 'Cart/Total', text: 'function "Cart/Total" {}' }])
    const { choices } = await look()
    const total = choices.constructs.find(({ name }) => name === 'cart/total')
    expect(total).toEqual({ kind: 'function', name: 'cart/total', effect: 'blocked', nowNamed: 'moved' })
    const refused = await bring(id, { constructs: [{ kind: 'function', name: 'cart/total' }] }, own)
    expect(refused.failure).toMatchObject({ code: 'conflict', reason: 'name_taken' })
    const done = await bring(id, { apiGroups: ['Public'] }, own)
    expect(done).toMatchObject({ status: 'succeeded', failure: null })
  })

  it('tells files whose address another workspace has, before and after, and gives them another one', async () => {
    const id = await makeWorkspace(app.database, 'Files of others', [])
    const [kept, taken] = [await addFile(app, id, 'kept.txt'), await addFile(app, id, 'taken.txt')]
    const own = (await backupOf(app, id)).id
    const takenFiles = async (workspaceId: number | null) =>
      (await app.call(previewRestore, { params: { id: own }, body: { workspaceId } })).takenFiles
    expect(await takenFiles(id)).toEqual({ count: 0, paths: [] })
    expect(await takenFiles(null)).toEqual({ count: 2, paths: [kept, taken].toSorted() })
    await run('update metadeck.file set workspace_id = $1 where path = $2', [shop, taken])
    expect(await takenFiles(id)).toEqual({ count: 1, paths: [taken] })
    const isElsewhere = expect.stringMatching(/^\/vault\/\w{24}\/taken\.txt$/) as unknown
    for (const scope of [{ files: 'all' as const }, {}]) {
      const { renamedFiles, ...done } = await bring(id, scope, own)
      expect(done).toMatchObject({ status: 'succeeded', failure: null })
      expect(renamedFiles).toEqual({ count: 1, files: [{ from: taken, to: isElsewhere }] })
      const paths = await rowsOf('select path from metadeck.file where workspace_id = $1', [id])
      expect(paths).toEqual(expect.arrayContaining([{ path: kept }, { path: renamedFiles.files[0]?.to }]))
    }
    const { items } = await app.call(listRestores, { query: { workspaceId: id } })
    expect(items.map(({ renamedFiles }) => renamedFiles)).toEqual([
      { count: 1, files: [] },
      { count: 1, files: [] },
    ])
    await run('delete from metadeck.file where workspace_id = $1 and path = $2', [shop, taken])
  })

  it('names the first of many unknown tables, cut short, and counts the rest', async () => {
    const tables = ['x'.repeat(500), ...Array.from({ length: 2_000 }, (_none, at) => `none${at}`)]
    const refused = app.call(createRestore, { body: { backupId, into: await into(shop), tables } })
    await expect(refused).rejects.toMatchObject({
      status: 400,
      message: expect.stringMatching(/^The backup holds no table named "x{99}…, "none0".* and 1991 more\. Choose/),
    })
  })
})
