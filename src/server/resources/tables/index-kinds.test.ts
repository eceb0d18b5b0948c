import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { z } from 'zod'

import type { Column, Index } from '#api/contract/columns.ts'
import { createContent } from '#api/contract/content.ts'
import * as contract from '#api/contract/tables.ts'
import { exportWorkspace, importWorkspace } from '#api/contract/transfer.ts'
import { ADD_INDEX, type AddedIndexKind } from '#api/contract/typed-indexes.ts'
import { createWorkspace } from '#api/contract/workspaces.ts'

import { createTestApp, type TestApp } from '../../testing/test-app.ts'

let test$: TestApp
let workspace_id: number
let made = 0
/** Extensions that the server under test could create. */
let offered: string[]

beforeAll(async () => {
  test$ = await createTestApp()
  workspace_id = (await test$.call(createWorkspace, { body: { name: 'Kinds' } })).id
  const found = await sql<{ name: string }>`select name from pg_available_extensions`.execute(test$.database.db)
  offered = found.rows.map(({ name }) => name)
})
afterAll(() => test$.close())

const SCHEMA: Column[] = [
  { name: 'id', type: 'int' },
  { name: 'title', type: 'text' },
  { name: 'body', type: 'text' },
  { name: 'labels', type: 'text', style: 'list' },
  { name: 'numbers', type: 'int', style: 'list' },
  { name: 'data', type: 'json' },
  { name: 'parts', type: 'object', style: 'list', children: [{ name: 'a', type: 'int' }] },
  { name: 'place', type: 'geo_point' },
  { name: 'area', type: 'geo_polygon' },
  { name: 'point', type: 'vector', vector: { size: 3 } },
  { name: 'long', type: 'vector', vector: { size: 2_001 } },
  { name: 'secret', type: 'password' },
]
const refused = (param: string) => ({ status: 400, code: 'invalid_input', payload: { param } })

async function newTable() {
  const { id } = await test$.call(contract.createTable, {
    params: { workspace_id },
    body: { name: `t${++made}`, schema: SCHEMA },
  })
  return { workspace_id, table_id: id }
}
type Params = Awaited<ReturnType<typeof newTable>>
type NewIndex = z.input<typeof contract.addIndex.body>
const add = (params: Params, body: NewIndex) => test$.call(contract.addIndex, { params, body })
const typed = (params: Params, kind: AddedIndexKind, body: object) =>
  test$.call(ADD_INDEX[kind] as typeof ADD_INDEX.btree, {
    params,
    body: body as { fields: { name: string; op: 'asc' }[] },
  })
const indexes = async (params: Params) => (await test$.call(contract.listIndexes, { params })).slice(1)
const physical = async () => {
  const found = await sql<{ definition: string }>`
    select pg_get_indexdef(indexrelid) as definition from pg_index
    where indrelid = ${`w${workspace_id}_live.t${made}`}::regclass and not indisprimary order by indexrelid`.execute(
    test$.database.db,
  )
  return found.rows.map((row) => row.definition.replace(/^.* USING /, ''))
}

test('a gin index finds JSON by what it contains and lists by their items', async () => {
  const params = await newTable()
  for (const fields of [['data'], ['parts'], [{ name: 'place', op: 'jsonb_ops' }], ['labels'], ['numbers', 'data']]) {
    await add(params, { type: 'gin', fields })
  }
  expect(await physical()).toEqual([
    'gin (data jsonb_path_ops)',
    'gin (parts jsonb_path_ops)',
    'gin (place)',
    'gin (labels)',
    'gin (numbers, data jsonb_path_ops)',
  ])
  expect((await indexes(params))[2]).toMatchObject({ type: 'gin', fields: [{ name: 'place', op: 'jsonb_ops' }] })
})

test('a gin index comes by replacement too, keeps its id, and goes with the type that it needs', async () => {
  const params = await newTable()
  const put = (index: Index[]) => test$.call(contract.replaceIndexes, { params, body: { index } })
  await put([{ type: 'gin', fields: [{ name: 'data', op: 'jsonb_path_op' }] }])
  const before = await indexes(params)
  expect(before).toMatchObject([{ type: 'gin', fields: [{ name: 'data', op: 'jsonb_path_ops' }] }])
  await put([{ type: 'gin', fields: [{ name: 'data', op: 'jsonb_path_ops' }] }])
  expect(await indexes(params)).toEqual(before)
  const schema = SCHEMA.map((column): Column => (column.name === 'data' ? { name: 'data', type: 'text' } : column))
  await expect(test$.call(contract.replaceSchema, { params, body: { schema } })).rejects.toMatchObject(
    refused('index.0.fields.0.name'),
  )
})

