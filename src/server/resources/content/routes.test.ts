import { afterAll, beforeAll, expect, test } from 'vitest'

import type { Column } from '#api/contract/columns.ts'
import * as contract from '#api/contract/content.ts'
import { ALL_SCOPES } from '#api/contract/scopes.ts'
import { createTable } from '#api/contract/tables.ts'
import { createWorkspace } from '#api/contract/workspaces.ts'

import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { insertToken } from '../tokens/store.ts'

let test$: TestApp
let workspace_id: number
let made = 0

beforeAll(async () => {
  test$ = await createTestApp()
  workspace_id = (await test$.call(createWorkspace, { body: { name: 'Rows' } })).id
})
afterAll(() => test$.close())

type Params = { workspace_id: number; table_id: number }
const refused = (param: string) => ({ status: 400, code: 'invalid_input', payload: { param } })

async function tableOf(columns: Column[], more: object = {}): Promise<Params> {
  const schema: Column[] = [{ name: 'id', type: 'int' }, ...columns]
  const { id } = await test$.call(createTable, {
    params: { workspace_id },
    body: { name: `t${++made}`, schema, ...more },
  })
  return { workspace_id, table_id: id }
}
const add = (params: Params, body: Record<string, unknown>) => test$.call(contract.createContent, { params, body })
const change = (params: Params, id: number | string, body: Record<string, unknown>) =>
  test$.call(contract.updateContent, { params: { ...params, content_id: String(id) }, body })
const read = (params: Params, id: number | string) =>
  test$.call(contract.getContent, { params: { ...params, content_id: String(id) } })
const remove = (params: Params, id: number | string) =>
  test$.call(contract.deleteContent, { params: { ...params, content_id: String(id) } })
/** The error of a call that must fail. */
const failure = (call: Promise<unknown>): Promise<unknown> => call.catch((error: unknown) => error)
const bulk = (params: Params, items: Record<string, unknown>[], allow_id_field = false) =>
  test$.call(contract.bulkCreateContent, { params, body: { items, allow_id_field } })

test('a row comes back as it was sent, with defaults and zeros for the rest, in the order of the columns', async () => {
  const params = await tableOf([
    { name: 'created_at', type: 'timestamp', default: 'now' },
    { name: 'title', type: 'text' },
    { name: 'price', type: 'decimal' },
    { name: 'stock', type: 'int', default: 3 },
    { name: 'active', type: 'bool', default: 'true' },
    { name: 'labels', type: 'text', style: 'list' },
    { name: 'seen', type: 'timestamp' },
    { name: 'note', type: 'text', nullable: true },
  ])
  const before = Date.now()
  const row = await add(params, { title: 'O\'Brien \\ "ü" 漢', seen: '2026-11-21T18:05:57.250+01:00' })
  expect(Object.keys(row)).toEqual(['id', 'created_at', 'title', 'price', 'stock', 'active', 'labels', 'seen', 'note'])
  expect(row).toMatchObject({
    id: 1,
    title: 'O\'Brien \\ "ü" 漢',
    price: 0,
    stock: 3,
    active: true,
    labels: [],
    note: null,
  })
  expect(row['seen']).toBe(Date.UTC(2026, 10, 21, 17, 5, 57, 250))
  expect(Number(row['created_at'])).toBeGreaterThanOrEqual(before)
  expect(await read(params, 1)).toEqual(row)
})

test('an update changes what is sent and leaves the rest', async () => {
  const params = await tableOf([
    { name: 'a', type: 'text', required: true },
    { name: 'b', type: 'int', nullable: true },
  ])
  await add(params, { a: 'x', b: 5 })
  expect(await change(params, 1, { a: 'y' })).toEqual({ id: 1, a: 'y', b: 5 })
  expect(await change(params, 1, { b: null })).toEqual({ id: 1, a: 'y', b: null })
  expect(await change(params, 1, {})).toEqual({ id: 1, a: 'y', b: null })
  expect(await change(params, 1, { id: 1, a: 'z' })).toEqual({ id: 1, a: 'z', b: null })
  await expect(change(params, 1, { id: 2 })).rejects.toMatchObject(refused('id'))
  await expect(change(params, 1, { a: '' })).rejects.toMatchObject({ ...refused('a'), message: 'Missing param: a' })
  await expect(change(params, 1, { a: null })).rejects.toMatchObject(refused('a'))
  await expect(change(params, 2, { a: 'y' })).rejects.toMatchObject({ status: 404 })
})

