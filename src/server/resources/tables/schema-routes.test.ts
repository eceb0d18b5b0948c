import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'

import type { Column } from '#api/contract/columns.ts'
import { createContent, listContent } from '#api/contract/content.ts'
import * as contract from '#api/contract/tables.ts'
import { createWorkspace } from '#api/contract/workspaces.ts'

import { createTestApp, type TestApp } from '../../testing/test-app.ts'

let test$: TestApp
let workspace_id: number
let made = 0

beforeAll(async () => {
  test$ = await createTestApp()
  workspace_id = (await test$.call(createWorkspace, { body: { name: 'Columns' } })).id
})
afterAll(() => test$.close())

type Params = { workspace_id: number; table_id: number }
const ID: Column = { name: 'id', type: 'int' }
const refused = (param: string) => ({ status: 400, code: 'invalid_input', payload: { param } })

async function tableOf(...columns: Column[]): Promise<Params> {
  const body = { name: `t${++made}`, schema: [ID, ...columns] }
  const { id } = await test$.call(contract.createTable, { params: { workspace_id }, body })
  return { workspace_id, table_id: id }
}
const add = (params: Params, body: Record<string, unknown>) => test$.call(createContent, { params, body })
const rows = async (params: Params) => (await test$.call(listContent, { params, query: { per_page: 500 } })).items
const replace = (params: Params, ...columns: Column[]) =>
  test$.call(contract.replaceSchema, { params, body: { schema: [ID, ...columns] } })
const columnNames = async (params: Params) =>
  (await test$.call(contract.getSchema, { params })).map((column) => column.name)

test('a column is answered with every documented key, and what is answered is taken back', async () => {
  const params = await tableOf({ name: 'title', type: 'text', validators: { trim: true }, description: 'Of the book' })
  const column = await test$.call(contract.getColumn, { params: { ...params, schema_name: 'title' } })
  expect(column).toEqual({
    name: 'title',
    type: 'text',
    description: 'Of the book',
    nullable: false,
    default: '',
    required: false,
    access: 'public',
    sensitive: false,
    style: 'single',
    format: '',
    tableref_id: null,
    values: [],
    vector: { size: 3 },
    children: [],
    filters: { trim: true },
    validators: { trim: true },
  })
  const schema = await test$.call(contract.getSchema, { params })
  expect(await test$.call(contract.replaceSchema, { params, body: { schema } })).toBeNull()
  expect(await test$.call(contract.getSchema, { params })).toEqual(schema)
})

test('a column that cannot be added is refused by the field of the request', async () => {
  const params = await tableOf({ name: 'a', type: 'text' })
  const addTo = (body: Column) => test$.call(contract.addColumn, { params, body })
  await expect(addTo({ name: 'A', type: 'int' })).rejects.toMatchObject(refused('name'))
  await expect(addTo({ name: 'xmin', type: 'int' })).rejects.toMatchObject(refused('name'))
  await expect(addTo({ name: 'b', type: 'int', tableref_id: 999 })).rejects.toMatchObject(refused('tableref_id'))
  await expect(addTo({ name: 'b', type: 'date', default: 'soon' })).rejects.toMatchObject(refused('default'))
  expect(await columnNames(params)).toEqual(['id', 'a'])
})

test('rows that are there get the default of a new column; a required one without default is refused', async () => {
  const params = await tableOf()
  await add(params, {})
  await test$.call(contract.addColumn, { params, body: { name: 'stock', type: 'int', default: 5 } })
  await test$.call(contract.addColumn, { params, body: { name: 'note', type: 'text', nullable: true } })
  await test$.call(contract.addColumn, {
    params,
    body: { name: 'labels', type: 'text', style: 'list', default: '["a, b","c\\"d"]' },
  })
  expect(await rows(params)).toEqual([{ id: 1, stock: 5, note: null, labels: ['a, b', 'c"d'] }])
  const body: Column = { name: 'must', type: 'date', required: true }
  await expect(test$.call(contract.addColumn, { params, body })).rejects.toMatchObject(refused('required'))
  expect(await columnNames(params)).not.toContain('must')
})

