import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'

import type { Column } from '#api/contract/columns.ts'
import { createContent, listContent } from '#api/contract/content.ts'
import { ALL_SCOPES } from '#api/contract/scopes.ts'
import * as contract from '#api/contract/tables.ts'
import { createWorkspace } from '#api/contract/workspaces.ts'

import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { insertToken } from '../tokens/store.ts'

let test$: TestApp
let workspace_id: number
let schema: string

beforeAll(async () => {
  test$ = await createTestApp()
  workspace_id = (await test$.call(createWorkspace, { body: { name: 'Tables' } })).id
  schema = `w${workspace_id}_live`
})
afterAll(() => test$.close())

type Body = Parameters<typeof test$.call<typeof contract.createTable>>[1]
const create = (body: NonNullable<Body>['body']) => test$.call(contract.createTable, { params: { workspace_id }, body })
const refused = (param: string) => ({ status: 400, code: 'invalid_input', payload: { param } })

const columnTypes = async (table: string): Promise<Record<string, string>> => {
  const found = await sql<{ name: string; type: string }>`
    select a.attname as name,
      format_type(a.atttypid, a.atttypmod) || case when a.attnotnull then ' not null' else '' end as type
    from pg_attribute a
    where a.attrelid = ${`${schema}."${table}"`}::regclass and a.attnum > 0 and not a.attisdropped
    order by a.attnum`.execute(test$.database.db)
  return Object.fromEntries(found.rows.map((row) => [row.name, row.type]))
}

test('a table without a schema gets id and created_at and is a real table of PostgreSQL', async () => {
  const table = await create({ name: 'plain', description: 'Plain', tag: ['a', 'b'] })
  expect(table).toMatchObject({ name: 'plain', description: 'Plain', tag: ['a', 'b'], auth: false, docs: '' })
  expect(table.created_at).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\+0000$/)
  expect(table.guid).toHaveLength(27)
  const params = { workspace_id, table_id: table.id }
  expect(await test$.call(contract.getTable, { params })).toEqual(table)
  const columns = await test$.call(contract.getSchema, { params })
  expect(columns.map((column) => [column.name, column.type, column.default])).toEqual([
    ['id', 'int', ''],
    ['created_at', 'timestamp', 'now'],
  ])
  expect(await columnTypes('plain')).toEqual({ id: 'bigint not null', created_at: 'timestamp(3) with time zone' })
})

test('every column type becomes a PostgreSQL type of its own', async () => {
  const owner = await create({ name: 'types_owner', schema: [{ name: 'id', type: 'uuid' }] })
  await create({
    name: 'types',
    schema: [
      { name: 'id', type: 'uuid' },
      { name: 'number', type: 'int' },
      { name: 'amount', type: 'decimal', nullable: true },
      { name: 'words', type: 'text', required: true },
      { name: 'flag', type: 'bool', default: true },
      { name: 'mail', type: 'email' },
      { name: 'secret', type: 'password' },
      { name: 'code', type: 'uuid' },
      { name: 'day', type: 'date', default: 'now' },
      { name: 'data', type: 'json' },
      { name: 'state', type: 'enum', values: ["it's", 'b"c', 'd\\e'], default: "it's" },
      { name: 'point', type: 'vector', vector: { size: 2 } },
      { name: 'place', type: 'geo_point' },
      { name: 'photo', type: 'image' },
      { name: 'labels', type: 'text', style: 'list' },
      { name: 'states', type: 'enum', values: ['x'], style: 'list', nullable: true },
      { name: 'things', type: 'object', style: 'list', children: [{ name: 'a', type: 'int' }] },
      { name: 'owner_id', type: 'uuid', tableref_id: owner.id, required: true },
    ],
  })
  expect(await columnTypes('types')).toEqual({
    id: 'uuid not null',
    number: 'bigint not null',
    amount: 'numeric',
    words: 'text not null',
    flag: 'boolean not null',
    mail: 'text not null',
    secret: 'text not null',
    code: 'uuid',
    day: 'date',
    data: 'jsonb',
    state: 'text',
    point: 'real[]',
    place: 'jsonb',
    photo: 'jsonb',
    labels: 'text[] not null',
    states: 'text[]',
    things: 'jsonb not null',
    owner_id: 'uuid',
  })
})

