import { afterAll, beforeAll, expect, test } from 'vitest'

import { createApiGroup } from '#api/contract/api-groups.ts'
import * as contract from '#api/contract/tables.ts'
import { createWorkspace } from '#api/contract/workspaces.ts'

import { createTestApp, type TestApp } from '../../testing/test-app.ts'

let test$: TestApp
let workspace_id: number
let made = 0

beforeAll(async () => {
  test$ = await createTestApp()
  workspace_id = (await test$.call(createWorkspace, { body: { name: 'Settings' } })).id
})
afterAll(() => test$.close())

const refused = (param: string) => ({ status: 400, code: 'invalid_input', payload: { param } })

async function newTable() {
  const { id } = await test$.call(contract.createTable, {
    params: { workspace_id },
    body: { name: `t${++made}`, description: 'Kept', tag: ['kept'] },
  })
  return { workspace_id, table_id: id }
}
const read = (params: Awaited<ReturnType<typeof newTable>>) => test$.call(contract.getTable, { params })

test('meta changes what is sent; null and absent leave the rest, rows and columns included', async () => {
  const params = await newTable()
  const put = (body: object) => test$.call(contract.updateTableMeta, { params, body })
  expect(await put({ auth: true, name: null, description: null, tag: null })).toBeNull()
  expect(await read(params)).toMatchObject({ name: `t${made}`, description: 'Kept', tag: ['kept'], auth: true })
  await put({ name: 'renamed', description: '', tag: [] })
  expect(await read(params)).toMatchObject({ name: 'renamed', description: '', tag: [], auth: true })
  await newTable()
  await expect(put({ name: `T${made}` })).rejects.toMatchObject(refused('name'))
  await expect(put({ docs: 'no' })).rejects.toMatchObject(refused('docs'))
  await expect(put({ auth: 'yes' })).rejects.toMatchObject(refused('auth'))
  await expect(put({ tag: 'one' })).rejects.toMatchObject(refused('tag'))
})

test('autocomplete names columns, follows their renames and forgets dropped ones', async () => {
  const params = await newTable()
  const put = (autocomplete?: { name: string }[]) =>
    test$.call(contract.updateTableAutocomplete, { params, body: { autocomplete } })
  await test$.call(contract.addColumn, { params, body: { name: 'title', type: 'text' } })
  const both = [{ name: 'title' }, { name: 'created_at' }]
  expect(await put(both)).toEqual({ id: params.table_id, autocomplete: both })
  expect(await put()).toEqual({ id: params.table_id, autocomplete: both })
  await test$.call(contract.renameColumn, { params, body: { old_name: 'title', new_name: 'headline' } })
  expect(await put()).toMatchObject({ autocomplete: [{ name: 'headline' }, { name: 'created_at' }] })
  await test$.call(contract.deleteColumn, { params: { ...params, schema_name: 'headline' } })
  expect(await put()).toMatchObject({ autocomplete: [{ name: 'created_at' }] })
  await expect(put([{ name: 'nope' }])).rejects.toMatchObject(refused('autocomplete.0.name'))
  await expect(put('a' as never)).rejects.toMatchObject(refused('autocomplete'))
  expect(await put([])).toMatchObject({ autocomplete: [] })
})

test('security ties the table to an API group of its workspace and lifts the tie', async () => {
  const params = await newTable()
  const group = await test$.call(createApiGroup, {
    params: { workspace_id },
    body: { name: 'shop', description: '', swagger: true },
  })
  const put = (guid?: string | null) => test$.call(contract.updateTableSecurity, { params, body: { guid } })
  expect(await put(group.guid)).toMatchObject({ id: params.table_id, api_group_guid: group.guid })
  expect(await put()).toMatchObject({ api_group_guid: group.guid })
  expect(await read(params)).toMatchObject({ api_group_guid: group.guid })
  expect(await put(null)).toMatchObject({ api_group_guid: null })
  await expect(put('nobody')).rejects.toMatchObject(refused('guid'))
  await expect(put(5 as never)).rejects.toMatchObject(refused('guid'))
  const other = await test$.call(createWorkspace, { body: { name: 'Elsewhere' } })
  const elsewhere = await test$.call(contract.createTable, { params: { workspace_id: other.id }, body: { name: 'x' } })
  await expect(
    test$.call(contract.updateTableSecurity, {
      params: { workspace_id: other.id, table_id: elsewhere.id },
      body: { guid: group.guid ?? '' },
    }),
  ).rejects.toMatchObject(refused('guid'))
})

test('a table that is not there is not found by any of its settings', async () => {
  const params = { workspace_id, table_id: 999_999 }
  const missing = { status: 404, code: 'not_found' }
  await expect(test$.call(contract.updateTableMeta, { params, body: {} })).rejects.toMatchObject(missing)
  await expect(test$.call(contract.updateTableAutocomplete, { params, body: {} })).rejects.toMatchObject(missing)
  await expect(test$.call(contract.updateTableSecurity, { params, body: {} })).rejects.toMatchObject(missing)
})

test('a branch that the workspace does not have is not found', async () => {
  const query = { branch: 'nope' }
  const missing = { status: 404, message: expect.stringContaining('nope') as string }
  await expect(test$.call(contract.listTables, { params: { workspace_id }, query })).rejects.toMatchObject(missing)
  const body = { name: 'branched' }
  await expect(test$.call(contract.createTable, { params: { workspace_id }, query, body })).rejects.toMatchObject(
    missing,
  )
  expect(
    await test$.call(contract.createTable, { params: { workspace_id }, query: { branch: 'v1' }, body }),
  ).toMatchObject(body)
})

test('a thousand wide tables are listed at once', async () => {
  const other = await test$.call(createWorkspace, { body: { name: 'Thousand' } })
  const columns = Array.from({ length: 200 }, (_, at) => ({
    name: `column_${at}`,
    type: 'text',
    description: 'x'.repeat(50),
  }))
  const row = (at: number) => ({
    workspace_id: other.id,
    name: `table_${at}`,
    description: '',
    docs: '',
    auth: false,
    guid: `guid_${at}`,
    tag: '[]',
    columns: JSON.stringify(columns),
    indexes: '[]',
    autocomplete: '[]',
    created_at: new Date(),
    updated_at: new Date(),
  })
  const { db } = test$.database
  await db
    .insertInto('table_definition')
    .values(Array.from({ length: 1_000 }, (_, at) => row(at)))
    .execute()
  const list = (per_page: number) =>
    test$.call(contract.listTables, { params: { workspace_id: other.id }, query: { per_page, sort: 'name' } })
  await list(1)
  const started = performance.now()
  const page = await list(1_000)
  const ms = performance.now() - started
  expect(page.items).toHaveLength(1_000)
  expect(page.nextPage).toBeNull()
  // About 30 ms; reading every column would take 20 times as long.
  expect(ms).toBeLessThan(300)
})
