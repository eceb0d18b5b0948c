import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'

import type { Column } from '#api/contract/columns.ts'
import { createContent, listContent } from '#api/contract/content.ts'
import * as contract from '#api/contract/tables.ts'
import { ADD_COLUMN } from '#api/contract/typed-columns.ts'
import { createDataSource, createWorkspace } from '#api/contract/workspaces.ts'

import { createTestApp, type TestApp } from '../../testing/test-app.ts'

let test$: TestApp
let workspace_id: number
let made = 0

beforeAll(async () => {
  test$ = await createTestApp()
  workspace_id = (await test$.call(createWorkspace, { body: { name: 'Rules' } })).id
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
const rows = async (params: Params) => (await test$.call(listContent, { params })).items
const replace = (params: Params, ...columns: Column[]) =>
  test$.call(contract.replaceSchema, { params, body: { schema: [ID, ...columns] } })
const column = (params: Params, schema_name: string) =>
  test$.call(contract.getColumn, { params: { ...params, schema_name } })

test('a new default is for new rows; the others keep what they have', async () => {
  const params = await tableOf({ name: 'a', type: 'int', default: 1, nullable: true })
  await add(params, {})
  await add(params, { a: null })
  await replace(params, { name: 'a', type: 'int', default: 2, nullable: true })
  await add(params, {})
  await replace(params, { name: 'a', type: 'int', nullable: true })
  await add(params, {})
  expect((await rows(params)).map((row) => row['a'])).toEqual([1, null, 2, null])
})

test('a column that stops being nullable fills its gaps with the default, and takes null again when it may', async () => {
  const params = await tableOf({ name: 'a', type: 'text', nullable: true })
  await add(params, { a: null })
  await replace(params, { name: 'a', type: 'text', default: 'none' })
  expect(await rows(params)).toEqual([{ id: 1, a: 'none' }])
  await expect(add(params, { a: null })).rejects.toMatchObject(refused('a'))
  await replace(params, { name: 'a', type: 'text', nullable: true })
  expect(await add(params, { a: null })).toMatchObject({ a: null })
})

test('a column becomes required where every row has a value, and optional again at will', async () => {
  const params = await tableOf({ name: 'a', type: 'date', nullable: true })
  await add(params, { a: '2026-11-21' })
  await replace(params, { name: 'a', type: 'date', required: true })
  await expect(add(params, {})).rejects.toMatchObject({ ...refused('a'), message: 'Missing param: a' })
  await replace(params, { name: 'a', type: 'date' })
  expect(await add(params, {})).toMatchObject({ a: null })
  await expect(replace(params, { name: 'a', type: 'date', required: true })).rejects.toMatchObject(
    refused('schema.1.required'),
  )
})

test.each(['single', 'list'] as const)('an enum (%s) gives up a value only while no row has it', async (style) => {
  const params = await tableOf({ name: 'a', type: 'enum', style, values: ['x', 'y', 'z'], nullable: true })
  const value = style === 'list' ? ['x', 'y'] : 'y'
  await add(params, { a: value })
  const to = (...values: string[]): Column => ({ name: 'a', type: 'enum', style, values, nullable: true })
  await expect(replace(params, to('x', 'z'))).rejects.toMatchObject(refused('schema.1.values'))
  expect(await rows(params)).toEqual([{ id: 1, a: value }])
  await replace(params, to('new', 'y', 'x'))
  expect(await rows(params)).toEqual([{ id: 1, a: value }])
  await expect(add(params, { a: style === 'list' ? ['z'] : 'z' })).rejects.toMatchObject({ status: 400 })
  expect(await add(params, { a: style === 'list' ? ['new'] : 'new' })).toMatchObject({ id: 2 })
})

test('who sees a column, its words and its rules change without touching a value', async () => {
  const params = await tableOf({ name: 'a', type: 'text' })
  await add(params, { a: ' kept ' })
  const settings = { description: 'Words', access: 'private', sensitive: true, format: 'html' } as const
  await replace(params, { name: 'a', type: 'text', ...settings, filters: { trim: true, min: 9 } })
  expect(await column(params, 'a')).toMatchObject({ ...settings, filters: { trim: true, min: 9 } })
  expect(await rows(params)).toEqual([{ id: 1, a: ' kept ' }])
  await expect(add(params, { a: 'short' })).rejects.toMatchObject(refused('a'))
})

test('a list becomes a single value only while it is empty', async () => {
  const params = await tableOf({ name: 'a', type: 'int', style: 'list', nullable: true })
  await add(params, { a: null })
  await replace(params, { name: 'a', type: 'int', nullable: true })
  await add(params, { a: 5 })
  await replace(params, { name: 'a', type: 'int', style: 'list', nullable: true })
  expect(await rows(params)).toEqual([
    { id: 1, a: null },
    { id: 2, a: [5] },
  ])
  const error: unknown = await replace(params, { name: 'a', type: 'int', nullable: true }).catch(
    (caught: unknown) => caught,
  )
  expect(error).toMatchObject({
    ...refused('schema.1.type'),
    message: 'The rows of "a" cannot be turned from a list of int into int. Add a new column instead.',
  })
})

test('a reference goes to a table that is there, and moves only where the rows fit', async () => {
  const first = await tableOf()
  const second = await tableOf()
  await add(first, {})
  const params = await tableOf({ name: 'ref', type: 'int', tableref_id: first.table_id })
  await add(params, { ref: 1 })
  const to = (tableref_id: number): Column => ({ name: 'ref', type: 'int', tableref_id })
  await expect(replace(params, to(999_999))).rejects.toMatchObject(refused('schema.1.tableref_id'))
  await expect(replace(params, to(second.table_id))).rejects.toMatchObject(refused('schema.1.tableref_id'))
  await add(second, {})
  await replace(params, to(second.table_id))
  expect(await test$.call(contract.deleteTable, { params: first })).toBeNull()
  await expect(test$.call(contract.deleteTable, { params: second })).rejects.toMatchObject({ status: 400 })
})

test('a reference gets no index that nobody asked for', async () => {
  const target = await tableOf()
  const params = await tableOf({ name: 'ref', type: 'int', tableref_id: target.table_id })
  expect(await test$.call(contract.listIndexes, { params })).toHaveLength(1)
  const found =
    await sql`select 1 from pg_index where indrelid = ${`w${workspace_id}_live.t${made}`}::regclass`.execute(
      test$.database.db,
    )
  expect(found.rows).toHaveLength(1)
})

test('fields inside an object change their type or values only while no row has others', async () => {
  const box = (...children: Column[]): Column => ({
    name: 'box',
    type: 'object',
    style: 'list',
    nullable: true,
    children: [{ name: 'deep "one"', type: 'object', nullable: true, children }],
  })
  const params = await tableOf(
    box({ name: 'n', type: 'int', nullable: true }, { name: 's', type: 'enum', values: ['a', 'b'], nullable: true }),
  )
  await add(params, { box: [{ 'deep "one"': { n: null, s: null } }, { 'deep "one"': { n: 1, s: 'b' } }] })
  const before = await rows(params)
  const s = (values: string[]): Column => ({ name: 's', type: 'enum', values, nullable: true })
  await expect(replace(params, box({ name: 'n', type: 'text', nullable: true }))).rejects.toMatchObject({
    ...refused('schema.1.children'),
    message: expect.stringContaining('"box.deep "one".n"') as string,
  })
  await expect(replace(params, box(s(['a'])))).rejects.toMatchObject(refused('schema.1.children'))
  await expect(replace(params, box({ name: 'n', type: 'int', style: 'list', nullable: true }))).rejects.toMatchObject(
    refused('schema.1.children'),
  )
  await replace(params, box({ name: 'n', type: 'int' }, s(['b', 'c']), { name: 'more', type: 'bool' }))
  expect(await rows(params)).toEqual(before)
})

test('a field that is dropped from an object takes its values along, in every data source, list and level', async () => {
  await test$.call(createDataSource, { params: { workspace_id }, body: { label: 'other', color: '#000000' } })
  const text = (name: string): Column => ({ name, type: 'text', nullable: true })
  const object = (name: string, style: 'single' | 'list', ...children: Column[]): Column => ({
    name,
    type: 'object',
    style,
    nullable: true,
    children,
  })
  const nested = (...fields: Column[]): Column[] => [
    object('one', 'single', object('deep "x"', 'single', ...fields), ...fields),
    object('many', 'list', object('parts', 'list', ...fields), text('stays')),
  ]
  const params = await tableOf(...nested(text('a'), text('b')))
  const ab = { a: 'A', b: 'B' }
  const row = {
    one: { 'deep "x"': ab, ...ab },
    many: [{ parts: [ab, { b: 'B' }, ab], stays: 's' }, { parts: null }, { stays: 't' }],
  }
  const inOther = { params, headers: { 'x-data-source': 'other' } }
  await test$.call(createContent, { ...inOther, body: row })
  for (const body of [row, { one: null, many: [] }, { one: { 'deep "x"': null, b: 'B' } }]) await add(params, body)
  await replace(params, ...nested(text('b')))
  await replace(params, ...nested(text('a'), text('b')))
  const b = { b: 'B' }
  const left = {
    id: 1,
    one: { 'deep "x"': b, ...b },
    many: [{ parts: [b, b, b], stays: 's' }, { parts: null }, { stays: 't' }],
  }
  expect(await rows(params)).toEqual([
    left,
    { id: 2, one: null, many: [] },
    { id: 3, one: { 'deep "x"': null, b: 'B' }, many: null },
  ])
  expect((await test$.call(listContent, inOther)).items).toEqual([left])
  await replace(params, object('one', 'single', text('b')))
  await replace(params, ...nested(text('b')))
  expect(await rows(params)).toMatchObject([{ one: b, many: null }, { one: null }, { one: b }])
  expect((await rows(params))[0]).toEqual({ id: 1, one: b, many: null })
})

const SYSTEM_NAMES = [
  'ctid',
  'XMIN',
  'xmax',
  'cmin',
  'cmax',
  'tableoid',
  '.',
  '..',
  '__proto__',
  'a\tb',
  'x'.repeat(64),
]

test.each(SYSTEM_NAMES)('no column is called %j, by whatever way it comes', async (name) => {
  const params = await tableOf({ name: 'a', type: 'int' })
  const body: Column = { name, type: 'int' }
  const rename = { old_name: 'a', new_name: name }
  await expect(test$.call(contract.addColumn, { params, body })).rejects.toMatchObject(refused('name'))
  await expect(test$.call(ADD_COLUMN.int, { params, body: { name } })).rejects.toMatchObject(refused('name'))
  await expect(test$.call(contract.renameColumn, { params, body: rename })).rejects.toMatchObject(refused('new_name'))
  await expect(replace(params, body)).rejects.toMatchObject(refused('schema.1.name'))
  expect((await test$.call(contract.getSchema, { params })).map((one) => one.name)).toEqual(['id', 'a'])
})

test('names are told apart whatever their case, in every way to add one', async () => {
  const params = await tableOf({ name: 'Straße', type: 'int' })
  await expect(test$.call(contract.addColumn, { params, body: { name: 'STRAßE', type: 'int' } })).rejects.toMatchObject(
    refused('name'),
  )
  await expect(replace(params, { name: 'b', type: 'int' }, { name: 'B', type: 'int' })).rejects.toMatchObject(
    refused('schema.2.name'),
  )
  const child: Column = { name: 'c', type: 'int' }
  await expect(
    replace(params, { name: 'o', type: 'object', children: [child, { ...child, name: 'C' }] }),
  ).rejects.toMatchObject(refused('schema.1.children.1.name'))
})

test('a table has at most 1500 columns', async () => {
  const many = Array.from({ length: 1_499 }, (_, at): Column => ({ name: `c${at}`, type: 'bool', nullable: true }))
  const params = await tableOf(...many)
  const more: Column = { name: 'more', type: 'bool' }
  await expect(test$.call(contract.addColumn, { params, body: more })).rejects.toMatchObject({
    ...refused('schema'),
    message: 'A table has at most 1500 columns.',
  })
  await expect(replace(params, ...many, more)).rejects.toMatchObject(refused('schema'))
  await expect(tableOf(...many, more)).rejects.toMatchObject(refused('schema'))
  expect(await add(params, { c7: true })).toMatchObject({ id: 1, c7: true, c1498: null })
})

test('a name of 63 bytes is taken whole, for tables and columns', async () => {
  const name = `${'ü'.repeat(31)}x`
  const { id } = await test$.call(contract.createTable, {
    params: { workspace_id },
    body: {
      name,
      schema: [ID, { name, type: 'enum', values: ['a'] }],
      index: [{ type: 'unique', fields: [{ name }] }],
    },
  })
  const params = { workspace_id, table_id: id }
  expect(await add(params, { [name]: 'a' })).toEqual({ id: 1, [name]: 'a' })
  expect(await test$.call(contract.getTable, { params })).toMatchObject({ name })
  expect(await column(params, name)).toMatchObject({ name })
})