test('constraints and indexes have readable names, unique even where names are cut', async () => {
  const long = 'l'.repeat(63)
  await create({
    name: long,
    schema: [
      { name: 'id', type: 'int' },
      { name: `${'c'.repeat(60)}aa`, type: 'enum', values: ['x'] },
      { name: `${'c'.repeat(60)}bb`, type: 'enum', values: ['x'] },
    ],
    index: [{ type: 'btree', fields: [{ name: `${'c'.repeat(60)}aa` }] }],
  })
  const found = await sql<{ name: string }>`
    select conname as name from pg_constraint where conrelid = ${`${schema}.${long}`}::regclass and contype in ('c', 'p')
    union select relname from pg_class c join pg_index i on i.indexrelid = c.oid where i.indrelid = ${`${schema}.${long}`}::regclass
  `.execute(test$.database.db)
  expect(found.rows).toHaveLength(4)
  for (const { name } of found.rows) expect(Buffer.byteLength(name)).toBeLessThanOrEqual(63)
})

test('a list ends where the tables end, searched in name and description, sorted as asked', async () => {
  const other = await test$.call(createWorkspace, { body: { name: 'Listed' } })
  for (const [name, description] of [
    ['one_pct', '100% sure'],
    ['two', ''],
    ['three', 'also one'],
  ] as const) {
    await test$.call(contract.createTable, { params: { workspace_id: other.id }, body: { name, description } })
  }
  const list = (query: object) =>
    test$.call(contract.listTables, {
      params: { workspace_id: other.id },
      query: { sort: 'name', order: 'asc', ...query },
    })
  const first = await list({ per_page: 2 })
  expect(first).toMatchObject({ curPage: 1, nextPage: 2, prevPage: null })
  expect(Object.keys(first)).toEqual(['curPage', 'nextPage', 'prevPage', 'items'])
  expect(first.items.map((table) => table.name)).toEqual(['one_pct', 'three'])
  expect(await list({ per_page: 2, page: 2 })).toMatchObject({ nextPage: null, prevPage: 1, items: [{ name: 'two' }] })
  expect((await list({ per_page: 3 })).nextPage).toBeNull()
  expect((await list({ search: 'ONE' })).items.map((table) => table.name)).toEqual(['one_pct', 'three'])
  expect((await list({ search: '0%' })).items.map((table) => table.name)).toEqual(['one_pct'])
  await expect(test$.call(contract.listTables, { params: { workspace_id: 999_999 } })).rejects.toMatchObject({
    status: 404,
    message: 'The workspace 999999 does not exist or was deleted.',
  })
})

