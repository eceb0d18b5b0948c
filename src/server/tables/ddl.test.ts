import { pipeline } from 'node:stream/promises'

import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeEach, expect, test } from 'vitest'

import type { Column } from '#api/contract/columns.ts'

import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts'
import { copyIn, copyOut } from './copy.ts'
import { completeTables, createBareTable, dropTable } from './ddl.ts'
import type { TableDefinition } from './definition.ts'
import { passIds, readNextId, setNextId, takeIds } from './id-counter.ts'
import { normalColumns, normalIndexes } from './normal-definition.ts'
import { insertRows } from './rows/insert-rows.ts'
import { pageRows } from './rows/page-rows.ts'
import { insertRow, updateRow } from './rows/write-row.ts'

const database: TestDatabase = await createTestDatabase()
const { db, pool } = database
let made = 0
let schema = ''

beforeEach(async () => {
  schema = `s${++made}`
  await sql`create schema ${sql.id(schema)}`.execute(db)
})
afterAll(() => database.close())

const define = (
  id: number,
  name: string,
  columns: Column[],
  indexes: TableDefinition['indexes'] = [],
): TableDefinition => ({
  id,
  workspaceId: 1,
  name,
  description: '',
  docs: '',
  auth: false,
  guid: `g${id}`,
  tag: [],
  columns: normalColumns([{ name: 'id', type: 'int' }, ...columns]),
  indexes: normalIndexes(indexes),
  autocomplete: [],
  createdAt: new Date(0),
  updatedAt: new Date(0),
})

const EVERY: Column[] = [
  { name: 'whole', type: 'int', nullable: true },
  { name: 'part', type: 'decimal', nullable: true },
  { name: 'words, "quoted"', type: 'text', nullable: true },
  { name: 'flag', type: 'bool', nullable: true },
  { name: 'code', type: 'uuid' },
  { name: 'at', type: 'timestamp' },
  { name: 'day', type: 'date' },
  { name: 'data', type: 'json' },
  { name: 'state', type: 'enum', values: ['a', "b'c"], nullable: true },
  { name: 'point', type: 'vector', vector: { size: 2 } },
  { name: 'list', type: 'text', style: 'list', nullable: true },
  { name: 'numbers', type: 'int', style: 'list', nullable: true },
  { name: 'moments', type: 'timestamp', style: 'list', nullable: true },
  { name: 'vectors', type: 'vector', style: 'list', vector: { size: 1 } },
  { name: 'secret', type: 'password', nullable: true },
]

const text = fc.string({ unit: 'grapheme' }).filter((value) => !value.includes('\u0000'))
const whole = fc.oneof(fc.maxSafeInteger(), fc.constantFrom('9223372036854775807', '-9223372036854775808'))
const moment = fc.integer({ min: -62_135_596_800_000, max: 253_402_300_799_999 })
const float = fc.float({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0)
const orNull = <T>(of: fc.Arbitrary<T>) => fc.option(of, { freq: 6 })
const ROW = fc.record({
  whole: orNull(whole),
  part: orNull(fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0)),
  'words, "quoted"': orNull(text),
  flag: orNull(fc.boolean()),
  code: orNull(fc.uuid()),
  at: orNull(moment),
  day: orNull(moment.map((ms) => new Date(ms).toISOString().slice(0, 10))),
  data: orNull(fc.oneof(text, fc.integer(), fc.array(text), fc.dictionary(text, text))).map((value) =>
    value === '__proto__' ? null : value,
  ),
  state: orNull(fc.constantFrom('a', "b'c")),
  point: orNull(fc.tuple(float, float)),
  list: orNull(fc.array(text)),
  numbers: orNull(fc.array(whole)),
  moments: orNull(fc.array(moment)),
  vectors: orNull(fc.array(fc.tuple(float))),
})

/** Vectors are kept as 32-bit floats and answered in their shortest spelling: compared as such floats. */
const framed = (value: unknown): unknown =>
  Array.isArray(value) ? value.map(framed) : typeof value === 'number' ? Math.fround(value) : value
const rounded = (rows: readonly Record<string, unknown>[]): unknown =>
  rows.map((row) => ({ ...row, point: framed(row['point']), vectors: framed(row['vectors']) }))

const readAll = async (definition: TableDefinition, from = schema) =>
  (await pageRows(pool, { schema: from, definition }, { page: 1, perPage: 10_000 })).items

test('whatever a row holds comes back the same, one by one, in bulk and through CSV', async () => {
  const definition = define(1, 'every "one"', EVERY)
  await createBareTable(db, schema, definition)
  const other = `${schema}_other`
  await sql`create schema ${sql.id(other)}`.execute(db)
  await createBareTable(db, other, definition)
  await fc.assert(
    fc.asyncProperty(fc.array(ROW, { minLength: 1, maxLength: 20 }), async (rows) => {
      await sql`truncate ${sql.id(schema, definition.name)}, ${sql.id(other, definition.name)}`.execute(db)
      const [first = {}, ...rest] = rows
      const single = await insertRow(db, schema, definition, { ...first, secret: '$hash' })
      expect(rounded([single])).toEqual(rounded([{ id: single['id'], ...first }]))
      const client = await pool.connect()
      const ids = await db
        .transaction()
        .execute((trx) => insertRows({ client, trx }, { schema, definition }, rest))
        .finally(() => client.release())
      const expected = [single, ...rest.map((row, at) => ({ id: ids[at], ...row }))]
      expect(rounded(await readAll(definition))).toEqual(rounded(expected))
      await copyAcross(definition, other)
      expect(await readAll(definition, other)).toEqual(await readAll(definition))
    }),
    { numRuns: 60 },
  )
  const hashes = await sql<{
    secret: string
  }>`select secret from ${sql.id(other, definition.name)} order by id`.execute(db)
  expect(hashes.rows[0]?.secret).toBe('$hash')
})

