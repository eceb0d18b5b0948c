import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { LIVE_DATA_SOURCE, schemaName } from '../db/workspace.ts'
import { completeTables, createBareTable } from '../tables/ddl.ts'
import { listDefinitions } from '../tables/definition-store.ts'
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts'
import {
  addGroup,
  archiveOf,
  fingerprint,
  makeWorkspace,
  sourceOf,
  type TestTable,
  userSchemas,
} from './archive-fixture.ts'
import type { TableChoice } from './import-request.ts'
import { importArchive, type ImportRequest, type ImportTarget } from './import.ts'
import { addConstructs, logicPrint } from './logic-fixture.ts'
import { verifyArchive } from './verify.ts'

const ID = { name: 'id', type: 'int' } as const

/** `lines` refers to `orders`, which refers to `users` and to itself. */
const SHOP: TestTable[] = [
  { name: 'users', columns: [ID, { name: 'name', type: 'text' }] },
  {
    name: 'orders',
    columns: [
      ID,
      { name: 'user_id', type: 'int', table: 'users' },
      { name: 'before_id', type: 'int', table: 'orders' },
      { name: 'note', type: 'text', nullable: true },
    ],
    indexes: [{ type: 'btree', fields: [{ name: 'note', op: 'asc' }] }],
  },
  { name: 'lines', columns: [ID, { name: 'order_id', type: 'int', table: 'orders' }] },
]

