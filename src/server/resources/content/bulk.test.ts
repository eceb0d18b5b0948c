import { afterAll, beforeAll, expect, test } from 'vitest'

import type { Column } from '#api/contract/columns.ts'
import * as contract from '#api/contract/content.ts'
import { createTable } from '#api/contract/tables.ts'
import { createWorkspace } from '#api/contract/workspaces.ts'

import { createTestApp, type TestApp } from '../../testing/test-app.ts'

let test$: TestApp
let workspace_id: number
let made = 0

beforeAll(async () => {
  test$ = await createTestApp()
  workspace_id = (await test$.call(createWorkspace, { body: { name: 'Bulk' } })).id
})
afterAll(() => test$.close())

type Params = { workspace_id: number; table_id: number }
const refused = (param: string) => ({ status: 400, code: 'invalid_input', payload: { param } })

async function tableOf(columns: Column[], more: object = {}): Promise<Params> {
  const schema: Column[] = [{ name: 'id', type: 'int' }, ...columns]
  const { id } = await test$.call(createTable, {
    params: { workspace_id },
    body: { name: `t${++made}`, schema, ...more },
  })
  return { workspace_id, table_id: id }
}
const bulk = (params: Params, items: Record<string, unknown>[], allow_id_field = false) =>
  test$.call(contract.bulkCreateContent, { params, body: { items, allow_id_field } })
const rows = async (params: Params) =>
  (await test$.call(contract.listContent, { params, query: { per_page: 10_000 } })).items
const count = async (params: Params) => (await test$.call(contract.listContent, { params })).itemsTotal

test('many rows are added in one go and their ids come back in order', async () => {
  const params = await tableOf([
    { name: 'n', type: 'int' },
    { name: 'text', type: 'text', default: 'none' },
    { name: 'at', type: 'timestamp', style: 'list' },
    { name: 'data', type: 'json', nullable: true },
  ])
  const items = Array.from({ length: 5_001 }, (_, n) => ({
    n,
    ...(n % 2 === 0 ? { text: `"${n}', \\` } : {}),
    at: [n, n + 1],
    data: n % 3 === 0 ? { n: [n, null, 'x'] } : 'plain',
  }))
  const ids = await bulk(params, items)
  expect(ids).toEqual(items.map((_, n) => n + 1))
  const expected = items.map((item, n) => ({ id: n + 1, ...item, text: item.text ?? 'none' }))
  expect(await rows(params)).toEqual(expected)
  expect(await bulk(params, [])).toEqual([])
})

test('a table with the widest allowed schema takes a thousand rows in one call', async () => {
  const columns = Array.from({ length: 200 }, (_, at): Column => ({ name: `c${at}`, type: 'int', default: at }))
  const params = await tableOf(columns)
  expect(
    await bulk(
      params,
      Array.from({ length: 1_000 }, () => ({ c0: 7 })),
    ),
  ).toHaveLength(1_000)
  expect((await rows(params))[999]).toMatchObject({ id: 1_000, c0: 7, c199: 199 })
})

test('ids are kept on request and the counter moves on, past the highest and never back', async () => {
  const params = await tableOf([])
  expect(await bulk(params, [{ id: 41 }, {}, { id: '40' }], true)).toEqual([41, 42, '40'].map(Number))
  expect(await bulk(params, [{ id: 5 }], true)).toEqual([5])
  expect(await test$.call(contract.createContent, { params, body: {} })).toEqual({ id: 43 })
  expect(await bulk(params, [{ id: 999 }])).toEqual([44])
  await expect(bulk(params, [{ id: 50 }, { id: 41 }], true)).rejects.toMatchObject(refused('items.1.id'))
  await expect(bulk(params, [{ id: 'x' }], true)).rejects.toMatchObject(refused('items.0.id'))
})

test('uuid ids are kept on request and made otherwise', async () => {
  const table = await test$.call(createTable, {
    params: { workspace_id },
    body: { name: 'uuids', schema: [{ name: 'id', type: 'uuid' }] },
  })
  const params = { workspace_id, table_id: table.id }
  const id = '0B0E7A52-93B4-4C3E-9C5B-2F6F4E1D0A11'
  const ids = await bulk(params, [{ id }, {}], true)
  expect(ids[0]).toBe(id.toLowerCase())
  expect(ids[1]).toMatch(/^[0-9a-f-]{36}$/)
  await expect(bulk(params, [{}, { id: 7 }], true)).rejects.toMatchObject(refused('items.1.id'))
})

const itemsWith = (at: number, wrong: Record<string, unknown>) =>
  Array.from({ length: 20 }, (_, n) => ({ sku: `s${n}`, ...(n === at ? wrong : {}) }))

test('one wrong row refuses all, named by its place and column', async () => {
  const target = await tableOf([])
  const params = await tableOf(
    [
      { name: 'price', type: 'decimal', filters: { min: 0 } },
      { name: 'sku', type: 'text' },
      { name: 'ref', type: 'int', tableref_id: target.table_id },
    ],
    { index: [{ type: 'unique', fields: [{ name: 'sku' }] }] },
  )
  await expect(bulk(params, itemsWith(17, { price: 'x' }))).rejects.toMatchObject(refused('items.17.price'))
  await expect(bulk(params, itemsWith(17, { price: -1 }))).rejects.toMatchObject(refused('items.17.price'))
  await expect(bulk(params, itemsWith(3, { nope: 1 }))).rejects.toMatchObject(refused('items.3.nope'))
  await expect(bulk(params, itemsWith(9, { sku: 's4' }))).rejects.toMatchObject(refused('items.9.sku'))
  await expect(bulk(params, itemsWith(12, { ref: 77 }))).rejects.toMatchObject(refused('items.12.ref'))
  await expect(bulk(params, [1 as unknown as Record<string, unknown>])).rejects.toMatchObject(refused('items.0'))
  expect(await count(params)).toBe(0)
})

test('ten thousand wrong rows are answered with a short list', async () => {
  const params = await tableOf([{ name: 'n', type: 'int' }])
  const failure = await bulk(
    params,
    Array.from({ length: 10_000 }, () => ({ n: 'x' })),
  ).catch((error: unknown) => error)
  expect((failure as { issues: unknown[] }).issues.length).toBeLessThanOrEqual(50)
})

test('rows added by several callers at once never share an id', async () => {
  const params = await tableOf([{ name: 'n', type: 'int' }])
  const calls = Array.from({ length: 8 }, (_, at) =>
    at % 4 === 0
      ? bulk(params, [{ id: 10_000 * (at + 1) }, {}], true)
      : bulk(
          params,
          Array.from({ length: 50 }, () => ({})),
        ),
  )
  const ids = (await Promise.all(calls)).flat()
  expect(new Set(ids).size).toBe(ids.length)
  expect(await count(params)).toBe(ids.length)
})