async function copyAcross(definition: TableDefinition, other: string): Promise<void> {
  const [source, target] = [await pool.connect(), await pool.connect()]
  try {
    const writable = copyIn(target, other, definition)
    await pipeline(copyOut(source, schema, definition), writable)
    expect(writable.rowCount).toBe((await readAll(definition)).length)
  } finally {
    source.release()
    target.release()
  }
}

test('CSV whose header does not fit the columns is refused, and no row is left', async () => {
  const definition = define(1, 't', [{ name: 'a', type: 'text' }])
  await createBareTable(db, schema, definition)
  const client = await pool.connect()
  try {
    await expect(pipeline([Buffer.from('id,b\n1,x\n')], copyIn(client, schema, definition))).rejects.toThrow(
      /column name mismatch/,
    )
    await expect(pipeline([Buffer.from('id,a\n1,x\n2\n')], copyIn(client, schema, definition))).rejects.toThrow(
      /missing data/,
    )
    await pipeline([Buffer.from('id,a\n1,""\n')], copyIn(client, schema, definition))
  } finally {
    client.release()
  }
  expect(await readAll(definition)).toEqual([{ id: 1, a: '' }])
})

test('tables that refer to each other are completed together, and only true references pass', async () => {
  const a = define(1, 'a', [{ name: 'b_id', type: 'int', tableref_id: 2 }])
  const b = define(
    2,
    'b',
    [{ name: 'a_id', type: 'int', tableref_id: 1 }],
    [{ type: 'unique', fields: [{ name: 'a_id' }] }],
  )
  for (const definition of [a, b]) await createBareTable(db, schema, definition)
  await sql`insert into ${sql.id(schema, 'a')} values (1, 1); insert into ${sql.id(schema, 'b')} values (1, 1)`.execute(
    db,
  )
  await completeTables(db, schema, [a, b])
  for (const definition of [a, b]) await setNextId(db, schema, definition, 2)
  await expect(insertRow(db, schema, a, { b_id: 7 })).rejects.toMatchObject({ payload: { param: 'b_id' } })
  await expect(dropTable(db, schema, b)).rejects.toThrow(/depend/)
  const keys = await sql<{ deferrable: boolean; deferred: boolean }>`
    select condeferrable as deferrable, condeferred as deferred from pg_constraint
    where contype = 'f' and connamespace = ${schema}::regnamespace`.execute(db)
  expect(keys.rows).toEqual([
    { deferrable: true, deferred: false },
    { deferrable: true, deferred: false },
  ])
})

test('the next id is read, set and passed, and follows the table through a rename', async () => {
  const definition = define(1, 'Counted "t"', [])
  await createBareTable(db, schema, definition)
  expect(await readNextId(db, schema, definition)).toBe(1)
  await setNextId(db, schema, definition, 41)
  expect(await readNextId(db, schema, definition)).toBe(41)
  expect(await insertRow(db, schema, definition, {})).toEqual({ id: 41 })
  expect(await readNextId(db, schema, definition)).toBe(42)
  await db.transaction().execute(async (trx) => {
    await passIds(trx, schema, definition, 10n)
    expect(await takeIds(trx, schema, definition, 3)).toEqual([42, 43, 44])
    await passIds(trx, schema, definition, 99n)
  })
  await sql`alter table ${sql.id(schema, definition.name)} rename to later`.execute(db)
  expect(await readNextId(db, schema, { ...definition, name: 'later' })).toBe(100)
})

test('a statement built on a definition that is no longer true is answered with "try again", not a failure', async () => {
  const definition = define(1, 't', [{ name: 'a', type: 'text' }])
  await createBareTable(db, schema, definition)
  await sql`alter table ${sql.id(schema, 't')} drop column a`.execute(db)
  await expect(insertRow(db, schema, definition, { a: 'x' })).rejects.toMatchObject({ code: 'conflict' })
  await expect(updateRow(db, schema, definition, '1', { a: 'x' })).rejects.toMatchObject({ code: 'conflict' })
  await dropTable(db, schema, definition)
  await expect(readAll(definition)).rejects.toMatchObject({ code: 'conflict' })
})

test('PostgreSQL itself keeps enums, vector sizes and zeros', async () => {
  const definition = define(1, 't', [
    { name: 'state', type: 'enum', values: ['a'] },
    { name: 'states', type: 'enum', values: ['a'], style: 'list' },
    { name: 'point', type: 'vector', vector: { size: 2 } },
    { name: 'word', type: 'text' },
    { name: 'day', type: 'date', default: 'now' },
  ])
  await createBareTable(db, schema, definition)
  const table = sql.id(schema, 't')
  await expect(sql`insert into ${table} (state) values ('b')`.execute(db)).rejects.toThrow(/check/)
  await expect(sql`insert into ${table} (states) values ('{a,b}')`.execute(db)).rejects.toThrow(/check/)
  await expect(sql`insert into ${table} (point) values ('{1}')`.execute(db)).rejects.toThrow(/check/)
  await expect(sql`insert into ${table} (word) values (null)`.execute(db)).rejects.toThrow(/null/)
  await sql`insert into ${table} default values`.execute(db)
  expect(await readAll(definition)).toEqual([
    {
      id: 5,
      state: null,
      states: [],
      point: null,
      word: '',
      day: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) as string,
    },
  ])
})
