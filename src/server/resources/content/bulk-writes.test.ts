import { afterAll, beforeAll, expect, test } from 'vitest'

import type { Column } from '#api/contract/columns.ts'
import * as contract from '#api/contract/content.ts'
import { ALL_SCOPES } from '#api/contract/scopes.ts'
import { createTable } from '#api/contract/tables.ts'
import { createWorkspace } from '#api/contract/workspaces.ts'

import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { insertToken } from '../tokens/store.ts'

let test$: TestApp
let workspace_id: number
let made = 0

beforeAll(async () => {
  test$ = await createTestApp()
  workspace_id = (await test$.call(createWorkspace, { body: { name: 'Bulk writes' } })).id
})
afterAll(() => test$.close())

type Params = { workspace_id: number; table_id: number }
type Row = Record<string, unknown>
const refused = (param: string) => ({ status: 400, code: 'invalid_input', payload: { param } })
const unknown = (param: string) => ({ status: 404, code: 'not_found', payload: { param } })

async function tableOf(columns: Column[], rows: Row[], more: object = {}): Promise<Params> {
  const schema: Column[] = [{ name: 'id', type: 'int' }, ...columns]
  const body = { name: `t${++made}`, schema, ...more }
  const { id } = await test$.call(createTable, { params: { workspace_id }, body })
  const params = { workspace_id, table_id: id }
  await test$.call(contract.bulkCreateContent, { params, body: { items: rows } })
  return params
}
const rowsOf = async (params: Params) =>
  (await test$.call(contract.listContent, { params, query: { per_page: 10_000 } })).items
const patch = (params: Params, items: { row_id: number | string; updates?: Row }[]) =>
  test$.call(contract.bulkPatchContent, { params, body: { items } })
const remove = (params: Params, row_ids?: (number | string)[]) =>
  test$.call(contract.bulkDeleteContent, { params, body: row_ids === undefined ? {} : { row_ids } })
const patchFound = (params: Params, search: contract.SearchFilter | undefined, updates?: Row) =>
  test$.call(contract.searchPatchContent, {
    params,
    body: { ...(search === undefined ? {} : { search }), ...(updates === undefined ? {} : { updates }) },
  })
const removeFound = (params: Params, search?: contract.SearchFilter) =>
  test$.call(contract.searchDeleteContent, { params, body: search === undefined ? {} : { search } })

const GOODS: Column[] = [
  { name: 'sku', type: 'text' },
  { name: 'price', type: 'decimal', filters: { min: 0 } },
  { name: 'at', type: 'timestamp', nullable: true },
  { name: 'tags', type: 'text', style: 'list' },
  { name: 'data', type: 'json' },
]
const goods = (count: number): Row[] =>
  Array.from({ length: count }, (_, n) => ({ sku: `s${n + 1}`, price: n, at: n, tags: ['x'], data: { n } }))
const unique = { index: [{ type: 'unique', fields: [{ name: 'sku' }] }] }

test('each item changes the columns that it sends, null included, and no other row or column', async () => {
  const params = await tableOf(GOODS, goods(4))
  const result = await patch(params, [
    { row_id: 3, updates: { price: '7.25', at: null } },
    { row_id: '1', updates: { sku: 'a "b"\\', tags: ['y', 'z'], data: [null, 'x'] } },
    { row_id: 4, updates: {} },
    { row_id: 2 },
  ])
  expect(result).toEqual({ success: ['3', '1', '4', '2'], success_total: 4, error: [] })
  const [first, second, third, fourth] = goods(4).map((row, n) => ({ id: n + 1, ...row }))
  expect(await rowsOf(params)).toEqual([
    { ...first, sku: 'a "b"\\', tags: ['y', 'z'], data: [null, 'x'] },
    second,
    { ...third, price: 7.25, at: null },
    fourth,
  ])
})

test('seven thousand items of different columns are changed in one call', async () => {
  const params = await tableOf(GOODS, goods(7_000))
  const items = Array.from({ length: 7_000 }, (_, n) => ({
    row_id: n + 1,
    updates: n % 2 === 0 ? { price: n + 0.5 } : { sku: `new ${n}` },
  }))
  expect((await patch(params, items)).success_total).toBe(7_000)
  const rows = await rowsOf(params)
  expect(rows[6_998]).toMatchObject({ price: 6_998.5, sku: 's6999' })
  expect(rows[6_999]).toMatchObject({ price: 6_999, sku: 'new 6999' })
})

