import type { LightMyRequestResponse } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'

import * as contract from '#api/contract/api-groups.ts'
import { createWorkspace } from '#api/contract/workspaces.ts'

import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { insertToken } from '../tokens/store.ts'

let test$: TestApp
let workspace_id: number
let authorization: string

beforeAll(async () => {
  test$ = await createTestApp()
  workspace_id = (await test$.call(createWorkspace, { body: { name: 'Groups' } })).id
  const input = {
    name: 'versions',
    expiresInSeconds: null,
    scopes: { 'workspace:api': 'crud' },
    workspaces: 'all',
  } as const
  authorization = `Bearer ${(await insertToken(test$.database.db, input, 1, test$.deps.now())).secret}`
})
afterAll(() => test$.close())

const FIELDS = { description: 'First', swagger: true, tag: ['a', 'b'], docs: 'Docs' }

const create = (name: string) =>
  test$.call(contract.createApiGroup, { params: { workspace_id }, body: { name, ...FIELDS } })

function send(
  method: 'GET' | 'PUT' | 'DELETE',
  path: string,
  payload?: object,
  ifMatch?: unknown,
): Promise<LightMyRequestResponse> {
  return test$.app.inject({
    method,
    url: `/api:meta/workspace/${workspace_id}/apigroup/${path}`,
    headers: { authorization, ...(ifMatch === undefined ? {} : { 'if-match': String(ifMatch) }) },
    ...(payload === undefined ? {} : { payload }),
  })
}

test('a write that changes nothing changes neither version nor time', async () => {
  const { id, name, guid, canonical } = await create('still')
  const before = await send('GET', String(id))
  test$.advance(60_000)
  const same = await send('PUT', String(id), { name, ...FIELDS })
  expect(same.headers['etag']).toBe(before.headers['etag'])
  expect(same.json()).toEqual(before.json())
  expect((await send('PUT', `${id}/security`, { guid, canonical })).json()).toEqual(before.json())
  const other = await send('PUT', String(id), { name, ...FIELDS, docs: 'New' })
  expect(other.headers['etag']).not.toBe(before.headers['etag'])
  expect(other.json<contract.ApiGroup>().updated_at).not.toBe(before.json<contract.ApiGroup>().updated_at)
})

test('a write for another version is refused and told who changed what since', async () => {
  const { id } = await create('moving')
  const { etag } = (await send('GET', String(id))).headers
  const first = await send('PUT', String(id), { name: 'moved', ...FIELDS }, etag)
  expect(first.statusCode).toBe(200)
  for (const reply of [
    await send('PUT', String(id), { name: 'lost', ...FIELDS }, etag),
    await send('PUT', `${id}/security`, { guid: 'x', canonical: 'x' }, etag),
    await send('DELETE', String(id), undefined, etag),
  ]) {
    expect(reply.statusCode).toBe(409)
    expect(reply.json()).toMatchObject({
      payload: {
        reason: 'version',
        etag: first.headers['etag'],
        changes: [{ action: 'apigroupUpdate', detail: { changed: ['name'] } }],
      },
    })
  }
  expect((await send('GET', String(id))).json()).toMatchObject({ name: 'moved' })
  expect((await send('DELETE', String(id), undefined, first.headers['etag'])).statusCode).toBe(200)
})
