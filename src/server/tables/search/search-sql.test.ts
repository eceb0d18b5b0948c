import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'

import type { Column } from '#api/contract/columns.ts'
import type { SearchFilter } from '#api/contract/content.ts'

import { AppError } from '../../errors.ts'
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.ts'
import { createBareTable } from '../ddl.ts'
import type { TableDefinition } from '../definition.ts'
import { insertRow } from '../rows/write-row.ts'
import { SEARCH_OPS } from './condition.ts'
import { parseSearch } from './parse-search.ts'
import { searchSql } from './search-sql.ts'
import { sortSql } from './sort-sql.ts'

const COLUMNS: Column[] = [
  { name: 'id', type: 'int' },
  { name: 'word', type: 'text', nullable: true },
  { name: 'number', type: 'int', nullable: true },
  { name: 'amount', type: 'decimal', nullable: true },
  { name: 'flag', type: 'bool', nullable: true },
  { name: 'at', type: 'timestamp' },
  { name: 'day', type: 'date' },
  { name: 'code', type: 'uuid' },
  { name: 'state', type: 'enum', values: ['a', 'b'], nullable: true },
  { name: 'labels', type: 'text', style: 'list', nullable: true },
  { name: 'numbers', type: 'int', style: 'list', nullable: true },
  { name: 'data', type: 'json' },
  { name: 'point', type: 'vector', vector: { size: 1 } },
  { name: 'secret', type: 'password', nullable: true },
  { name: 'sel"ect|', type: 'text', nullable: true },
]
const DEFINITION: TableDefinition = {
  id: 1,
  workspaceId: 1,
  name: 'searched "table"',
  description: '',
  docs: '',
  auth: false,
  guid: 'g',
  tag: [],
  columns: COLUMNS,
  indexes: [],
  autocomplete: [],
  createdAt: new Date(0),
  updatedAt: new Date(0),
}
const NOW = new Date(1_000)

/** Values that meet each other often, so that conditions match. */
const VALUES: Record<string, unknown[]> = {
  word: ['', 'a', 'ab', 'b', 'a%b', 'a_b', 'a\\b', 'AB', null],
  number: [-1, 0, 1, 2, 9_007_199_254_740_991, null],
  amount: [-0.5, 0, 0.1, 1, 2, null],
  flag: [true, false, null],
  at: [0, 1, 1_000, 1_700_000_000_123, null],
  day: ['1970-01-01', '2026-11-21', '0001-01-01', null],
  state: ['a', 'b', null],
}

let database: TestDatabase
const rows: Record<string, unknown>[] = []

beforeAll(async () => {
  database = await createTestDatabase()
  const { db } = database
  await sql`create schema s`.execute(db)
  await createBareTable(db, 's', DEFINITION)
  for (let at = 0; at < 60; at++) {
    const row = Object.fromEntries(
      Object.entries(VALUES).map(([name, values]) => [name, values[(at * 7 + name.length * at) % values.length]]),
    )
    const { id } = await insertRow(db, 's', DEFINITION, row)
    rows.push({ ...row, id })
  }
}, 60_000)
afterAll(() => database.close())

async function find(search: SearchFilter): Promise<unknown[]> {
  const where = searchSql(parseSearch(DEFINITION, search, NOW)) ?? sql`true`
  const found = await sql<{ id: number }>`
    select t.id from ${sql.id('s', DEFINITION.name)} as t where ${where} order by t.id`.execute(database.db)
  return found.rows.map((row) => row.id)
}

type Plain = string | number | boolean
/** The operators in plain words, to hold the SQL against; they hold for no row without a value. */
const PLAIN: Record<string, (have: Plain, want: Plain) => boolean> = {
  '==': (have, want) => have === want,
  in: (have, want) => (want as unknown as unknown[]).includes(have),
  '>': (have, want) => have > want,
  '>=': (have, want) => have >= want,
  '<': (have, want) => have < want,
  '<=': (have, want) => have <= want,
  between: (have, want) => have >= bound(want, 0) && have <= bound(want, 1),
  contains: (have, want) => String(have).includes(String(want)),
  like: (have, want) => likePattern(String(want), false).test(String(have)),
  ilike: (have, want) => likePattern(String(want), true).test(String(have)),
}

function matches(row: Record<string, unknown>, column: string, op: string, value: unknown): boolean {
  if (op === '!=') return !matches(row, column, '==', value)
  if (op.startsWith('not ')) return !matches(row, column, op.slice('not '.length), value)
  const have = row[column] as Plain | null
  if (have === null) return op === '==' && value === null
  return PLAIN[op]?.(have, value as Plain) ?? false
}