test('one bad item refuses the whole patch, named by its place, and nothing changes', async () => {
  const target = await tableOf([], [{}])
  const params = await tableOf([...GOODS, { name: 'ref', type: 'int', tableref_id: target.table_id }], goods(3), unique)
  const before = await rowsOf(params)
  const good = { row_id: 1, updates: { price: 99 } }
  const cases: [{ row_id: number | string; updates?: Row }, object][] = [
    [{ row_id: 2, updates: { price: 'x' } }, refused('items.1.updates.price')],
    [{ row_id: 2, updates: { price: -1 } }, refused('items.1.updates.price')],
    [{ row_id: 2, updates: { nope: 1 } }, refused('items.1.updates.nope')],
    [{ row_id: 2, updates: { id: 3 } }, refused('items.1.updates.id')],
    [{ row_id: 2, updates: { sku: 's3' } }, refused('items.1.updates.sku')],
    [{ row_id: 2, updates: { ref: 77 } }, refused('items.1.updates.ref')],
    [{ row_id: '1', updates: { price: 5 } }, refused('items.1.row_id')],
    [{ row_id: 9, updates: { price: 5 } }, unknown('items.1.row_id')],
    [{ row_id: 'x', updates: { price: 5 } }, unknown('items.1.row_id')],
    [{ row_id: 2, updates: [1] as unknown as Row }, refused('items.1.updates')],
    [{} as { row_id: number }, refused('items.1.row_id')],
    [{ row_id: 2, more: 1 } as { row_id: number }, refused('items.1.more')],
  ]
  for (const [bad, expected] of cases) {
    const error = await patch(params, [good, bad]).catch((caught: unknown) => caught)
    expect([bad, error]).toMatchObject([bad, expected])
  }
  expect(await rowsOf(params)).toEqual(before)
  expect(await patch(params, [{ row_id: 2, updates: { id: 2, ref: 1 } }])).toMatchObject({ success_total: 1 })
})

test('two callers that change the same rows in another order both succeed', async () => {
  const params = await tableOf(GOODS, goods(300))
  const items = Array.from({ length: 300 }, (_, n) => ({ row_id: n + 1, updates: { price: n } }))
  const results = await Promise.all([patch(params, items), patch(params, items.toReversed()), patch(params, items)])
  expect(results.map((result) => result.success_total)).toEqual([300, 300, 300])
})

test('rows are deleted together; an unknown id refuses all, a repeated one counts once', async () => {
  const params = await tableOf(GOODS, goods(5))
  await expect(remove(params, [1, 2, 77])).rejects.toMatchObject(unknown('row_ids.2'))
  await expect(remove(params, [1, 'x'])).rejects.toMatchObject(unknown('row_ids.1'))
  expect(await rowsOf(params)).toHaveLength(5)
  expect(await remove(params, [4, '2', 4])).toEqual({ success: ['4', '2'], success_total: 2, error: [] })
  expect((await rowsOf(params)).map((row) => row['id'])).toEqual([1, 3, 5])
  expect(await remove(params)).toEqual({ success: [], success_total: 0, error: [] })
})

test('rows that others refer to stop a delete; rows that refer to each other go together', async () => {
  const target = await tableOf(GOODS, goods(2))
  await tableOf([{ name: 'ref', type: 'int', tableref_id: target.table_id }], [{ ref: 2 }])
  await expect(remove(target, [1, 2])).rejects.toMatchObject({ status: 400, payload: { reason: 'referenced' } })
  await expect(removeFound(target, { 'id|>': 0 })).rejects.toMatchObject({ payload: { reason: 'referenced' } })
  expect(await rowsOf(target)).toHaveLength(2)
})

test('uuid ids work in bulk as whole numbers do', async () => {
  const body = {
    name: 'uuid_bulk',
    schema: [
      { name: 'id', type: 'uuid' as const },
      { name: 'n', type: 'int' as const },
    ],
  }
  const table = await test$.call(createTable, { params: { workspace_id }, body })
  const params = { workspace_id, table_id: table.id }
  const ids = await test$.call(contract.bulkCreateContent, { params, body: { items: [{ n: 1 }, { n: 2 }] } })
  const [first = '', second = ''] = ids.map(String)
  await patch(params, [{ row_id: first.toUpperCase(), updates: { n: 5 } }])
  expect(await patchFound(params, { id: first }, { n: 6 })).toMatchObject({ success: [first] })
  await expect(remove(params, [second, 7])).rejects.toMatchObject(unknown('row_ids.1'))
  expect(await remove(params, [second])).toMatchObject({ success: [second] })
  expect(await rowsOf(params)).toEqual([{ id: first, n: 6 }])
})

test('a search patch gives every row that matches the same values and answers their ids', async () => {
  const params = await tableOf(GOODS, goods(6))
  const result = await patchFound(params, { 'price|<': 2 }, { price: 50, tags: ['cheap'] })
  expect({ ...result, success: result.success.toSorted() }).toEqual({
    success: ['1', '2'],
    success_total: 2,
    error: [],
  })
  const rows = await rowsOf(params)
  expect(rows.map((row) => row['price'])).toEqual([50, 50, 2, 3, 4, 5])
  expect(rows[1]).toMatchObject({ sku: 's2', tags: ['cheap'] })
  expect(await patchFound(params, { sku: 'none' }, { price: 1 })).toEqual({ success: [], success_total: 0, error: [] })
})