describe('importing some tables of an archive', () => {
  let database: TestDatabase

  beforeAll(async () => {
    database = await createTestDatabase()
  })
  afterAll(() => database.close())

  const run = (text: string): Promise<unknown> => database.pool.query(text)
  const rowsOf = async (text: string): Promise<unknown[]> => (await database.pool.query<object>(text)).rows

  async function makeShop(name: string): Promise<number> {
    const id = await makeWorkspace(database, name, SHOP)
    const schema = schemaName(id, LIVE_DATA_SOURCE)
    await run(`insert into ${schema}.users (name) select 'u' || n from generate_series(1, 5) n`)
    await run(`insert into ${schema}.orders (user_id, note) select n, 'old' from generate_series(1, 5) n`)
    await run(`update ${schema}.orders set before_id = 6 - id`)
    await run(`insert into ${schema}.lines (order_id) select n % 5 + 1 from generate_series(1, 10) n`)
    await addGroup(database, id, 'Public')
    await addConstructs(database, id, [{ kind: 'task', name: 'stays', text: 'task stays {}', draft: 'x' }])
    return id
  }

  async function addSource(id: number, label: string): Promise<void> {
    const schema = schemaName(id, label)
    const { db } = database
    await db.insertInto('data_source').values({ workspace_id: id, label, color: '', created_at: new Date() }).execute()
    await run(`create schema ${schema}`)
    const definitions = await listDefinitions(db, id)
    await db.transaction().execute(async (trx) => {
      for (const definition of definitions) await createBareTable(trx, schema, definition)
      await completeTables(trx, schema, definitions)
    })
  }

  async function restore(bytes: Buffer, target: ImportTarget, names: string[], more: Partial<ImportRequest> = {}) {
    const archive = await verifyArchive(sourceOf(bytes), '')
    const tables: TableChoice = { names, removesMissing: false }
    const request = { source: sourceOf(bytes), password: '', target, tables, now: new Date() }
    return importArchive(database, archive, { ...request, ...more })
  }

  it('brings back their rows, keys and counters, with references both ways, and touches nothing else', async () => {
    const id = await makeShop('Both ways')
    const bytes = await archiveOf(database, id)
    const before = await fingerprint(database, id)
    const ids = (await listDefinitions(database.db, id)).map((table) => [table.name, table.id])
    const logic = await logicPrint(database, id)
    await run(`update w${id}_live.orders set note = 'broken', before_id = null`)
    await run(`insert into w${id}_live.orders (note) values ('new')`)
    await run(`alter table w${id}_live.orders drop column note`)
    await restore(bytes, { workspaceId: id }, ['ORDERS'])
    expect(await fingerprint(database, id)).toEqual(before)
    expect((await listDefinitions(database.db, id)).map((table) => [table.name, table.id])).toEqual(ids)
    expect(await logicPrint(database, id)).toEqual(logic)
    expect(await rowsOf(`select draft from metadeck.construct where workspace_id = ${id}`)).toEqual([{ draft: 'x' }])
    await expect(run(`delete from w${id}_live.orders where id = 1`)).rejects.toMatchObject({ code: '23503' })
    await expect(run(`insert into w${id}_live.orders (user_id) values (99)`)).rejects.toMatchObject({ code: '23503' })
    expect((await userSchemas(database)).filter((name) => name.includes(':'))).toEqual([])
  })

  it('refuses, before anything is swapped, rows of other tables that would refer to nothing', async () => {
    const id = await makeShop('Inward')
    const bytes = await archiveOf(database, id)
    await run(`insert into w${id}_live.orders (note) values ('later')`)
    await run(`insert into w${id}_live.lines (order_id) values (6), (6)`)
    const before = await fingerprint(database, id)
    await expect(restore(bytes, { workspaceId: id }, ['orders'])).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringMatching(/^2 rows of "lines" refer by "order_id" to rows of "orders"/),
      payload: { reason: 'dangling_rows', table: 'lines', column: 'order_id', count: 2 },
    })
    expect(await fingerprint(database, id)).toEqual(before)
    await restore(bytes, { workspaceId: id }, ['orders', 'lines'])
    expect(await rowsOf(`select count(*) as count from w${id}_live.lines`)).toEqual([{ count: 10 }])
  })

  it('refuses restored rows that would refer to rows which are gone', async () => {
    const id = await makeShop('Outward')
    const bytes = await archiveOf(database, id)
    await run(
      `delete from w${id}_live.lines; delete from w${id}_live.orders; delete from w${id}_live.users where id > 2`,
    )
    await expect(restore(bytes, { workspaceId: id }, ['orders'])).rejects.toMatchObject({
      message: expect.stringMatching(/^3 rows of the restored table "orders" refer by "user_id"/),
    })
    await restore(bytes, { workspaceId: id }, ['orders', 'users'])
    expect(await rowsOf(`select count(*) as count from w${id}_live.orders`)).toEqual([{ count: 5 }])
  })

  it('asks for what a chosen table refers to and nobody has; unknown names are named', async () => {
    const bytes = await archiveOf(database, await makeShop('Asks'))
    const empty = await makeWorkspace(database, 'Empty', [])
    for (const target of [{ workspaceId: empty }, { newWorkspace: 'Never' }]) {
      await expect(restore(bytes, target, ['lines', 'orders'])).rejects.toMatchObject({
        code: 'invalid_input',
        message: '"orders" needs "users": choose it too.',
        payload: { param: 'tables', missing: { orders: ['users'] } },
      })
      await expect(restore(bytes, target, ['lines', 'nothing'])).rejects.toMatchObject({
        message: expect.stringContaining('"nothing"'),
      })
    }
    await restore(bytes, { workspaceId: empty }, ['users', 'orders'])
    const { rows } = await fingerprint(database, empty)
    expect(rows).toMatchObject({ users: { count: 5, next: 6 }, orders: { count: 5, next: 6 } })
  })

  it('makes a workspace of these tables and nothing else', async () => {
    const bytes = await archiveOf(database, await makeShop('Narrow'))
    const id = await restore(bytes, { newWorkspace: 'Narrow copy' }, ['orders', 'users'])
    const { rows, groups, workspace } = await fingerprint(database, id)
    expect(Object.keys(rows as object)).toEqual(['orders', 'users'])
    expect({ groups, workspace }).toMatchObject({ groups: [], workspace: { description: '' } })
    expect((await logicPrint(database, id))['constructs']).toEqual([])
    await expect(run(`insert into w${id}_live.orders (user_id) values (99)`)).rejects.toMatchObject({ code: '23503' })
  })

  it('restores them in every data source, and refuses where one side has none', async () => {
    const id = await makeShop('Sources')
    const plain = await archiveOf(database, id)
    await addSource(id, 'test')
    await run(`insert into w${id}_test.users (name) values ('tester')`)
    const both = await archiveOf(database, id)
    await run(`update w${id}_test.users set name = 'changed'`)
    await restore(both, { workspaceId: id }, ['users'])
    expect(await rowsOf(`select name from w${id}_test.users`)).toEqual([{ name: 'tester' }])
    const refused = { code: 'conflict', payload: { reason: 'data_source' } }
    await expect(restore(plain, { workspaceId: id }, ['users'])).rejects.toMatchObject(refused)
    const other = await makeShop('No test source')
    await expect(restore(both, { workspaceId: other }, ['users'])).rejects.toMatchObject(refused)
    await restore(plain, { workspaceId: id }, ['lines'])
    expect(await rowsOf(`select count(*) as count from w${id}_test.lines`)).toEqual([{ count: 0 }])
  })

  it('removes those that the archive lacks where an undo asks for it, unless another table refers to them', async () => {
    const old = await makeWorkspace(database, 'Old', SHOP.slice(0, 1))
    const bytes = await archiveOf(database, old)
    const id = await makeShop('Removes')
    const tables = (names: string[]) => ({ tables: { names, removesMissing: true } })
    await expect(restore(bytes, { workspaceId: id }, [], tables(['orders', 'users']))).rejects.toMatchObject({
      payload: { reason: 'referenced' },
    })
    await restore(bytes, { workspaceId: id }, [], tables(['orders', 'lines']))
    expect(Object.keys((await fingerprint(database, id))['rows'] as object)).toEqual(['users'])
  })

  it('finds the name of its counter taken by a table that was renamed, and counts on', async () => {
    const id = await makeWorkspace(database, 'Renamed', SHOP.slice(0, 1))
    await run(`insert into w${id}_live.users (name) values ('a')`)
    const bytes = await archiveOf(database, id)
    await run(`alter table w${id}_live.users rename to people`)
    await run(`update metadeck.table_definition set name = 'people' where workspace_id = ${id}`)
    await restore(bytes, { workspaceId: id }, ['users'])
    await run(`insert into w${id}_live.users (name) values ('b')`)
    await run(`insert into w${id}_live.people (name) values ('b')`)
    expect(await rowsOf(`select id from w${id}_live.users order by id`)).toEqual([{ id: 1 }, { id: 2 }])
    expect(await rowsOf(`select id from w${id}_live.people order by id`)).toEqual([{ id: 1 }, { id: 2 }])
    const guids = (await listDefinitions(database.db, id)).map(({ guid }) => guid)
    expect(new Set(guids).size).toBe(2)
  })

  it('readers see the old rows or the new ones of all chosen tables, and never wait for long', async () => {
    const id = await makeShop('Read')
    await run(`update w${id}_live.orders set note = 'new'; update w${id}_live.users set name = 'new'`)
    const bytes = await archiveOf(database, id)
    await run(`update w${id}_live.orders set note = 'old'; update w${id}_live.users set name = 'old'`)
    const seen = new Set<string>()
    let slowest = 0
    const done = new AbortController()
    const read = async (): Promise<void> => {
      while (!done.signal.aborted || !seen.has('new new')) {
        const started = Date.now()
        const [row] = await rowsOf(
          `select string_agg(distinct o.note || ' ' || u.name, ',') as seen, count(*) as count
           from w${id}_live.orders o join w${id}_live.users u on u.id = o.user_id`,
        )
        slowest = Math.max(slowest, Date.now() - started)
        seen.add((row as { seen: string }).seen)
      }
    }
    const reading = Promise.all([read(), read()])
    await restore(bytes, { workspaceId: id }, ['orders', 'users'])
    done.abort()
    await reading
    expect([...seen].toSorted()).toEqual(['new new', 'old old'])
    expect(slowest).toBeLessThan(2_000)
  })

  it('begins anew where tables were changed meanwhile', async () => {
    const id = await makeShop('Changed meanwhile')
    const bytes = await archiveOf(database, id)
    let isChanged = false
    const onProgress: ImportRequest['onProgress'] = ({ stage }) => {
      if (stage !== 'definitions' || isChanged) return
      isChanged = true
      void run(`update metadeck.table_definition set description = 'x' where workspace_id = ${id}`)
    }
    await expect(restore(bytes, { workspaceId: id }, ['lines'], { onProgress })).rejects.toMatchObject({
      code: 'conflict',
      payload: { reason: 'definitions_changed' },
    })
  })
})