test('a rename keeps values, indexes and references, and the other name is free again', async () => {
  const target = await tableOf()
  await add(target, {})
  const params = await tableOf(
    { name: 'ref', type: 'int', tableref_id: target.table_id },
    { name: 'state', type: 'enum', values: ['a'] },
  )
  await test$.call(contract.addIndex, { params, body: { type: 'unique', fields: [{ name: 'state' }] } })
  await add(params, { ref: 1, state: 'a' })
  const rename = (old_name: string, new_name: string) =>
    test$.call(contract.renameColumn, { params, body: { old_name, new_name } })
  expect(await rename('ref', 'target')).toBeNull()
  expect(await rename('state', 'status')).toBeNull()
  expect(await rename('status', 'Status')).toBeNull()
  expect(await rows(params)).toEqual([{ id: 1, target: 1, Status: 'a' }])
  await expect(add(params, { target: 7 })).rejects.toMatchObject(refused('target'))
  await expect(add(params, { Status: 'a' })).rejects.toMatchObject(refused('Status'))
  const indexes = await test$.call(contract.listIndexes, { params })
  expect(indexes[1]).toMatchObject({ fields: [{ name: 'Status' }] })
  await test$.call(contract.addColumn, { params, body: { name: 'state', type: 'enum', values: ['z'] } })
})

test('a rename of id, of no column, or onto a taken or impossible name is refused', async () => {
  const params = await tableOf({ name: 'a', type: 'text' }, { name: 'b', type: 'text' })
  const rename = (old_name: string, new_name: string) =>
    test$.call(contract.renameColumn, { params, body: { old_name, new_name } })
  await expect(rename('id', 'key')).rejects.toMatchObject(refused('old_name'))
  await expect(rename('nope', 'c')).rejects.toMatchObject(refused('old_name'))
  await expect(rename('a', 'B')).rejects.toMatchObject(refused('new_name'))
  await expect(rename('a', 'xmax')).rejects.toMatchObject(refused('new_name'))
  await expect(rename('a', 'x'.repeat(64))).rejects.toMatchObject(refused('new_name'))
})

test('a column is dropped with the indexes that hold it; id and unknown columns are not', async () => {
  const params = await tableOf({ name: 'a', type: 'text' }, { name: 'b', type: 'text' })
  await test$.call(contract.addIndex, { params, body: { type: 'btree', fields: [{ name: 'a' }, { name: 'b' }] } })
  const drop = (schema_name: string) => test$.call(contract.deleteColumn, { params: { ...params, schema_name } })
  expect(await drop('a')).toBeNull()
  expect(await columnNames(params)).toEqual(['id', 'b'])
  expect(await test$.call(contract.listIndexes, { params })).toHaveLength(1)
  await expect(drop('id')).rejects.toMatchObject({ status: 400 })
  await expect(drop('a')).rejects.toMatchObject({ status: 404 })
  await expect(test$.call(contract.getColumn, { params: { ...params, schema_name: 'a' } })).rejects.toMatchObject({
    status: 404,
  })
})

test('a new schema drops what is left out, keeps the rest with its rows, and adds the new', async () => {
  const params = await tableOf({ name: 'keep', type: 'text' }, { name: 'gone', type: 'int' })
  await add(params, { keep: 'me', gone: 3 })
  expect(
    await replace(params, { name: 'fresh', type: 'bool', default: true }, { name: 'keep', type: 'text' }),
  ).toBeNull()
  expect(await rows(params)).toEqual([{ id: 1, fresh: true, keep: 'me' }])
  await expect(test$.call(contract.replaceSchema, { params, body: { schema: [] } })).rejects.toMatchObject(
    refused('schema.0.name'),
  )
  const uuid = { params, body: { schema: [{ name: 'id', type: 'uuid' as const }] } }
  await expect(test$.call(contract.replaceSchema, uuid)).rejects.toMatchObject(refused('schema.0.type'))
  expect(await rows(params)).toEqual([{ id: 1, fresh: true, keep: 'me' }])
})

