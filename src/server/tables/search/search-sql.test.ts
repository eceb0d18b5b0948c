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

/** The language in plain words, to hold the SQL against. */
function matches(row: Record<string, unknown>, column: string, op: string, value: unknown): boolean {
  const have = row[column] as string | number | boolean | null
  const want = value as string | number | boolean
  if (op === '==') return have === want
  if (op === '!=') return have !== want
  if (op === 'in') return have !== null && (value as unknown[]).includes(have)
  if (op === 'not in') return !matches(row, column, 'in', value)
  if (have === null) return false
  if (op === '>') return have > want
  if (op === '>=') return have >= want
  if (op === '<') return have < want
  if (op === '<=') return have <= want
  if (op === 'contains') return String(have).includes(String(want))
  return likePattern(String(want), op === 'ilike').test(String(have))
}

function likePattern(pattern: string, isAnyCase: boolean): RegExp {
  const source = pattern.replaceAll(/\\(.)|[\s\S]/g, (part, escaped: string | undefined) =>
    part === '%' ? '[^]*' : part === '_' ? '[^]' : (escaped ?? part).replace(/[\\^$.*+?()[\]{}|/]/, String.raw`\$&`),
  )
  return new RegExp(`^${source}$`, isAnyCase ? 'iu' : 'u')
}

const ORDERED = ['>', '>=', '<', '<=']
const opsFor = (column: string): string[] => [
  '==',
  '!=',
  'in',
  'not in',
  // Text is ordered by the database's language, which JavaScript does not know.
  ...(column === 'flag' || column === 'word' || column === 'state' ? [] : ORDERED),
  ...(column === 'word' ? ['like', 'ilike', 'contains'] : []),
]
const condition = fc
  .constantFrom(...Object.keys(VALUES))
  .chain((column) => fc.tuple(fc.constant(column), fc.constantFrom(...opsFor(column)), fc.boolean()))
  .chain(([column, op, isOr]) => {
    const some = fc.constantFrom(...(VALUES[column] ?? []).filter((value) => value !== null))
    const one = op === '==' || op === '!=' ? fc.constantFrom(...(VALUES[column] ?? [])) : some
    return fc.record({
      column: fc.constant(column),
      op: fc.constant(op),
      isOr: fc.constant(isOr),
      value: op === 'in' || op === 'not in' ? fc.array(some, { maxLength: 3 }) : one,
    })
  })
  .filter(({ op, value }) => !(op.endsWith('like') && String(value).endsWith('\\')))

test('a search finds what plain evaluation of its conditions finds', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(condition, { minLength: 1, maxLength: 5 }), async (conditions) => {
      const search = conditions.map(({ column, op, isOr, value }) => ({
        [`${column}|${op}${isOr ? '|or' : ''}`]: value,
      }))
      const expected = rows.filter((row) =>
        conditions.reduce<boolean | undefined>((before, { column, op, isOr, value }) => {
          const holds = matches(row, column, op, value)
          return before === undefined ? holds : isOr ? before || holds : before && holds
        }, undefined),
      )
      expect(await find(search)).toEqual(expected.map((row) => row['id']))
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
const anyKey = fc
  .tuple(
    fc.oneof(fc.constantFrom(...COLUMNS.map((column) => column.name)), anyText),
    fc.oneof({ weight: 4, arbitrary: fc.constantFrom('', '=', ...SEARCH_OPS) }, { weight: 1, arbitrary: anyText }),
    fc.constantFrom('', '|', '|or', '|and'),
  )
  .map(([column, op, end]) => (op === '' && end === '' ? column : `${column}|${op}${end}`))

test('whatever is searched for, the answer is rows or a refusal that names a field, never an SQL error', async () => {
  let ran = 0
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(anyKey, anyValue), { maxLength: 3 }), async (pairs) => {
      try {
        await find(pairs.map(([key, value]) => Object.fromEntries([[key, value]])))
        ran++
      } catch (error) {
        expect(error).toBeInstanceOf(AppError)
        expect(error).toMatchObject({
          code: 'invalid_input',
          payload: { param: expect.stringMatching(/^search/) as string },
        })
      }
    }),
    { numRuns: 1_500 },
  )
  expect(ran).toBeGreaterThan(50)
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