test('every wrong part of a new table is refused by its name, and nothing is left of it', async () => {
  await create({ name: 'Taken', guid: 'taken-guid' })
  const id = { name: 'id', type: 'int' } as const
  const a = { name: 'a', type: 'int' } as const
  const cases: [string, NonNullable<Body>['body']][] = [
    ['name', { name: 'taken' }],
    ['name', { name: 'ü'.repeat(32) }],
    ['name', { name: 'line\nbreak' }],
    ['name', { name: '\u200b\u00ad' }],
    ['schema.1.name', { name: 'w', schema: [id, { ...a, name: '\u200b' }] }],
    ['schema.1.filters.min', { name: 'w', schema: [id, { ...a, filters: { min: 2, max: 1 } }] }],
    ['guid', { name: 'w', guid: 'taken-guid' }],
    ['guid', { name: 'w', guid: '' }],
    ['guid', { name: 'w', guid: 'two words' }],
    ['guid', { name: 'w', guid: 'g'.repeat(201) }],
    ['schema.0.name', { name: 'w', schema: [] }],
    ['schema.0.name', { name: 'w', schema: [a] }],
    ['schema.0.type', { name: 'w', schema: [{ name: 'id', type: 'text' }] }],
    ['schema.0.default', { name: 'w', schema: [{ ...id, default: 5 }] }],
    ['schema.2.name', { name: 'w', schema: [id, a, { name: 'A', type: 'text' }] }],
    ['schema.1.name', { name: 'w', schema: [id, { name: 'Ctid', type: 'int' }] }],
    ['schema.1.name', { name: 'w', schema: [id, { name: 'x'.repeat(64), type: 'int' }] }],
    ['schema.1.type', { name: 'w', schema: [id, { name: 'a', type: 'nope' as 'int' }] }],
    ['schema.1.nope', { name: 'w', schema: [id, { ...a, nope: 1 }] }],
    ['schema.1.values', { name: 'w', schema: [id, { name: 'a', type: 'enum' }] }],
    ['schema.1.values.1', { name: 'w', schema: [id, { name: 'a', type: 'enum', values: ['x', 'x'] }] }],
    ['schema.1.tableref_id', { name: 'w', schema: [id, { ...a, tableref_id: 999_999 }] }],
    ['schema.1.default', { name: 'w', schema: [id, { ...a, default: 'many' }] }],
    ['schema.1.default', { name: 'w', schema: [id, { name: 'a', type: 'enum', values: ['x'], default: 'y' }] }],
    ['schema.1.default', { name: 'w', schema: [id, { name: 'a', type: 'password', default: 'secret' }] }],
    ['schema.1.default', { name: 'w', schema: [id, { ...a, style: 'list', default: '7' }] }],
    ['schema.1.vector.size', { name: 'w', schema: [id, { name: 'a', type: 'vector', vector: { size: 0 } }] }],
    ['schema.1.filters.pattern', { name: 'w', schema: [id, { name: 'a', type: 'text', filters: { pattern: '(' } }] }],
    ['schema.1.children', { name: 'w', schema: [id, { ...a, children: [a] }] }],
    ['schema.1.children.1.name', { name: 'w', schema: [id, { name: 'o', type: 'object', children: [a, a] }] }],
    [
      'schema.1.children.0.type',
      { name: 'w', schema: [id, { name: 'o', type: 'object', children: [{ name: 'p', type: 'password' }] }] },
    ],
    ['index.0.fields.0.name', { name: 'w', index: [{ type: 'btree', fields: [{ name: 'nope' }] }] }],
    ['index.0.fields.1.name', { name: 'w', index: [{ type: 'btree', fields: [{ name: 'id' }, { name: 'id' }] }] }],
    ['index.0.fields.0.name', { name: 'w', index: [{ type: 'search', fields: [{ name: 'id' }] }] }],
    [
      'index.0.lang',
      {
        name: 'w',
        schema: [id, { name: 't', type: 'text' }],
        index: [{ type: 'search', lang: 'klingon', fields: [{ name: 't' }] }],
      },
    ],
    ['index.0.fields.0.name', { name: 'w', index: [{ type: 'spatial', fields: [{ name: 'id' }] }] }],
    ['autocomplete.0.name', { name: 'w', autocomplete: [{ name: 'nope' }] }],
    ['nope', { name: 'w', nope: true } as { name: string }],
  ]
  for (const [param, body] of cases) {
    const error = await create(body).catch((caught: unknown) => caught)
    expect([param, error]).toMatchObject([param, refused(param)])
  }
  const all = await test$.call(contract.listTables, { params: { workspace_id }, query: { search: 'w' } })
  expect(all.items.map((table) => table.name)).not.toContain('w')
})

