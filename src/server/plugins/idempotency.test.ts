import { afterAll, beforeAll, expect, test } from 'vitest'

import { ALL_SCOPES } from '#api/contract/scopes.ts'
import { createWorkspace, listWorkspaces } from '#api/contract/workspaces.ts'

import { insertToken } from '../resources/tokens/store.ts'
import { createTestApp, type TestApp } from '../testing/test-app.ts'

let test$: TestApp
let authorization: string

beforeAll(async () => {
  test$ = await createTestApp()
  authorization = await newToken()
})
afterAll(() => test$.close())

async function newToken(): Promise<string> {
  const input = { name: 't', expiresInSeconds: null, scopes: ALL_SCOPES, workspaces: 'all' as const }
  const { secret } = await insertToken(test$.database.db, input, null, new Date())
  return `Bearer ${secret}`
}

const post = (key: string, payload: object, headers: Record<string, string> = { authorization }) =>
  test$.app.inject({
    method: 'POST',
    url: '/api:meta/workspace',
    headers: { ...headers, 'idempotency-key': key },
    payload,
  })
const countNamed = async (name: string) =>
  (await test$.call(listWorkspaces)).filter((workspace) => workspace.name === name).length
const countRecords = async () => (await test$.database.db.selectFrom('audit_record').select('id').execute()).length

test('a repeated request gets the first answer, and nothing is done or recorded twice', async () => {
  const first = await post('k-1', { name: 'Once' })
  const records = await countRecords()
  const second = await post('k-1', { name: 'Once' })
  expect(second.statusCode).toBe(200)
  expect(second.body).toBe(first.body)
  expect(second.headers['idempotency-replayed']).toBe('true')
  expect(second.headers['content-type']).toBe(first.headers['content-type'])
  expect(first.headers['idempotency-replayed']).toBeUndefined()
  expect(await countNamed('Once')).toBe(1)
  expect(await countRecords()).toBe(records)
})

test('ten at once do it once', async () => {
  const replies = await Promise.all(Array.from({ length: 10 }, () => post('k-many', { name: 'Many' })))
  expect(replies.map((reply) => reply.statusCode).filter((status) => status !== 200 && status !== 409)).toEqual([])
  expect(replies.map((reply) => reply.statusCode)).toContain(200)
  expect(await countNamed('Many')).toBe(1)
})

test('a refusal is an answer too', async () => {
  const first = await post('k-bad', {})
  expect(first.statusCode).toBe(400)
  expect((await post('k-bad', {})).body).toBe(first.body)
})

test('the same key for another request is refused', async () => {
  await post('k-other', { name: 'One' })
  const reply = await post('k-other', { name: 'Two' })
  expect(reply.statusCode).toBe(409)
  expect(reply.json()).toMatchObject({ payload: { reason: 'idempotency_key_reused' } })
  expect(await countNamed('Two')).toBe(0)
  // The same words to another data source are another request.
  await post('k-source', { name: 'Source' })
  const elsewhere = await post('k-source', { name: 'Source' }, { authorization, 'x-data-source': 'test' })
  expect([elsewhere.statusCode, elsewhere.json()]).toMatchObject([
    409,
    { payload: { reason: 'idempotency_key_reused' } },
  ])
})

test('keys of different callers have nothing to do with each other', async () => {
  await post('k-shared', { name: 'Shared' })
  await post('k-shared', { name: 'Shared' }, { authorization: await newToken() })
  expect(await countNamed('Shared')).toBe(2)
})

test('a key that cannot be one is refused, and without a credential nothing is remembered', async () => {
  expect((await post('k 1', { name: 'Blank' })).statusCode).toBe(400)
  expect((await post('k-anonymous', { name: 'Nobody' }, {})).statusCode).toBe(401)
  expect((await post('k-anonymous', { name: 'Somebody' })).statusCode).toBe(200)
})

test('after 24 hours a key is new again', async () => {
  await post('k-day', { name: 'Daily' })
  test$.advance(24 * 3_600_000 + 1)
  await post('k-day', { name: 'Daily' })
  expect(await countNamed('Daily')).toBe(2)
})

test('a search is answered anew, and an answer too large to keep is not answered wrong', async () => {
  const { id } = await test$.call(createWorkspace, { body: { name: 'Large' } })
  const search = () =>
    test$.app.inject({
      method: 'POST',
      url: `/api:meta/workspace/${id}/audit_log/search`,
      headers: { authorization, 'idempotency-key': 'k-search' },
      payload: {},
    })
  await search()
  expect((await search()).headers['idempotency-replayed']).toBeUndefined()

  await post('k-large', { name: 'Kept' })
  await test$.database.db.updateTable('idempotency').set({ body: null }).where('key', '=', 'k-large').execute()
  const again = await post('k-large', { name: 'Kept' })
  expect([again.statusCode, again.json<{ payload: { reason: string } }>().payload.reason]).toEqual([
    409,
    'answer_not_kept',
  ])
  expect(await countNamed('Kept')).toBe(1)
})
