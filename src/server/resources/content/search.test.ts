import { afterAll, beforeAll, expect, test } from 'vitest'

import type { Column } from '#api/contract/columns.ts'
import * as contract from '#api/contract/content.ts'
import { createTable } from '#api/contract/tables.ts'
import { createWorkspace } from '#api/contract/workspaces.ts'

import { createTestApp, type TestApp } from '../../testing/test-app.ts'

let test$: TestApp
let params: { workspace_id: number; table_id: number }

const SCHEMA: Column[] = [
  { name: 'id', type: 'int' },
  { name: 'sku', type: 'text' },
  { name: 'stock', type: 'int', nullable: true },
  { name: 'price', type: 'decimal' },
  { name: 'active', type: 'bool' },
  { name: 'state', type: 'enum', values: ['void', 'draft', 'live'], nullable: true },
  { name: 'at', type: 'timestamp' },
  { name: 'day', type: 'date' },
  { name: 'labels', type: 'text', style: 'list' },
  { name: 'data', type: 'json' },
  { name: 'odd|name|or', type: 'int' },
]
const AT = Date.UTC(2026, 0, 1)
const ROWS = [
  {
    sku: 'A-17',
    stock: 5,
    price: 1.5,
    active: true,
    state: 'live',
    at: AT,
    day: '2026-01-01',
    labels: ['x', 'y'],
    data: { a: 1, b: [1] },
    'odd|name|or': 1,
  },
  {
    sku: 'a_17',
    stock: 90,
    price: 10,
    active: false,
    state: 'draft',
    at: AT + 1,
    day: '2026-01-02',
    labels: [],
    data: [1, 2],
  },
  { sku: '50%', stock: null, price: -3, active: true, state: null, at: null, day: null, labels: ['y'], data: null },
  {
    sku: 'z\\',
    stock: 600,
    price: 0,
    active: false,
    state: 'void',
    at: AT + 9,
    day: '2026-02-01',
    labels: ['x'],
    data: 'text',
  },
]

beforeAll(async () => {
  test$ = await createTestApp()
  const { id: workspace_id } = await test$.call(createWorkspace, { body: { name: 'Search' } })
  const { id: table_id } = await test$.call(createTable, {
    params: { workspace_id },
    body: { name: 'items', schema: SCHEMA },
  })
  params = { workspace_id, table_id }
  await test$.call(contract.bulkCreateContent, { params, body: { items: ROWS } })
})
afterAll(() => test$.close())

const search = (body: contract.SearchContent) => test$.call(contract.searchContent, { params, body })
const ids = async (filter: contract.SearchFilter, sort?: contract.SortSpec) =>
  (await search({ search: filter, ...(sort === undefined ? {} : { sort }) })).items.map((row) => row['id'])
const refused = (param: string) => ({ status: 400, code: 'invalid_input', payload: { param } })

test('conditions of an array are joined with AND, a trailing |or joins with what came before', async () => {
  expect(await ids({ sku: 'A-17' })).toEqual([1])
  expect(await ids([{ 'stock|>': 4 }, { 'stock|<=': 90 }])).toEqual([1, 2])
  expect(await ids([{ 'stock|<': 6 }, { 'stock|>|or': 500 }])).toEqual([1, 4])
  expect(await ids([{ 'stock|<': 6 }, { 'stock|>|or': 500 }, { active: false }])).toEqual([4])
  expect(await ids([{ active: false }, { 'stock|<': 100 }, { 'sku||or': 'A-17' }])).toEqual([1, 2])
  expect(await ids({ 'stock|>|': 4, 'stock|<|': 6 })).toEqual([1])
  expect(await ids([{ 'sku|==|or': 'A-17' }])).toEqual([1])
})

test('no condition finds every row, and no body at all is a search too', async () => {
  expect(await ids([])).toEqual([1, 2, 3, 4])
  expect(await ids({})).toEqual([1, 2, 3, 4])
  expect((await test$.call(contract.searchContent, { params })).itemsTotal).toBe(4)
})

test('each operator finds what it says; != and not in are the exact opposite of == and in', async () => {
  expect(await ids({ 'id|in': [4, 1, 77] })).toEqual([1, 4])
  expect(await ids({ 'state|not in': ['void', 'draft'] })).toEqual([1, 3])
  expect(await ids({ 'state|in': [] })).toEqual([])
  expect(await ids({ 'state|not in': [] })).toEqual([1, 2, 3, 4])
  expect(await ids({ 'state|!=': 'live' })).toEqual([2, 3, 4])
  expect(await ids({ state: null })).toEqual([3])
  expect(await ids({ 'state|!=': null })).toEqual([1, 2, 4])
  expect(await ids({ 'price|>=': 1.5 })).toEqual([1, 2])
  expect(await ids({ 'price|<': '0' })).toEqual([3])
  expect(await ids({ active: true })).toEqual([1, 3])
  expect(await ids({ at: AT + 1 })).toEqual([2])
  expect(await ids({ 'at|>': '2026-01-01T00:00:00Z' })).toEqual([2, 4])
  expect(await ids({ 'at|<': 'now' })).toEqual([1, 2, 4])
  expect(await ids({ 'day|<=': '2026-01-02' })).toEqual([1, 2])
  expect(await ids({ state: 'unheard of' })).toEqual([])
})