test('a reference must have the type of the ids it points to', async () => {
  const target = await create({ name: 'by_uuid', schema: [{ name: 'id', type: 'uuid' }] })
  const schemaOf = (type: 'int' | 'uuid') => [
    { name: 'id', type: 'int' as const },
    { name: 'target_id', type, tableref_id: target.id },
  ]
  await expect(create({ name: 'wrong_type', schema: schemaOf('int') })).rejects.toMatchObject(refused('schema.1.type'))
  expect(await create({ name: 'right_type', schema: schemaOf('uuid') })).toMatchObject({ name: 'right_type' })
})

test('what is not sent of a table stays, and a rename keeps its rows', async () => {
  const table = await create({
    name: 'before',
    description: 'Kept',
    docs: 'Kept too',
    schema: [
      { name: 'id', type: 'int' },
      { name: 'state', type: 'enum', values: ['a'], default: 'a' },
    ],
    index: [{ type: 'unique', fields: [{ name: 'state' }] }],
  })
  const params = { workspace_id, table_id: table.id }
  await test$.call(createContent, { params, body: {} })
  const renamed = await test$.call(contract.updateTable, { params, body: { name: 'after', tag: ['t'], auth: null } })
  expect(renamed).toMatchObject({ id: table.id, name: 'after', description: 'Kept', docs: 'Kept too', tag: ['t'] })
  expect((await test$.call(listContent, { params })).items).toEqual([{ id: 1, state: 'a' }])
  await expect(test$.call(createContent, { params, body: {} })).rejects.toMatchObject(refused('state'))
  await expect(create({ name: 'AFTER' })).rejects.toMatchObject(refused('name'))
  await expect(test$.call(contract.updateTable, { params, body: { name: 'Taken' } })).rejects.toMatchObject(
    refused('name'),
  )
  expect(await create({ name: 'before' })).toMatchObject({ name: 'before' })
})

test('a name that PostgreSQL uses for an index is refused, not a failure of the server', async () => {
  await create({ name: 'holder' })
  const found = await sql<{ name: string }>`
    select conname as name from pg_constraint
    where conrelid = ${`${schema}.holder`}::regclass and contype = 'p'`.execute(test$.database.db)
  await expect(create({ name: found.rows[0]?.name ?? '' })).rejects.toMatchObject(refused('name'))
})

const of = (table_id: number) => ({ params: { workspace_id, table_id } })

test('a table that others refer to is not deleted and they are named; the rest goes with its rows', async () => {
  const target = await create({ name: 'target' })
  const user = await create({
    name: 'user_of_target',
    schema: [
      { name: 'id', type: 'int' },
      { name: 'target_id', type: 'int', tableref_id: target.id },
    ],
  })
  await expect(test$.call(contract.deleteTable, of(target.id))).rejects.toMatchObject({
    status: 400,
    message: expect.stringContaining('"user_of_target" (target_id)') as string,
    payload: { reason: 'referenced' },
  })
  expect(await test$.call(contract.deleteTable, of(user.id))).toBeNull()
  expect(await test$.call(contract.deleteTable, of(target.id))).toBeNull()
  await expect(test$.call(contract.getTable, of(target.id))).rejects.toMatchObject({ status: 404 })
  await expect(test$.call(contract.deleteTable, of(target.id))).rejects.toMatchObject({ status: 404 })
  const left = await sql`select to_regclass(${`${schema}.target`}) as name`.execute(test$.database.db)
  expect(left.rows).toEqual([{ name: null }])
})

test('a table may refer to itself and is still deleted', async () => {
  const table = await create({ name: 'tree' })
  const params = { workspace_id, table_id: table.id }
  await test$.call(contract.addColumn, { params, body: { name: 'parent_id', type: 'int', tableref_id: table.id } })
  await test$.call(createContent, { params, body: {} })
  await test$.call(createContent, { params, body: { parent_id: 1 } })
  await expect(test$.call(createContent, { params, body: { parent_id: 9 } })).rejects.toMatchObject(
    refused('parent_id'),
  )
  expect(await test$.call(contract.deleteTable, { params })).toBeNull()
})

