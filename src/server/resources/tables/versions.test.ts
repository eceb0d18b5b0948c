import { afterAll, beforeAll, expect, test } from 'vitest'

import { fillPath } from '#api/client/call.ts'
import type { Endpoint } from '#api/contract/endpoint.ts'
import { ALL_SCOPES } from '#api/contract/scopes.ts'
import * as contract from '#api/contract/tables.ts'
import { ADD_COLUMN } from '#api/contract/typed-columns.ts'
import { ADD_INDEX } from '#api/contract/typed-indexes.ts'
import { createWorkspace } from '#api/contract/workspaces.ts'

import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { insertToken } from '../tokens/store.ts'

let test$: TestApp
let workspace_id: number
let authorization: string
let made = 0

beforeAll(async () => {
  test$ = await createTestApp()
  workspace_id = (await test$.call(createWorkspace, { body: { name: 'Versions' } })).id
  const token = { name: 'Vera', expiresInSeconds: null, scopes: ALL_SCOPES, workspaces: 'all' as const }
  authorization = `Bearer ${(await insertToken(test$.database.db, token, null, new Date())).secret}`
})
afterAll(() => test$.close())

interface Reply {
  status: number
  etag: string
  body: { code?: string; message?: string; payload?: { etag?: string; changes?: object[] } } | null
}

async function send(
  endpoint: Endpoint,
  params: object,
  more: { body?: object; headers?: Record<string, string> } = {},
): Promise<Reply> {
  const reply = await test$.app.inject({
    method: endpoint.method,
    url: fillPath(endpoint.path, { workspace_id, ...params }),
    headers: { authorization, ...more.headers },
    ...(more.body === undefined ? {} : { payload: more.body }),
  })
  const body = reply.body === '' ? null : (JSON.parse(reply.body) as Reply['body'])
  return { status: reply.statusCode, etag: reply.headers['etag'] ?? '', body }
}

async function newTable(): Promise<{ table_id: number; etag: string }> {
  const body = {
    name: `t${++made}`,
    schema: [
      { name: 'id', type: 'int' },
      { name: 'a', type: 'text' },
    ],
  }
  const reply = await send(contract.createTable, {}, { body })
  return { table_id: (reply.body as { id: number }).id, etag: reply.etag }
}

/** Every write to a table that is there, each of which changes something. */
const WRITES: [string, Endpoint, body: object | undefined, params?: object][] = [
  ['table', contract.updateTable, { description: 'new' }],
  ['meta', contract.updateTableMeta, { tag: ['new'] }],
  ['autocomplete', contract.updateTableAutocomplete, { autocomplete: [{ name: 'a' }] }],
  ['security', contract.updateTableSecurity, { guid: 'group-guid' }],
  [
    'schema',
    contract.replaceSchema,
    {
      schema: [
        { name: 'id', type: 'int' },
        { name: 'z', type: 'int' },
      ],
    },
  ],
  ['column', contract.addColumn, { name: 'b', type: 'int' }],
  ['typed column', ADD_COLUMN.bool, { name: 'b' }],
  ['rename', contract.renameColumn, { old_name: 'a', new_name: 'b' }],
  ['column deletion', contract.deleteColumn, undefined, { schema_name: 'a' }],
  ['indexes', contract.replaceIndexes, { index: [{ type: 'btree', fields: [{ name: 'a' }] }] }],
  ['index', contract.addIndex, { type: 'btree', fields: ['a'] }],
  ['typed index', ADD_INDEX.unique, { fields: [{ name: 'a', op: 'asc' }] }],
]

beforeAll(async () => {
  const { db } = test$.database
  const branch = await db.selectFrom('branch').select('id').where('workspace_id', '=', workspace_id).executeTakeFirst()
  const now = new Date()
  await db
    .insertInto('api_group')
    .values({
      workspace_id,
      branch_id: branch?.id ?? 0,
      name: 'shop',
      description: '',
      docs: '',
      guid: 'group-guid',
      canonical: 'shop',
      swagger: true,
      tag: '[]',
      created_at: now,
      updated_at: now,
    })
    .execute()
})

