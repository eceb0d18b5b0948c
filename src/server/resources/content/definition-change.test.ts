import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'

import * as contract from '#api/contract/content.ts'
import { createTable } from '#api/contract/tables.ts'
import { createWorkspace } from '#api/contract/workspaces.ts'

import { createTestApp, type TestApp } from '../../testing/test-app.ts'

let test$: TestApp
let workspace_id: number
let made = 0

beforeAll(async () => {
  test$ = await createTestApp()
  workspace_id = (await test$.call(createWorkspace, { body: { name: 'Definitions' } })).id
})
afterAll(() => test$.close())

type Params = { workspace_id: number; table_id: number }

async function makeTable(): Promise<Params & { name: string }> {
  const name = `t${++made}`
  const body = {
    name,
    schema: [
      { name: 'id', type: 'int' as const },
      { name: 'a', type: 'int' as const },
    ],
  }
  const { id } = await test$.call(createTable, { params: { workspace_id }, body })
  const params = { workspace_id, table_id: id }
  await test$.call(contract.bulkCreateContent, { params, body: { items: [{ a: 1 }] } })
  return { ...params, name }
}

/** What another process does: the table and its definition, behind the back of this one. */
async function renameColumn({ table_id, name }: Params & { name: string }): Promise<void> {
  const { db } = test$.deps.connection
  const table = sql.id(`w${workspace_id}_live`, name)
  await sql`alter table ${table} rename column a to b`.execute(db)
  await sql`update metadeck.table_definition set columns = replace(columns::text, '"a"', '"b"')::jsonb
    where id = ${table_id}`.execute(db)
}

const list = (params: Params) => test$.call(contract.listContent, { params })
const search = (params: Params, filter: contract.SearchFilter) =>
  test$.call(contract.searchContent, { params, body: { search: filter } })

test('a definition that another process changed is true for the very next request of each kind', async () => {
  const [first, second, third] = [await makeTable(), await makeTable(), await makeTable()]
  for (const params of [first, second, third]) {
    expect((await list(params)).items).toEqual([{ id: 1, a: 1 }])
    await renameColumn(params)
  }
  expect((await list(first)).items).toEqual([{ id: 1, b: 1 }])
  expect((await search(second, { b: 1 })).items).toEqual([{ id: 1, b: 1 }])
  await expect(search(third, { a: 1 })).rejects.toMatchObject({ payload: { param: 'search.a' } })
  expect(await test$.call(contract.createContent, { params: third, body: { b: 2 } })).toEqual({ id: 2, b: 2 })
})

test('a table that another process dropped is not found by the very next request', async () => {
  const params = await makeTable()
  await list(params)
  await test$.deps.connection.pool.query(`drop table w${workspace_id}_live.${params.name}`)
  await test$.database.db.deleteFrom('table_definition').where('id', '=', params.table_id).execute()
  await expect(list(params)).rejects.toMatchObject({ status: 404 })
})

test('a table is found in its own workspace only, and a data source while it is there', async () => {
  const params = await makeTable()
  await list(params)
  const { id } = await test$.call(createWorkspace, { body: { name: 'Another' } })
  await expect(list({ ...params, workspace_id: id })).rejects.toMatchObject({ status: 404 })
  const staging = test$.call(contract.listContent, { params, headers: { 'x-data-source': 'staging' } })
  await expect(staging).rejects.toMatchObject({ status: 404 })
})

test('a person with a session reads and writes rows as a token does', async () => {
  const params = await makeTable()
  const session = await test$.signIn()
  expect((await session(contract.listContent, { params })).items).toEqual([{ id: 1, a: 1 }])
  expect(await session(contract.createContent, { params, body: { a: 2 } })).toEqual({ id: 2, a: 2 })
})

test('a token that another process revoked is refused on the very next request', async () => {
  const params = await makeTable()
  const call = await test$.callAs({ 'workspace:content': 'r', 'workspace:livedatasource': 'r' })
  expect((await call(contract.listContent, { params })).itemsTotal).toBe(1)
  await test$.deps.connection.pool.query(
    'update metadeck.access_token set revoked_at = now() where id = (select max(id) from metadeck.access_token)',
  )
  await expect(call(contract.listContent, { params })).rejects.toMatchObject({ status: 401 })
})

test('moments of all years that can be written come back the same in pages', async () => {
  const body = {
    name: 'moments',
    schema: [
      { name: 'id', type: 'int' as const },
      { name: 'at', type: 'timestamp' as const },
    ],
  }
  const table = await test$.call(createTable, { params: { workspace_id }, body })
  const params = { workspace_id, table_id: table.id }
  const moments = [-62_135_596_800_000, -1, 0, 1, 250, 1_767_225_600_070, 253_402_300_799_999]
  await test$.call(contract.bulkCreateContent, { params, body: { items: moments.map((at) => ({ at })) } })
  await test$.deps.connection.pool.query(`insert into w${workspace_id}_live.moments (at) values
    ('infinity'), ('0044-03-15 12:00:00+00 BC')`)
  const { items } = await list(params)
  expect(items.map((row) => row['at'])).toEqual([...moments, null, Date.UTC(-43, 2, 15, 12)])
})