test('a definition is in every data source, and a table of another workspace is not found', async () => {
  const other = await test$.call(createWorkspace, { body: { name: 'Two sources' } })
  const { db } = test$.database
  await db
    .insertInto('data_source')
    .values({ workspace_id: other.id, label: 'staging', color: '', created_at: new Date() })
    .execute()
  await sql`create schema ${sql.id(`w${other.id}_staging`)}`.execute(db)
  const params = { workspace_id: other.id }
  const { id } = await test$.call(contract.createTable, { params, body: { name: 'both' } })
  await test$.call(contract.addColumn, { params: { ...params, table_id: id }, body: { name: 'note', type: 'text' } })
  const row = await test$.call(createContent, {
    params: { ...params, table_id: id },
    headers: { 'x-data-source': 'staging' },
    body: { note: 'here' },
  })
  expect(row).toMatchObject({ id: 1, note: 'here' })
  expect((await test$.call(listContent, { params: { ...params, table_id: id } })).items).toEqual([])
  await expect(test$.call(contract.getTable, { params: { workspace_id, table_id: id } })).rejects.toMatchObject({
    status: 404,
  })
})

test('tables created at once under one name: one is made, the others are refused', async () => {
  const made = await Promise.allSettled(Array.from({ length: 4 }, () => create({ name: 'raced' })))
  expect(made.filter((result) => result.status === 'fulfilled')).toHaveLength(1)
  for (const result of made) if (result.status === 'rejected') expect(result.reason).toMatchObject(refused('name'))
})

test('a token needs the letter of Workspace Database for each operation', async () => {
  const reader = await test$.callAs({ 'workspace:database': 'r' })
  expect((await reader(contract.listTables, { params: { workspace_id } })).items.length).toBeGreaterThan(0)
  await expect(reader(contract.createTable, { params: { workspace_id }, body: { name: 'x' } })).rejects.toMatchObject({
    status: 403,
    payload: { scope: 'workspace:database:create' },
  })
})

test('every write leaves an audit record that names the table', async () => {
  const { id } = await create({ name: 'audited' })
  const record = await test$.database.db
    .selectFrom('audit_record')
    .select(['action', 'target', 'workspace_id'])
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow()
  expect(record).toEqual({ action: 'tableCreate', target: { kind: 'table', id, name: 'audited' }, workspace_id })
})

test('objects nested without end are refused, not a failure of the server', async () => {
  const token = { name: 'deep', expiresInSeconds: null, scopes: ALL_SCOPES, workspaces: 'all' as const }
  const { secret } = await insertToken(test$.database.db, token, null, new Date())
  for (const depth of [12, 3_000, 20_000]) {
    const nested = '{"name":"o","type":"object","children":['.repeat(depth)
    const reply = await test$.app.inject({
      method: 'POST',
      url: `/api:meta/workspace/${workspace_id}/table`,
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
      payload: `{"name":"deep","schema":[{"name":"id","type":"int"},${nested}${']}'.repeat(depth)}]}`,
    })
    expect([depth, reply.statusCode]).toEqual([depth, 400])
  }
})

test('a list of references is kept without a foreign key, and still holds its table', async () => {
  const target = await create({ name: 'tagged' })
  const columns: Column[] = [
    { name: 'id', type: 'int' },
    { name: 'tags', type: 'int', style: 'list', tableref_id: target.id },
  ]
  const table = await create({ name: 'tagging', schema: columns })
  const row = await test$.call(createContent, { params: { workspace_id, table_id: table.id }, body: { tags: [7] } })
  expect(row).toEqual({ id: 1, tags: [7] })
  await expect(test$.call(contract.deleteTable, of(target.id))).rejects.toMatchObject({ status: 400 })
})