const bound = (value: unknown, at: 0 | 1) => (value as [string | number, string | number])[at]

function likePattern(pattern: string, isAnyCase: boolean): RegExp {
  const source = pattern.replaceAll(/\\(.)|[\s\S]/g, (part, escaped: string | undefined) =>
    part === '%' ? '[^]*' : part === '_' ? '[^]' : (escaped ?? part).replace(/[\\^$.*+?()[\]{}|/]/, String.raw`\$&`),
  )
  return new RegExp(`^${source}$`, isAnyCase ? 'iu' : 'u')
}

const ORDERED = ['>', '>=', '<', '<=', 'between', 'not between']
const PATTERNS = ['like', 'not like', 'ilike', 'not ilike', 'contains', 'not contains']
const opsFor = (column: string): string[] => [
  '==',
  '!=',
  'in',
  'not in',
  // Text is ordered by the database's language, which JavaScript does not know.
  ...(column === 'flag' || column === 'word' || column === 'state' ? [] : ORDERED),
  ...(column === 'word' ? PATTERNS : []),
]

interface Leaf {
  column: string
  op: string
  value: unknown
  isOr: boolean
}
interface Branch {
  group: Tree[]
  isOr: boolean
}
type Tree = Leaf | Branch

function valueFor(column: string, op: string): fc.Arbitrary<unknown> {
  const some = fc.constantFrom(...(VALUES[column] ?? []).filter((value) => value !== null))
  if (op === '==' || op === '!=') return fc.constantFrom(...(VALUES[column] ?? []))
  if (op.endsWith('in')) return fc.array(some, { maxLength: 3 })
  return op.endsWith('between') ? fc.tuple(some, some) : some
}

const leaf: fc.Arbitrary<Leaf> = fc
  .constantFrom(...Object.keys(VALUES))
  .chain((column) => fc.tuple(fc.constant(column), fc.constantFrom(...opsFor(column)), fc.boolean()))
  .chain(([column, op, isOr]) =>
    fc.record({
      column: fc.constant(column),
      op: fc.constant(op),
      isOr: fc.constant(isOr),
      value: valueFor(column, op),
    }),
  )
  .filter(({ op, value }) => !(op.endsWith('like') && String(value).endsWith('\\')))
const { trees } = fc.letrec<{ trees: Tree[]; tree: Tree; branch: Branch }>((tie) => ({
  branch: fc.record({ group: tie('trees'), isOr: fc.boolean() }),
  tree: fc.oneof({ maxDepth: 3, withCrossShrink: true }, leaf, tie('branch')),
  trees: fc.array(tie('tree'), { minLength: 1, maxLength: 4 }),
}))

/** Read from the left: each condition joins everything before it. */
function holds(row: Record<string, unknown>, conditions: readonly Tree[]): boolean {
  return (
    conditions.reduce<boolean | undefined>((before, condition) => {
      const one =
        'group' in condition
          ? holds(row, condition.group)
          : matches(row, condition.column, condition.op, condition.value)
      return before === undefined ? one : condition.isOr ? before || one : before && one
    }, undefined) ?? true
  )
}

const idsWhere = (conditions: readonly Tree[]): unknown[] =>
  rows.filter((row) => holds(row, conditions)).map((row) => row['id'])

test('a search finds what plain evaluation of its conditions finds', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(leaf, { minLength: 1, maxLength: 5 }), async (conditions) => {
      const search = conditions.map(({ column, op, isOr, value }) => ({
        [`${column}|${op}${isOr ? '|or' : ''}`]: value,
      }))
      expect(await find(search)).toEqual(idsWhere(conditions))
    }),
    { numRuns: 400 },
  )
})

const toExpression = (conditions: readonly Tree[]): unknown[] =>
  conditions.map((condition) =>
    'group' in condition
      ? { type: 'group', or: condition.isOr, group: { expression: toExpression(condition.group) } }
      : {
          ...(condition.isOr ? { or: true } : {}),
          statement: {
            left: { tag: 'col', operand: `t.${condition.column}` },
            op: condition.op,
            right: { operand: condition.value },
          },
        },
  )

