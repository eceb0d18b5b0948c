import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'

import { createTestDatabase } from '../testing/test-database.ts'
import { BadChange } from './alter-error.ts'
import { requireExtension } from './extensions.ts'

const database = await createTestDatabase()
const { db } = database
afterAll(() => database.close())

const offered = await sql<{ name: string }>`select name from pg_available_extensions`.execute(db)
const has = (name: string): boolean => offered.rows.some((row) => row.name === name)
const refusal = async (work: Promise<unknown>): Promise<unknown> => work.catch((error: unknown) => error)
const schemaFor = (kind: 'spatial' | 'vector' | 'gin'): Promise<string | undefined> =>
  db.transaction().execute((trx) => requireExtension(trx, kind))

test('most kinds of index need no extension', async () => {
  expect(await schemaFor('gin')).toBeUndefined()
})

test.each([
  ['spatial', 'postgis', 'PostGIS'],
  ['vector', 'vector', 'pgvector'],
] as const)('a server without the extension of a %s index is told of in one sentence', async (kind, name, title) => {
  if (has(name)) {
    expect(await schemaFor(kind)).toBe('public')
    expect(await schemaFor(kind)).toBe('public')
    return
  }
  const error = await refusal(schemaFor(kind))
  expect(error).toBeInstanceOf(BadChange)
  expect(error).toMatchObject({
    key: 'type',
    message: `A ${kind} index needs the PostgreSQL extension ${title}, which the database server does not have: install it there, or leave this index out.`,
  })
})

test.runIf(has('postgis'))('a user who may not create the extension is told whom to ask', async () => {
  const role = `mdt_poor_${process.pid}`
  await sql`drop extension if exists postgis cascade`.execute(db)
  await sql`create role ${sql.id(role)}`.execute(db)
  try {
    const work = db.transaction().execute(async (trx) => {
      await sql`set local role ${sql.id(role)}`.execute(trx)
      return requireExtension(trx, 'spatial')
    })
    expect(await refusal(work)).toMatchObject({
      key: 'type',
      message: expect.stringContaining('let an administrator run "create extension postgis" there') as string,
    })
  } finally {
    await sql`drop role ${sql.id(role)}`.execute(db)
  }
})

test.runIf(has('postgis'))('an extension is used where an administrator put it', async () => {
  await sql`drop extension if exists postgis cascade`.execute(db)
  await sql`create schema "my ext"`.execute(db)
  await sql`create extension postgis schema "my ext"`.execute(db)
  expect(await schemaFor('spatial')).toBe('my ext')
  const shape = await sql<{ text: string }>`
    select "my ext".st_astext(metadeck.geo_shape('{"type": "multipoint", "data": [{"lng": 1, "lat": -2.5}]}')) as text
  `.execute(db)
  expect(shape.rows[0]?.text).toMatch(/^MULTIPOINT ?\(\(?1 -2.5\)?\)$/)
})

test.runIf(has('postgis'))('every stored shape becomes a geometry, and what is none becomes nothing', async () => {
  await schemaFor('spatial')
  const [a, b, c] = ['{"lng": 0, "lat": 0}', '{"lng": 2, "lat": 0}', '{"lng": 2, "lat": 1e-9}']
  const cases: [string, string, string | null][] = [
    ['point', b, 'ST_Point'],
    ['multipoint', `[${a}, ${b}]`, 'ST_MultiPoint'],
    ['linestring', `[${a}, ${b}]`, 'ST_LineString'],
    ['multilinestring', `[[${a}, ${b}], [${b}, ${c}]]`, 'ST_MultiLineString'],
    ['polygon', `[[${a}, ${b}, ${c}, ${a}]]`, 'ST_Polygon'],
    ['multipolygon', `[[[${a}, ${b}, ${c}, ${a}]]]`, 'ST_MultiPolygon'],
    ['circle', a, null],
    ['point', '{"lat": "x"}', null],
  ]
  const home = await schemaFor('spatial')
  for (const [type, data, expected] of cases) {
    const found = await sql<{ type: string | null; srid: number | null }>`
      select ${sql.id(home ?? '', 'st_geometrytype')}(shape) as type, ${sql.id(home ?? '', 'st_srid')}(shape) as srid
      from metadeck.geo_shape(${`{"type": "${type}", "data": ${data}}`}::jsonb) as shape`.execute(db)
    const srid = expected === null ? null : 4326
    expect([type, data, found.rows[0]]).toEqual([type, data, { type: expected, srid }])
  }
})