test('a row that is missing, or whose id has no possible form, is not found', async () => {
  const byInt = await tableOf([])
  const byUuid = await test$.call(createTable, {
    params: { workspace_id },
    body: { name: 'uuids', schema: [{ name: 'id', type: 'uuid' }] },
  })
  const uuids = { workspace_id, table_id: byUuid.id }
  for (const id of ['7', '0', '-1', 'abc', '1.5', '99999999999999999999', "1'--", 'null', '%00']) {
    expect([id, await failure(read(byInt, id))]).toMatchObject([id, { status: 404 }])
    expect([id, await failure(remove(byInt, id))]).toMatchObject([id, { status: 404 }])
  }
  await expect(read(uuids, '7')).rejects.toMatchObject({ status: 404 })
  const row = await add(uuids, {})
  expect(row['id']).toMatch(/^[0-9a-f-]{36}$/)
  expect(await read(uuids, String(row['id']).toUpperCase())).toEqual(row)
})

test('a deleted row is gone; one that others refer to stays and they are named', async () => {
  const target = await tableOf([])
  const name = `t${made + 1}`
  const params = await tableOf([{ name: 'ref', type: 'int', tableref_id: target.table_id }])
  await add(target, {})
  await add(params, { ref: 1 })
  await expect(remove(target, 1)).rejects.toMatchObject({
    status: 400,
    message: `Rows of the table "${name}" refer to this row. Delete or change them first.`,
  })
  expect(await remove(params, 1)).toBeNull()
  expect(await remove(target, 1)).toBeNull()
  await expect(read(target, 1)).rejects.toMatchObject({ status: 404 })
})

test('several wrong values are refused together, each by its column', async () => {
  const params = await tableOf([
    { name: 'must', type: 'text', required: true },
    { name: 'count', type: 'int' },
    { name: 'day', type: 'date' },
  ])
  await expect(add(params, { count: 'x', day: '2026-02-30', nope: 1 })).rejects.toMatchObject({
    ...refused('nope'),
    payload: {
      issues: [
        { param: 'nope' },
        { param: 'must', message: 'Missing param: must' },
        { param: 'count' },
        { param: 'day' },
      ],
    },
  })
})

test('a broken reference, a taken value and a value out of the type are refused by the column, without SQL', async () => {
  const target = await tableOf([])
  const params = await tableOf(
    [
      { name: 'ref', type: 'int', tableref_id: target.table_id },
      { name: 'sku', type: 'text' },
    ],
    { index: [{ type: 'unique', fields: [{ name: 'sku' }] }] },
  )
  await add(params, { sku: 'a' })
  for (const [body, param] of [
    [{ ref: 12, sku: 'b' }, 'ref'],
    [{ sku: 'a' }, 'sku'],
  ] as const) {
    const error = await failure(add(params, body))
    expect(error).toMatchObject(refused(param))
    expect(String(error)).not.toMatch(/select|insert|constraint|relation|_fkey|_key/i)
  }
})

test('a value nested without end is refused, not a failure of the server', async () => {
  const params = await tableOf([{ name: 'data', type: 'json' }])
  const { secret } = await insertToken(
    test$.database.db,
    { name: 'deep', expiresInSeconds: null, scopes: ALL_SCOPES, workspaces: 'all' },
    null,
    new Date(),
  )
  for (const name of ['data', 'nope']) {
    const reply = await test$.app.inject({
      method: 'POST',
      url: `/api:meta/workspace/${workspace_id}/table/${params.table_id}/content`,
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
      payload: `{"${name}":${'['.repeat(200_000)}${']'.repeat(200_000)}}`,
    })
    expect([name, reply.statusCode]).toEqual([name, 400])
  }
})

test('passwords are stored as argon2id hashes and are in no answer, no search and no sort', async () => {
  const params = await tableOf([
    { name: 'secret', type: 'password', required: true, filters: { min: 8, minDigit: 1 } },
    { name: 'old', type: 'password', style: 'list' },
  ])
  await expect(add(params, { secret: 'short1' })).rejects.toMatchObject(refused('secret'))
  await expect(add(params, { secret: 'no digits here' })).rejects.toMatchObject(refused('secret'))
  await expect(add(params, {})).rejects.toMatchObject({ message: 'Missing param: secret' })
  expect(await add(params, { secret: 'longer than 8', old: ['one', 'two'] })).toEqual({ id: 1 })
  expect(await change(params, 1, { secret: 'even longer 9' })).toEqual({ id: 1 })
  expect(await bulk(params, [{ secret: 'longer than 8' }])).toEqual([2])
  expect((await test$.call(contract.listContent, { params })).items).toEqual([{ id: 1 }, { id: 2 }])
  const stored = await test$.deps.connection.pool.query<{ secret: string; old: string[] }>(
    `select secret, old from w${workspace_id}_live.t${made} order by id`,
  )
  for (const { secret } of stored.rows) expect(secret).toMatch(/^\$argon2id\$/)
  for (const old of stored.rows[0]?.old ?? []) expect(old).toMatch(/^\$argon2id\$/)
  const search = { params, body: { search: { 'secret|ilike': '$argon2id%' } } }
  await expect(test$.call(contract.searchContent, search)).rejects.toMatchObject(refused('search.secret'))
  const sort = { params, body: { sort: { secret: 'asc' as const } } }
  await expect(test$.call(contract.searchContent, sort)).rejects.toMatchObject(refused('sort.secret'))
})