test('like and ilike take patterns, contains takes text as it is, items of lists and parts of JSON', async () => {
  expect(await ids({ 'sku|like': 'a%' })).toEqual([2])
  expect(await ids({ 'sku|ilike': 'a_17' })).toEqual([1, 2])
  expect(await ids({ 'sku|like': 'a\\_17' })).toEqual([2])
  expect(await ids({ 'sku|contains': '%' })).toEqual([3])
  expect(await ids({ 'sku|contains': '\\' })).toEqual([4])
  expect(await ids({ 'labels|contains': 'x' })).toEqual([1, 4])
  expect(await ids({ 'labels|contains': ['x', 'y'] })).toEqual([1])
  expect(await ids({ labels: ['y'] })).toEqual([3])
  expect(await ids({ labels: [] })).toEqual([2])
  expect(await ids({ 'data|contains': { b: [1] } })).toEqual([1])
  expect(await ids({ data: [1, 2] })).toEqual([2])
  expect(await ids({ data: 'text' })).toEqual([4])
})

test('each negation finds exactly the rest, rows without a value included', async () => {
  expect(await ids({ 'sku|not like': 'a%' })).toEqual([1, 3, 4])
  expect(await ids({ 'sku|not ilike': 'a%' })).toEqual([3, 4])
  expect(await ids({ 'state|not contains': 'v' })).toEqual([2, 3])
  expect(await ids({ 'labels|not contains': 'x' })).toEqual([2, 3])
  expect(await ids({ 'stock|between': [5, 90] })).toEqual([1, 2])
  expect(await ids({ 'stock|not between': [5, 90] })).toEqual([3, 4])
  expect(await ids({ 'labels|overlaps': ['y', 'z'] })).toEqual([1, 3])
  expect(await ids({ 'labels|not overlaps': ['y'] })).toEqual([2, 4])
  expect(await ids({ 'data|not contains': { a: 1 } })).toEqual([2, 3, 4])
})

test('operators are known in any case and by their other spellings', async () => {
  expect(await ids({ 'sku|ILIKE': 'A_17' })).toEqual([1, 2])
  expect(await ids({ 'sku|includes': '17' })).toEqual([1, 2])
  expect(await ids({ 'stock|<>': 5 })).toEqual([2, 3, 4])
  expect(await ids({ 'id|NOT  IN': [1, 2] })).toEqual([3, 4])
})

test('days are found by moments too, moments by days', async () => {
  expect(await ids({ day: AT + 3_600_000 })).toEqual([1])
  expect(await ids({ 'day|>': '2026-01-01T23:59:59Z' })).toEqual([2, 4])
  expect(await ids({ at: '2026-01-01' })).toEqual([1])
  expect(await ids({ 'at|between': [AT, '2026-01-01T00:00:00.001Z'] })).toEqual([1, 2])
})

const statement = (operand: string, op: string, value: unknown) => ({
  statement: { left: { tag: 'col', operand }, op, right: { operand: value } },
})

test('an expression joins statements and groups as the plain form does', async () => {
  expect(await ids({ expression: [statement('items.sku', 'ilike', 'a%')] })).toEqual([1, 2])
  expect(
    await ids({ expression: [statement('stock', '<', 6), { ...statement('stock', '>', 500), or: true }] }),
  ).toEqual([1, 4])
  const group = {
    type: 'group',
    group: { expression: [statement('state', '=', 'live'), { ...statement('state', '=', 'void'), or: true }] },
  }
  expect(await ids({ expression: [statement('active', '=', false), group] })).toEqual([4])
  expect(await ids([{ 'stock|>': 5 }, { expression: [group] }])).toEqual([4])
  expect(await ids({ expression: [] })).toEqual([1, 2, 3, 4])
})

test('what an expression cannot mean is refused by its place', async () => {
  const cases: [unknown, string][] = [
    ['x', 'search.expression'],
    [[5], 'search.expression.0'],
    [[{}], 'search.expression.0.statement'],
    [[statement('t.nope', '=', 1)], 'search.expression.0.statement.left.operand'],
    [[statement('stock', '~', 1)], 'search.expression.0.statement.op'],
    [[statement('stock', '=', 'x')], 'search.expression.0.statement.right.operand'],
    [[statement('stock', 'in', [1, 'x'])], 'search.expression.0.statement.right.operand'],
    [[{ type: 'group', group: { expression: [] } }], 'search.expression.0.group.expression'],
    [[{ ...statement('stock', '=', 1), not: true }], 'search.expression.0'],
  ]
  for (const [expression, param] of cases) {
    const error = await search({ search: { expression } }).catch((caught: unknown) => caught)
    expect([expression, error]).toMatchObject([expression, refused(param)])
    expect((error as Error).message).not.toMatch(/expected|received|invalid input|unrecognized/i)
  }
})