test('the columns of a search index weigh by priority or letter', async () => {
  const params = await newTable()
  const fields = [
    { name: 'title', priority: 1 },
    { name: 'body', priority: 9 },
  ]
  await typed(params, 'search', { name: 'words', lang: 'german', fields })
  await add(params, { type: 'search', fields: [{ name: 'title', op: 'C' }] })
  const [byPriority, byLetter] = await physical()
  expect(byPriority).toMatch(/to_tsvector\('german'::regconfig, COALESCE\(title.*'A'.*COALESCE\(body.*'D'/)
  expect(byLetter).toMatch(/to_tsvector\('simple'::regconfig, COALESCE\(title.*'C'/)
  expect((await indexes(params))[0]).toMatchObject({ name: 'words', lang: 'german', fields })
})

test('the name of a search index is its own', async () => {
  const params = await newTable()
  const words = (name: string): Index => ({ type: 'search', name, fields: [{ name }] })
  await add(params, { type: 'search', name: 'words', fields: ['title'] })
  await expect(add(params, { type: 'search', name: 'words', fields: ['body'] })).rejects.toMatchObject(refused('name'))
  await add(params, { type: 'btree', name: 'words', fields: ['body'] })
  const put = (index: Index[]) => test$.call(contract.replaceIndexes, { params, body: { index } })
  const twice = [words('title'), { ...words('body'), name: 'title' }]
  await expect(put(twice)).rejects.toMatchObject(refused('index.1.name'))
  const named = (await indexes(params)).map((index): Index => ({ ...index, name: 'words' }))
  await put(named)
  expect(await indexes(params)).toEqual(named)
})

test('an index that is there already is refused; another direction, kind or language is another index', async () => {
  const params = await newTable()
  await add(params, { type: 'btree', fields: ['title'] })
  await expect(
    add(params, { type: 'btree', name: 'again', fields: [{ name: 'title', op: 'asc' }] }),
  ).rejects.toMatchObject(refused('fields'))
  await add(params, { type: 'btree', fields: [{ name: 'title', op: 'desc' }] })
  await add(params, { type: 'unique', fields: ['title'] })
  await add(params, { type: 'search', fields: ['title'] })
  await add(params, { type: 'search', lang: 'english', fields: ['title'] })
  expect(await indexes(params)).toHaveLength(5)
  const weighted = { type: 'search' as const, fields: [{ name: 'title', op: 'A' }] }
  await expect(add(params, weighted)).rejects.toMatchObject(refused('fields'))
  const twice: Index[] = [
    { type: 'gin', fields: [{ name: 'data' }] },
    { type: 'gin', fields: [{ name: 'data', op: 'jsonb_path_ops' }] },
  ]
  await expect(test$.call(contract.replaceIndexes, { params, body: { index: twice } })).rejects.toMatchObject(
    refused('index.1.fields'),
  )
  await expect(
    test$.call(contract.createTable, {
      params: { workspace_id },
      body: { name: 'twins', schema: SCHEMA, index: twice },
    }),
  ).rejects.toMatchObject(refused('index.1.fields'))
  expect(await indexes(params)).toHaveLength(5)
})

test('a table has one primary index, on id', async () => {
  const params = await newTable()
  const put = (...index: Index[]) => test$.call(contract.replaceIndexes, { params, body: { index } })
  const primary: Index = { type: 'primary', fields: [{ name: 'id' }] }
  expect(await put(primary)).toBeNull()
  await expect(put(primary, primary)).rejects.toMatchObject(refused('index.1.type'))
  await expect(put({ ...primary, fields: [{ name: 'title' }] })).rejects.toMatchObject(refused('index.0.fields'))
})

test('an index of a kind that its column or operator does not fit is refused by the field', async () => {
  const params = await newTable()
  const cases: [string, NewIndex][] = [
    ['fields.0.name', { type: 'gin', fields: ['title'] }],
    ['fields.0.name', { type: 'btree', fields: ['xdo'] }],
    ['fields.0.op', { type: 'gin', fields: [{ name: 'labels', op: 'jsonb_path_ops' }] }],
    ['fields.0.op', { type: 'gin', fields: [{ name: 'data', op: 'desc' }] }],
    ['fields.0.name', { type: 'spatial', fields: ['data'] }],
    ['fields.0.op', { type: 'spatial', fields: [{ name: 'place', op: 'asc' }] }],
    ['fields.0.name', { type: 'vector', fields: ['place'] }],
    ['fields.0.name', { type: 'vector', fields: ['long'] }],
    ['fields.0.op', { type: 'vector', fields: [{ name: 'point', op: 'asc' }] }],
    ['fields', { type: 'vector', fields: ['point', 'id'] }],
    ['fields.0.name', { type: 'search', fields: ['labels'] }],
    ['fields.0.op', { type: 'search', fields: [{ name: 'title', op: 'E' }] }],
    ['lang', { type: 'search', lang: 'klingon', fields: ['title'] }],
    ['fields.0.name', { type: 'gin', fields: ['secret'] }],
    ['fields', { type: 'btree', fields: [] }],
    ['fields.0', { type: 'btree', fields: [5 as never] }],
    ['type', { type: 'hash' as 'btree', fields: ['title'] }],
  ]
  for (const [param, body] of cases) {
    const error = await add(params, body).catch((caught: unknown) => caught)
    expect([body, error]).toMatchObject([body, refused(param)])
  }
  await expect(add(params, { type: 'gin', fields: ['xdo', 'data'] })).rejects.toThrow(/^There is no column "xdo"/)
  expect(await physical()).toEqual([])
})

test('each kind asks for what the OpenAPI file requires, and takes nothing else', async () => {
  const params = await newTable()
  const cases: [AddedIndexKind, string, object][] = [
    ['btree', 'fields', {}],
    ['btree', 'fields', { fields: 'title' }],
    ['btree', 'fields.0.op', { fields: [{ name: 'title' }] }],
    ['unique', 'fields.0.op', { fields: [{ name: 'title', op: 'up' }] }],
    ['unique', 'name', { name: 'x', fields: [{ name: 'title', op: 'asc' }] }],
    ['spatial', 'fields.0.op', { fields: [{ name: 'place' }] }],
    ['search', 'name', { lang: 'simple', fields: [{ name: 'title', priority: 1 }] }],
    ['search', 'lang', { name: 'x', fields: [{ name: 'title', priority: 1 }] }],
    ['search', 'fields.0.priority', { name: 'x', lang: 'simple', fields: [{ name: 'title' }] }],
    ['search', 'lang', { name: 'x', lang: 'klingon', fields: [{ name: 'title', priority: 1 }] }],
    ['vector', 'fields.0.op', { fields: [{ name: 'point', op: 'cosine' }] }],
    ['vector', 'fields.0.name', { fields: [{ op: 'vector_l2_ops' }] }],
  ]
  for (const [kind, param, body] of cases) {
    const error = await typed(params, kind, body).catch((caught: unknown) => caught)
    expect([kind, param, error]).toMatchObject([kind, param, refused(param)])
  }
  expect(await indexes(params)).toEqual([])
})

const SPATIAL = { fields: [{ name: 'place', op: 'gist_geometry_ops_2d' }] }
const RING = [
  { lng: 0, lat: 0 },
  { lng: 4, lat: 0 },
  { lng: 4, lat: 4 },
]

test('a spatial index is built where the server has PostGIS; elsewhere one sentence says what is missing', async () => {
  const params = await newTable()
  // The API takes a ring that does not close, and so does PostGIS.
  const OPEN = 'POLYGON((0 0,4 0,4 4,1 3))'
  const open = { area: { type: 'polygon', data: [[...RING, { lng: 1, lat: 3 }]] } }
  await test$.call(createContent, { params, body: { place: { type: 'point', data: { lng: 1e-7, lat: -52.5 } } } })
  await test$.call(createContent, { params, body: open })
  if (!offered.includes('postgis')) {
    const missing = {
      status: 400,
      code: 'invalid_input',
      message: expect.stringMatching(/^A spatial index .* PostGIS, [^.]*\.$/) as string,
    }
    await expect(typed(params, 'spatial', SPATIAL)).rejects.toMatchObject(missing)
    await expect(typed(params, 'spatial', SPATIAL)).rejects.not.toHaveProperty('payload.param')
    const index: Index[] = [{ type: 'spatial', fields: [{ name: 'place' }] }]
    await expect(test$.call(contract.replaceIndexes, { params, body: { index } })).rejects.toMatchObject(
      refused('index.0.type'),
    )
    const body = { name: 'placed', schema: SCHEMA, index }
    await expect(test$.call(contract.createTable, { params: { workspace_id }, body })).rejects.toMatchObject(
      refused('index.0.type'),
    )
    expect(await physical()).toEqual([])
    return
  }
  await typed(params, 'spatial', SPATIAL)
  await add(params, { type: 'spatial', fields: ['area', 'place'] })
  expect(await physical()).toEqual([
    'gist (metadeck.geo_shape(place))',
    'gist (metadeck.geo_shape(area), metadeck.geo_shape(place))',
  ])
  await test$.call(createContent, { params, body: { ...open, place: null } })
  await test$.call(createContent, {
    params,
    body: { area: { type: 'polygon', data: [[...RING, { lng: 0, lat: 4 }, { lng: 0, lat: 0 }]] } },
  })
  const shapes = await sql<{ place: string | null; area: string | null }>`
    select public.st_astext(metadeck.geo_shape(place)) as place, public.st_astext(metadeck.geo_shape(area)) as area
    from ${sql.id(`w${workspace_id}_live`, `t${made}`)} order by id`.execute(test$.database.db)
  expect(shapes.rows).toEqual([
    { place: 'POINT(0.0000001 -52.5)', area: null },
    { place: null, area: OPEN },
    { place: null, area: OPEN },
    { place: null, area: 'POLYGON((0 0,4 0,4 4,0 4,0 0))' },
  ])
})

test('a vector index is built where the server has pgvector; elsewhere one sentence says what is missing', async () => {
  const params = await newTable()
  const body = { fields: [{ name: 'point', op: 'vector_l2_ops' }] }
  if (!offered.includes('vector')) {
    await expect(typed(params, 'vector', body)).rejects.toMatchObject({
      status: 400,
      code: 'invalid_input',
      message: expect.stringMatching(/^A vector index .* pgvector, [^.]*\.$/) as string,
    })
    expect(await physical()).toEqual([])
    return
  }
  await test$.call(createContent, { params, body: { point: [1, 2, 3] } })
  await typed(params, 'vector', body)
  await add(params, { type: 'vector', fields: ['point'] })
  expect(await physical()).toEqual([
    'hnsw (((point)::vector(3)) vector_l2_ops)',
    'hnsw (((point)::vector(3)) vector_cosine_ops)',
  ])
})

test('indexes of every kind that the server can have come back with an import', async () => {
  const { id } = await test$.call(createWorkspace, { body: { name: 'Kept' } })
  const index: Index[] = [
    { type: 'unique', fields: [{ name: 'title' }] },
    { type: 'gin', fields: [{ name: 'labels' }, { name: 'data' }] },
    { type: 'search', name: 'words', lang: 'english', fields: [{ name: 'title', priority: 3 }] },
    ...(offered.includes('postgis') ? [{ type: 'spatial' as const, fields: [{ name: 'place' }] }] : []),
    ...(offered.includes('vector') ? [{ type: 'vector' as const, fields: [{ name: 'point' }] }] : []),
  ]
  const params = { workspace_id: id }
  const table = await test$.call(contract.createTable, { params, body: { name: 'kept', schema: SCHEMA, index } })
  const place = { type: 'point', data: { lng: 1, lat: 2 } }
  await test$.call(createContent, { params: { ...params, table_id: table.id }, body: { title: 'a', place } })
  const read = async () => test$.call(contract.listIndexes, { params: { ...params, table_id: table.id } })
  const before = await read()
  const reply = (await test$.call(exportWorkspace, { params, body: {} })) as Response
  const file = { content: new Blob([await reply.arrayBuffer()]), name: 'x.xano' }
  await test$.call(importWorkspace, { params, body: {}, file })
  expect(await read()).toEqual(before)
  const found = await sql`select 1 from pg_index where indrelid = ${`w${id}_live.kept`}::regclass`.execute(
    test$.database.db,
  )
  expect(found.rows).toHaveLength(index.length + 1)
  await test$.call(createContent, { params: { ...params, table_id: table.id }, body: { title: 'b', place } })
})