test.each(WRITES)('a write to the %s answers the new version, and is refused for an old one', async (...write) => {
  const [, endpoint, body, more] = write
  const { table_id, etag } = await newTable()
  const params = { table_id, ...more }
  const content = body === undefined ? {} : { body }
  const done = await send(endpoint, params, { ...content, headers: { 'if-match': etag } })
  expect(done).toMatchObject({ status: 200, etag: expect.stringMatching(/^"[0-9a-f]{32}"$/) as string })
  expect(done.etag).not.toBe(etag)
  for (const read of [contract.getTable, contract.getSchema, contract.listIndexes]) {
    expect((await send(read, { table_id })).etag).toBe(done.etag)
  }
  const column = await send(contract.getColumn, { table_id, schema_name: 'id' })
  expect(column.etag).toBe(done.etag)
  const refused = await send(endpoint, params, { ...content, headers: { 'if-match': etag } })
  expect(refused).toMatchObject({
    status: 409,
    body: {
      code: 'ERROR_CODE_CONFLICT',
      payload: { etag: done.etag, changes: [{ action: endpoint.id, by: expect.stringContaining('Vera') as string }] },
    },
  })
  expect((await send(contract.getTable, { table_id })).etag).toBe(done.etag)
})

test('an index and a table are deleted only in the version that was asked for', async () => {
  const { table_id, etag } = await newTable()
  const added = await send(contract.addIndex, { table_id }, { body: { type: 'btree', fields: ['a'] } })
  const index_id = (added.body as { id: string }).id
  const old = { headers: { 'if-match': etag } }
  expect(await send(contract.deleteIndex, { table_id, index_id }, old)).toMatchObject({ status: 409 })
  const dropped = await send(contract.deleteIndex, { table_id, index_id }, { headers: { 'if-match': added.etag } })
  expect(dropped).toMatchObject({ status: 200, etag })
  await send(contract.updateTableMeta, { table_id }, { body: { auth: true } })
  expect(await send(contract.deleteTable, { table_id }, old)).toMatchObject({ status: 409 })
  expect(await send(contract.deleteTable, { table_id }, { headers: { 'if-match': '*' } })).toMatchObject({
    status: 200,
  })
})

test('a write that changes nothing keeps the version and the time of the last change', async () => {
  const { table_id } = await newTable()
  await send(contract.updateTable, { table_id }, { body: { index: [{ type: 'search', fields: [{ name: 'a' }] }] } })
  const read = async () => ({
    table: await test$.call(contract.getTable, { params: { workspace_id, table_id } }),
    schema: await test$.call(contract.getSchema, { params: { workspace_id, table_id } }),
    index: await test$.call(contract.listIndexes, { params: { workspace_id, table_id } }),
    etag: (await send(contract.getTable, { table_id })).etag,
  })
  const before = await read()
  test$.advance(60_000)
  const { name, description, docs, auth, guid, tag } = before.table
  const same = {
    name,
    description,
    docs,
    auth,
    guid,
    tag,
    schema: before.schema,
    index: before.index,
    autocomplete: [],
  }
  const writes: [Endpoint, object][] = [
    [contract.updateTable, {}],
    [contract.updateTable, same],
    [contract.updateTable, { index: [{ type: 'search', fields: [{ name: 'a' }] }] }],
    [contract.updateTableMeta, { name, auth: null }],
    [contract.updateTableAutocomplete, {}],
    [contract.updateTableSecurity, { guid: null }],
    [contract.updateTableSecurity, {}],
    [contract.replaceSchema, { schema: before.schema }],
    [contract.replaceIndexes, { index: before.index }],
    [contract.renameColumn, { old_name: 'a', new_name: 'a' }],
  ]
  for (const [endpoint, body] of writes) {
    expect(await send(endpoint, { table_id }, { body })).toMatchObject({ status: 200, etag: before.etag })
  }
  expect(await read()).toEqual(before)
  await send(contract.updateTableMeta, { table_id }, { body: { description: 'changed' } })
  const after = await read()
  expect(after.table.updated_at).not.toBe(before.table.updated_at)
  expect(after.etag).not.toBe(before.etag)
})