const CONVERSIONS: [from: Column, value: unknown, to: Column, expected: unknown][] = [
  [{ name: 'a', type: 'text' }, '42', { name: 'a', type: 'int' }, 42],
  [{ name: 'a', type: 'text' }, ' ', { name: 'a', type: 'int', nullable: true }, null],
  [{ name: 'a', type: 'text' }, '', { name: 'a', type: 'int' }, 0],
  [{ name: 'a', type: 'int' }, 42, { name: 'a', type: 'text' }, '42'],
  [{ name: 'a', type: 'decimal' }, 2, { name: 'a', type: 'int' }, 2],
  [{ name: 'a', type: 'int' }, 2, { name: 'a', type: 'bool' }, true],
  [{ name: 'a', type: 'bool' }, true, { name: 'a', type: 'decimal' }, 1],
  [{ name: 'a', type: 'int' }, 1_700_000_000_123, { name: 'a', type: 'timestamp' }, 1_700_000_000_123],
  [{ name: 'a', type: 'timestamp' }, 1_700_000_000_123, { name: 'a', type: 'int' }, 1_700_000_000_123],
  [{ name: 'a', type: 'timestamp' }, 1_700_000_000_123, { name: 'a', type: 'text' }, '2023-11-14T22:13:20.123Z'],
  [{ name: 'a', type: 'timestamp' }, 1_700_000_000_123, { name: 'a', type: 'date' }, '2023-11-14'],
  [{ name: 'a', type: 'timestamp' }, 1_700_000_000_123, { name: 'a', type: 'json' }, 1_700_000_000_123],
  [{ name: 'a', type: 'date' }, '2023-11-14', { name: 'a', type: 'timestamp' }, 1_699_920_000_000],
  [{ name: 'a', type: 'text' }, 'x', { name: 'a', type: 'enum', values: ['x', 'y'] }, 'x'],
  [{ name: 'a', type: 'text' }, 'x', { name: 'a', type: 'json' }, 'x'],
  [{ name: 'a', type: 'json' }, { b: 1 }, { name: 'a', type: 'text' }, '{"b": 1}'],
  [{ name: 'a', type: 'int' }, 7, { name: 'a', type: 'int', style: 'list' }, [7]],
  [{ name: 'a', type: 'json' }, { b: 1 }, { name: 'a', type: 'json', style: 'list' }, [{ b: 1 }]],
  [{ name: 'a', type: 'int', style: 'list' }, [1, 2], { name: 'a', type: 'text', style: 'list' }, ['1', '2']],
  [{ name: 'a', type: 'text', style: 'list' }, ['1', '2'], { name: 'a', type: 'int', style: 'list' }, [1, 2]],
  [{ name: 'a', type: 'text', style: 'list' }, ['1'], { name: 'a', type: 'json' }, ['1']],
  [{ name: 'a', type: 'text', nullable: true }, null, { name: 'a', type: 'text', default: 'none' }, 'none'],
  [{ name: 'a', type: 'vector', vector: { size: 2 } }, null, { name: 'a', type: 'geo_point' }, null],
]

test.each(CONVERSIONS)('values of %j such as %j turn into %j', async (from, value, to, expected) => {
  const params = await tableOf(from)
  await add(params, { a: value })
  await replace(params, to)
  expect(await rows(params)).toEqual([{ id: 1, a: expected }])
  await add(params, { a: expected })
})

const OBSTACLES: [from: Column, value: unknown, to: Column, param: string][] = [
  [{ name: 'a', type: 'text' }, 'many', { name: 'a', type: 'int' }, 'schema.1.type'],
  [{ name: 'a', type: 'decimal' }, 1.5, { name: 'a', type: 'int' }, 'schema.1.type'],
  [{ name: 'a', type: 'text' }, 'z', { name: 'a', type: 'enum', values: ['x'] }, 'schema.1.values'],
  [{ name: 'a', type: 'text' }, 'clear', { name: 'a', type: 'password' }, 'schema.1.type'],
  [{ name: 'a', type: 'password' }, 'secret', { name: 'a', type: 'text' }, 'schema.1.type'],
  [{ name: 'a', type: 'int', style: 'list' }, [1], { name: 'a', type: 'int' }, 'schema.1.type'],
  [{ name: 'a', type: 'json' }, 5, { name: 'a', type: 'geo_point' }, 'schema.1.type'],
  [{ name: 'a', type: 'date', nullable: true }, null, { name: 'a', type: 'date', required: true }, 'schema.1.required'],
  [
    { name: 'a', type: 'vector', vector: { size: 1 } },
    [1],
    { name: 'a', type: 'vector', vector: { size: 2 } },
    'schema.1.values',
  ],
]

test.each(OBSTACLES)(
  'values of %j such as %j do not turn into %j: %s is refused, all stays',
  async (from, value, to, param) => {
    const params = await tableOf(from)
    await add(params, { a: value })
    const before = await rows(params)
    await expect(replace(params, { name: 'other', type: 'int' }, to)).rejects.toMatchObject(
      refused(param.replace('1', '2')),
    )
    expect(await rows(params)).toEqual(before)
    expect(await columnNames(params)).toEqual(['id', 'a'])
  },
)

test('a column becomes a reference only where every value refers to a row', async () => {
  const target = await tableOf()
  await add(target, {})
  const params = await tableOf({ name: 'ref', type: 'int', nullable: true })
  await add(params, { ref: 5 })
  const to: Column = { name: 'ref', type: 'int', tableref_id: target.table_id }
  await expect(replace(params, to)).rejects.toMatchObject(refused('schema.1.tableref_id'))
  await sql`update ${sql.id(`w${workspace_id}_live`, `t${made}`)} set ref = 1`.execute(test$.database.db)
  await replace(params, to)
  await expect(add(params, { ref: 5 })).rejects.toMatchObject(refused('ref'))
  await replace(params, { name: 'ref', type: 'int' })
  expect(await add(params, { ref: 5 })).toMatchObject({ ref: 5 })
})