test('a search delete takes every row that matches and leaves the rest', async () => {
  const params = await tableOf(GOODS, goods(6))
  const result = await removeFound(params, { expression: [statement('price', '>=', 3), statement('price', '<', 5)] })
  expect(result.success.toSorted()).toEqual(['4', '5'])
  expect((await rowsOf(params)).map((row) => row['id'])).toEqual([1, 2, 3, 6])
})
const statement = (operand: string, op: string, value: unknown) => ({
  statement: { left: { operand }, op, right: { operand: value } },
})

test('an empty search writes nothing: it would change or delete every row', async () => {
  const params = await tableOf(GOODS, goods(2))
  for (const search of [undefined, {}, [], [{}], { expression: [] }] as (contract.SearchFilter | undefined)[]) {
    await expect(removeFound(params, search)).rejects.toMatchObject(refused('search'))
    await expect(patchFound(params, search, { price: 1 })).rejects.toMatchObject(refused('search'))
  }
  const none = { search: null }
  await expect(test$.call(contract.searchDeleteContent, { params, body: none })).rejects.toMatchObject(
    refused('search'),
  )
  expect(await rowsOf(params)).toHaveLength(2)
})

test('what a search patch cannot set is refused by its column', async () => {
  const params = await tableOf(GOODS, goods(2), unique)
  const all = { 'id|>': 0 }
  await expect(patchFound(params, all)).rejects.toMatchObject(refused('updates'))
  await expect(patchFound(params, all, {})).rejects.toMatchObject(refused('updates'))
  await expect(patchFound(params, all, { id: 5 })).rejects.toMatchObject(refused('updates.id'))
  await expect(patchFound(params, all, { nope: 5 })).rejects.toMatchObject(refused('updates.nope'))
  await expect(patchFound(params, all, { price: -5 })).rejects.toMatchObject(refused('updates.price'))
  await expect(patchFound(params, all, { sku: 'same' })).rejects.toMatchObject(refused('updates.sku'))
  await expect(patchFound(params, { nope: 1 }, { price: 5 })).rejects.toMatchObject(refused('search.nope'))
  expect((await rowsOf(params)).map((row) => row['sku'])).toEqual(['s1', 's2'])
})

test('passwords are hashed by every way to write them', async () => {
  const params = await tableOf([{ name: 'secret', type: 'password' }], [{}, {}])
  await patch(params, [{ row_id: 1, updates: { secret: 'correct horse' } }])
  await patchFound(params, { id: 2 }, { secret: 'correct horse' })
  const stored = await test$.deps.connection.pool.query<{ secret: string }>(
    `select secret from w${workspace_id}_live.t${made}`,
  )
  for (const { secret } of stored.rows) expect(secret).toMatch(/^\$argon2id\$/)
})

test('the audit record of a bulk write says how many rows, and none of what is in them', async () => {
  const params = await tableOf(GOODS, goods(3))
  await patchFound(params, { 'id|<': 3 }, { sku: 'confidential' })
  const record = await test$.database.db
    .selectFrom('audit_record')
    .selectAll()
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow()
  expect(record).toMatchObject({
    action: 'contentSearchPatch',
    target: { kind: 'rows', id: params.table_id, name: `t${made}` },
    detail: { rows: 2 },
  })
  expect(JSON.stringify(record)).not.toContain('confidential')
})

test('bulk writes and searches are taken as forms too', async () => {
  const params = await tableOf(GOODS, goods(3))
  const { secret } = await insertToken(
    test$.database.db,
    { name: 'forms', expiresInSeconds: null, scopes: ALL_SCOPES, workspaces: 'all' },
    null,
    new Date(),
  )
  const post = async (path: string, fields: Record<string, string>): Promise<unknown> => {
    const form = new FormData()
    for (const [name, value] of Object.entries(fields)) form.set(name, value)
    const request = new Request('http://form', { method: 'POST', body: form })
    const reply = await test$.app.inject({
      method: 'POST',
      url: `/api:meta/workspace/${workspace_id}/table/${params.table_id}/content/${path}`,
      headers: {
        authorization: `Bearer ${secret}`,
        'content-type': request.headers.get('content-type') ?? '',
      },
      payload: Buffer.from(await request.arrayBuffer()),
    })
    return reply.json()
  }
  expect(await post('bulk', { items: '[{"sku": "four"}]', allow_id_field: 'false' })).toEqual([4])
  expect(await post('bulk/patch', { items: '[{"row_id": 4, "updates": {"price": 4}}]' })).toMatchObject({
    success: ['4'],
  })
  expect(await post('bulk/delete', { row_ids: '[1]' })).toMatchObject({ success: ['1'] })
  expect(await post('search', { search: '{"price|>": 1}', sort: '{"price": "desc"}', per_page: '1' })).toMatchObject({
    itemsTotal: 2,
    items: [{ id: 4 }],
  })
  expect(await post('search/patch', { search: '{"id": 4}', updates: '{"price": 9}' })).toMatchObject({ success: ['4'] })
  expect(await post('search/delete', { search: '[{"price": 9}]' })).toMatchObject({ success: ['4'] })
})