test('an expression, groups in groups included, finds what plain evaluation finds', async () => {
  await fc.assert(
    fc.asyncProperty(trees, async (conditions) => {
      expect(await find({ expression: toExpression(conditions) })).toEqual(idsWhere(conditions))
    }),
    { numRuns: 400 },
  )
})

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', '\u0000', '\ud800', "'", '"', '\\', '%', 'now', '1e999', '-', '{}', '[', 'NaN', 'infinity'),
)
const anyValue = fc.oneof(
  anyText,
  fc.double(),
  fc.maxSafeInteger(),
  fc.boolean(),
  fc.constant(null),
  fc.array(fc.oneof(anyText, fc.integer(), fc.constant(null)), { maxLength: 3 }),
  fc.jsonValue({ maxDepth: 3 }),
)
const anyName = fc.oneof(
  fc.constantFrom(...COLUMNS.map((column) => column.name)),
  fc.constantFrom('t.word', 'data.a', 'data->>a', 'word" or 1=1 --', "word'; drop schema s cascade; --", 'secret', '*'),
  anyText,
)
const anyKey = fc
  .tuple(
    anyName,
    fc.oneof({ weight: 4, arbitrary: fc.constantFrom('', '=', ...SEARCH_OPS) }, { weight: 1, arbitrary: anyText }),
    fc.constantFrom('', '|', '|or', '|and'),
  )
  .map(([column, op, end]) => (op === '' && end === '' ? column : `${column}|${op}${end}`))

/** Rows, or a refusal that names a field: true where rows came. */
async function isFound(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work()
    return true
  } catch (error) {
    expect(error).toBeInstanceOf(AppError)
    expect(error).toMatchObject({
      code: 'invalid_input',
      payload: { param: expect.stringMatching(/^(search|sort)/) as string },
    })
    return false
  }
}

test('whatever is searched for, the answer is rows or a refusal that names a field, never an SQL error', async () => {
  let ran = 0
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(anyKey, anyValue), { maxLength: 3 }), async (pairs) => {
      if (await isFound(() => find(pairs.map(([key, value]) => Object.fromEntries([[key, value]]))))) ran++
    }),
    { numRuns: 1_500 },
  )
  expect(ran).toBeGreaterThan(50)
})

const anyStatement = fc.record({
  statement: fc.record({
    left: fc.record({ tag: fc.constant('col'), operand: anyName }),
    op: fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...SEARCH_OPS) }, { weight: 1, arbitrary: anyText }),
    right: fc.record({ operand: anyValue }),
  }),
  or: fc.boolean(),
})
const anyItem = fc.oneof(
  { weight: 6, arbitrary: anyStatement },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('group'),
      group: fc.record({ expression: fc.array(anyStatement, { maxLength: 2 }) }),
    }),
  },
  { weight: 1, arbitrary: anyValue },
)

test('whatever an expression holds, the answer is rows or a refusal that names its place', async () => {
  let ran = 0
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.array(anyItem, { maxLength: 2 }), anyValue), async (expression) => {
      if (await isFound(() => find({ expression }))) ran++
    }),
    { numRuns: 1_500 },
  )
  expect(ran).toBeGreaterThan(50)
})

test('whatever is sorted by, the answer is rows or a refusal that names the key', async () => {
  const name = sql.id('s', DEFINITION.name)
  let ran = 0
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(anyName, fc.constantFrom('asc', 'desc')), { maxLength: 3 }), async (keys) => {
      const sort = keys.map(([key, direction]) => Object.fromEntries([[key, direction]]))
      const isSorted = await isFound(async () => {
        const order = sortSql(DEFINITION, sort) ?? sql`t.id`
        await sql`select 1 from ${name} as t order by ${order}`.execute(database.db)
      })
      if (isSorted) ran++
    }),
    { numRuns: 300 },
  )
  expect(ran).toBeGreaterThan(20)
})

test('groups are nested twenty levels deep and not without end', async () => {
  const nested = (depth: number): unknown[] =>
    depth === 0
      ? toExpression([{ column: 'number', op: '==', value: 1, isOr: false }])
      : [{ type: 'group', group: { expression: nested(depth - 1) } }]
  expect(await isFound(() => find({ expression: nested(20) }))).toBe(true)
  expect(await isFound(() => find({ expression: nested(21) }))).toBe(false)
  expect(await isFound(() => find({ expression: nested(2_000) }))).toBe(false)
})

test('every column but a password sorts both ways', async () => {
  for (const column of COLUMNS) {
    if (column.type === 'password') continue
    for (const direction of ['asc', 'desc'] as const) {
      const order = sortSql(DEFINITION, [{ [column.name]: direction }]) ?? sql`true`
      await sql`select 1 from ${sql.id('s', DEFINITION.name)} as t order by ${order}`.execute(database.db)
    }
  }
  expect(() => sortSql(DEFINITION, { secret: 'asc' })).toThrow(AppError)
  expect(() =>
    sortSql(
      DEFINITION,
      Array.from({ length: 33 }, () => ({ id: 'asc' as const })),
    ),
  ).toThrow(AppError)
})