test('pages count exactly, end where the rows end, and come in the order of ids', async () => {
  const params = await tableOf([{ name: 'n', type: 'int' }])
  const page = (number: number, per_page: number) =>
    test$.call(contract.listContent, { params, query: { page: number, per_page } })
  expect(await page(1, 2)).toEqual({
    itemsReceived: 0,
    curPage: 1,
    nextPage: null,
    prevPage: null,
    offset: 0,
    perPage: 2,
    itemsTotal: 0,
    pageTotal: 0,
    items: [],
  })
  await bulk(
    params,
    Array.from({ length: 5 }, (_, n) => ({ n })),
  )
  const ids = async (number: number, per_page: number) => (await page(number, per_page)).items.map((row) => row['id'])
  expect(await ids(1, 2)).toEqual([1, 2])
  expect(await ids(2, 2)).toEqual([3, 4])
  expect(await page(2, 2)).toMatchObject({ nextPage: 3, prevPage: 1, offset: 2, itemsTotal: 5, pageTotal: 3 })
  expect(await page(3, 2)).toMatchObject({ itemsReceived: 1, nextPage: null, itemsTotal: 5 })
  expect(await page(9, 2)).toMatchObject({ itemsReceived: 0, nextPage: null, itemsTotal: 5, pageTotal: 3 })
  expect(await page(1, 5)).toMatchObject({ nextPage: null, itemsTotal: 5, pageTotal: 1 })
  await expect(page(0, 2)).rejects.toMatchObject(refused('page'))
  await expect(page(1, 10_001)).rejects.toMatchObject(refused('per_page'))
})

const list = (at: Params, source = 'live') =>
  test$.call(contract.listContent, { params: at, headers: { 'x-data-source': source } })

test('a table, workspace or data source that is not there is named with 404', async () => {
  const params = await tableOf([])
  await expect(list({ ...params, table_id: 999_999 })).rejects.toMatchObject({ status: 404, message: /table 999999/ })
  await expect(list({ ...params, workspace_id: 999_999 })).rejects.toMatchObject({
    status: 404,
    message: /workspace 999999/,
  })
  await expect(list(params, 'staging')).rejects.toMatchObject({ status: 404, message: /data source "staging"/ })
  await expect(list(params, 'live"; drop')).rejects.toMatchObject({ status: 404 })
})

const truncate = (at: Params, reset: boolean) => test$.call(contract.truncateContent, { params: at, body: { reset } })

test('all rows go at once; reset starts the ids again, and rows that others refer to stop it', async () => {
  const target = await tableOf([])
  const name = `t${made + 1}`
  const params = await tableOf([{ name: 'ref', type: 'int', tableref_id: target.table_id }])
  await bulk(target, [{}, {}])
  await add(params, { ref: 2 })
  await expect(truncate(target, true)).rejects.toMatchObject({
    status: 400,
    message: expect.stringContaining(`"${name}"`) as string,
    payload: { reason: 'referenced' },
  })
  expect(await truncate(params, false)).toBeNull()
  expect(await add(params, {})).toMatchObject({ id: 2 })
  expect(await truncate(target, true)).toBeNull()
  expect(await add(target, {})).toMatchObject({ id: 1 })
})

test('rows of the data source live need the letter of both scopes', async () => {
  const params = await tableOf([])
  const content = await test$.callAs({ 'workspace:content': 'r' })
  await expect(content(contract.listContent, { params })).rejects.toMatchObject({ status: 403 })
  const both = await test$.callAs({ 'workspace:content': 'r', 'workspace:livedatasource': 'r' })
  expect((await both(contract.listContent, { params })).itemsTotal).toBe(0)
})

test('the audit record of a write names the row and holds nothing of it', async () => {
  const params = await tableOf([{ name: 'title', type: 'text' }])
  await add(params, { title: 'confidential' })
  const record = await test$.database.db
    .selectFrom('audit_record')
    .selectAll()
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow()
  expect(record).toMatchObject({ action: 'contentCreate', target: { kind: 'row', id: 1, name: `t${made}` } })
  expect(JSON.stringify(record)).not.toContain('confidential')
})
