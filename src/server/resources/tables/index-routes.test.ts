import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'

import type { Column, Index } from '#api/contract/columns.ts'
import { createContent } from '#api/contract/content.ts'
import * as contract from '#api/contract/tables.ts'
import { ADD_INDEX } from '#api/contract/typed-indexes.ts'
import { createWorkspace } from '#api/contract/workspaces.ts'

import { createTestApp, type TestApp } from '../../testing/test-app.ts'

let test$: TestApp
let workspace_id: number
let made = 0

beforeAll(async () => {
  test$ = await createTestApp()
  workspace_id = (await test$.call(createWorkspace, { body: { name: 'Indexes' } })).id
})
afterAll(() => test$.close())

const SCHEMA: Column[] = [
  { name: 'id', type: 'int' },
  { name: 'title', type: 'text' },
  { name: 'price', type: 'decimal' },
  { name: 'secret', type: 'password' },
  { name: 'place', type: 'geo_point' },
]
const refused = (param: string) => ({ status: 400, code: 'invalid_input', payload: { param } })

async function newTable() {
  const body = { name: `t${++made}`, schema: SCHEMA }
  const { id } = await test$.call(contract.createTable, { params: { workspace_id }, body })
  return { workspace_id, table_id: id }
}
const physical = async () => {
  const found = await sql<{ definition: string }>`
    select pg_get_indexdef(indexrelid) as definition from pg_index
    where indrelid = ${`w${workspace_id}_live.t${made}`}::regclass order by 1`.execute(test$.database.db)
  return found.rows.map((row) => row.definition)
}

test('the primary index is listed first, each index has an 8-hex id, and all are real', async () => {
  const params = await newTable()
  const { id } = await test$.call(contract.addIndex, {
    params,
    body: { type: 'btree', fields: [{ name: 'price', op: 'desc' }, { name: 'title' }] },
  })
  const unique = await test$.call(ADD_INDEX.unique, {
    params,
    body: { fields: [{ name: 'title', op: 'asc' }] },
  })
  const search = await test$.call(ADD_INDEX.search, {
    params,
    body: { name: 'words', lang: 'english', fields: [{ name: 'title', priority: 2 }] },
  })
  const indexes = await test$.call(contract.listIndexes, { params })
  expect(indexes).toEqual([
    { id: expect.stringMatching(/^[0-9a-f]{8}$/) as string, type: 'primary', fields: [{ name: 'id', op: 'asc' }] },
    {
      id,
      type: 'btree',
      fields: [
        { name: 'price', op: 'desc' },
        { name: 'title', op: 'asc' },
      ],
    },
    { id: unique.id, type: 'unique', fields: [{ name: 'title', op: 'asc' }] },
    { id: search.id, type: 'search', name: 'words', lang: 'english', fields: [{ name: 'title', priority: 2 }] },
  ])
  const definitions = (await physical()).join('\n')
  expect(definitions).toMatch(/USING btree \(price DESC, title\)/)
  expect(definitions).toMatch(/CREATE UNIQUE INDEX .* \(title\)/)
  expect(definitions).toMatch(/USING gin .*to_tsvector\('english'::regconfig.*'B'/)
})

test('a replacement drops and builds what differs; an index sent unchanged is not built anew', async () => {
  const params = await newTable()
  const put = (index: Index[]) => test$.call(contract.replaceIndexes, { params, body: { index } })
  await put([
    { type: 'primary', fields: [{ name: 'id' }] },
    { type: 'btree', fields: [{ name: 'price' }] },
    { type: 'btree|unique' as 'unique', fields: [{ name: 'title' }] },
  ])
  const before = await test$.call(contract.listIndexes, { params })
  await put([
    { type: 'btree', fields: [{ name: 'price', op: 'asc' }] },
    { type: 'search', fields: [{ name: 'title' }] },
  ])
  const after = await test$.call(contract.listIndexes, { params })
  expect(after.map((index) => index.type)).toEqual(['primary', 'btree', 'search'])
  expect(after[1]?.id).toBe(before[1]?.id)
  expect(await physical()).toHaveLength(3)
  await put(after)
  expect(await test$.call(contract.listIndexes, { params })).toEqual(after)
})

test('rows with equal values stand in the way of a unique index, and the answer says so', async () => {
  const params = await newTable()
  await test$.call(createContent, { params, body: { title: 'same' } })
  await test$.call(createContent, { params, body: { title: 'same' } })
  const unique = (): Promise<unknown> =>
    test$.call(contract.addIndex, { params, body: { type: 'unique', fields: [{ name: 'title' }] } })
  await expect(unique()).rejects.toMatchObject({
    ...refused('fields'),
    message: expect.stringContaining('cannot be unique') as string,
  })
  expect(await test$.call(contract.listIndexes, { params })).toHaveLength(1)
})

test('a column of a unique index takes each value once', async () => {
  const params = await newTable()
  await test$.call(contract.addIndex, {
    params,
    body: { type: 'unique', fields: [{ name: 'title' }, { name: 'price' }] },
  })
  await test$.call(createContent, { params, body: { title: 'a', price: 1 } })
  await test$.call(createContent, { params, body: { title: 'a', price: 2 } })
  await expect(test$.call(createContent, { params, body: { title: 'a', price: 2 } })).rejects.toMatchObject({
    ...refused('title'),
    message: 'Duplicate record: another row has the same value in "title", "price".',
  })
})

test('a value too long for its index is refused with the column named', async () => {
  const params = await newTable()
  await test$.call(contract.addIndex, { params, body: { type: 'btree', fields: [{ name: 'title' }] } })
  const title = Array.from({ length: 9_000 }, (_, at) => String.fromCodePoint(0x4e00 + ((at * 7919) % 20_000))).join('')
  await expect(test$.call(createContent, { params, body: { title } })).rejects.toMatchObject(refused('title'))
})

test('indexes that cannot be are refused by the field of the request', async () => {
  const params = await newTable()
  const add = (body: Index) => test$.call(contract.addIndex, { params, body })
  await expect(add({ type: 'btree', fields: [{ name: 'nope' }] })).rejects.toMatchObject(refused('fields.0.name'))
  await expect(add({ type: 'btree', fields: [{ name: 'secret' }] })).rejects.toMatchObject(refused('fields.0.name'))
  await expect(add({ type: 'btree', fields: [{ name: 'title', op: 'up' }] })).rejects.toMatchObject(
    refused('fields.0.op'),
  )
  await expect(add({ type: 'search', fields: [{ name: 'price' }] })).rejects.toMatchObject(refused('fields.0.name'))
  await expect(add({ type: 'primary', fields: [{ name: 'id' }] })).rejects.toMatchObject(refused('type'))
  await expect(add({ type: 'btree', fields: [] })).rejects.toMatchObject(refused('fields'))
})

test('an index is dropped by its id; the primary one and unknown ones are not', async () => {
  const params = await newTable()
  const { id } = await test$.call(contract.addIndex, { params, body: { type: 'btree', fields: [{ name: 'title' }] } })
  const drop = (index_id: string) => test$.call(contract.deleteIndex, { params: { ...params, index_id } })
  expect(await drop(id)).toBeNull()
  await expect(drop(id)).rejects.toMatchObject({ status: 404 })
  const [primary] = await test$.call(contract.listIndexes, { params })
  await expect(drop(primary?.id ?? '')).rejects.toMatchObject({ status: 400 })
  expect(await physical()).toHaveLength(1)
})