test('a column that is named expression is meant by that key', async () => {
  const table = await test$.call(createTable, {
    params: { workspace_id: params.workspace_id },
    body: {
      name: 'expressions',
      schema: [
        { name: 'id', type: 'int' },
        { name: 'expression', type: 'text' },
      ],
    },
  })
  const at = { ...params, table_id: table.id }
  await test$.call(contract.bulkCreateContent, { params: at, body: { items: [{ expression: 'a' }, {}] } })
  const found = await test$.call(contract.searchContent, { params: at, body: { search: { expression: 'a' } } })
  expect(found.items.map((row) => row['id'])).toEqual([1])
})

test('a column whose name looks like an operator is still found', async () => {
  expect(await ids({ 'odd|name|or': 1 })).toEqual([1])
  expect(await ids({ 'odd|name|or|>': 0 })).toEqual([1])
  expect(await ids([{ id: 2 }, { 'odd|name|or|==|or': 1 }])).toEqual([1, 2])
})

test('rows are sorted by several keys, ties by id', async () => {
  expect(await ids([], { sku: 'desc' })).toHaveLength(4)
  expect(await ids([], [{ active: 'asc' }, { price: 'desc' }])).toEqual([2, 4, 1, 3])
  expect(await ids([], { active: 'desc' })).toEqual([1, 3, 2, 4])
  await expect(search({ sort: { nope: 'asc' } })).rejects.toMatchObject(refused('sort.nope'))
  await expect(search({ sort: { id: 'up' as 'asc' } })).rejects.toMatchObject(refused('sort.id'))
})

test('a page of a search counts what matches', async () => {
  const page = await search({ page: 2, per_page: 1, search: { active: true } })
  expect(page).toMatchObject({
    itemsReceived: 1,
    curPage: 2,
    nextPage: null,
    prevPage: 1,
    offset: 1,
    itemsTotal: 2,
    pageTotal: 2,
  })
  expect(page.items[0]).toMatchObject({ id: 3, sku: '50%' })
})

test('what a search cannot mean is refused by its column', async () => {
  const cases: [contract.SearchFilter, string][] = [
    [{ nope: 1 }, 'search.nope'],
    [{ "sku' or 1=1 --": 1 }, "search.sku' or 1=1 --"],
    [{ 'stock|~': 1 }, 'search.stock'],
    [{ 'stock|>|and': 1 }, 'search.stock|>'],
    [{ stock: 'x' }, 'search.stock'],
    [{ stock: '99999999999999999999' }, 'search.stock'],
    [{ stock: 1.5 }, 'search.stock'],
    [{ 'stock|>': null }, 'search.stock'],
    [{ 'stock|in': 5 }, 'search.stock'],
    [{ 'stock|in': [5, 'x'] }, 'search.stock'],
    [{ 'stock|between': [5] }, 'search.stock'],
    [{ 'stock|between': [5, null] }, 'search.stock'],
    [{ 'active|between': [true, false] }, 'search.active'],
    [{ 'stock|overlaps': [5] }, 'search.stock'],
    [{ 'stock|like': '5%' }, 'search.stock'],
    [{ 'sku|like': 'a\\' }, 'search.sku'],
    [{ sku: 'a\u0000' }, 'search.sku'],
    [{ sku: 5 }, 'search.sku'],
    [{ active: 'yes' }, 'search.active'],
    [{ 'active|>': true }, 'search.active'],
    [{ at: 'soon' }, 'search.at'],
    [{ day: '2026-02-30' }, 'search.day'],
    [{ labels: 'x' }, 'search.labels'],
    [{ 'labels|in': [['x']] }, 'search.labels'],
    [{ 'data|>': 1 }, 'search.data'],
  ]
  for (const [filter, param] of cases) {
    const error = await search({ search: filter }).catch((caught: unknown) => caught)
    expect([filter, error]).toMatchObject([filter, refused(param)])
  }
  await expect(search({ search: 'x' as unknown as contract.SearchFilter })).rejects.toMatchObject(refused('search'))
  await expect(search({ page: '1' as unknown as number })).rejects.toMatchObject(refused('page'))
  await expect(search({ nope: 1 } as contract.SearchContent)).rejects.toMatchObject(refused('nope'))
})

const many = (length: number) => Array.from({ length }, (_, at) => ({ [`id|>${at % 2 === 0 ? '' : '|or'}`]: 0 }))

test('five hundred conditions that change between AND and OR are one query; more are refused', async () => {
  expect(await ids(many(500))).toEqual([1, 2, 3, 4])
  await expect(search({ search: many(501) })).rejects.toMatchObject(refused('search'))
})
