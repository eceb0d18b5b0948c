import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { bulkCreateContent } from '#api/contract/content.ts'
import { ALL_SCOPES } from '#api/contract/scopes.ts'
import { createTable } from '#api/contract/tables.ts'
import { createWorkspace } from '#api/contract/workspaces.ts'

import { insertToken } from './resources/tokens/store.ts'
import { createTestApp, type TestApp } from './testing/test-app.ts'
import { etagOf } from './versions.ts'

test('the order of keys and keys without a value do not count, everything else does', () => {
  const version = etagOf({ name: 'a', tag: ['x', 'y'], inner: { one: 1, two: null } })
  expect(etagOf({ inner: { two: null, one: 1 }, tag: ['x', 'y'], name: 'a', docs: undefined })).toBe(version)
  expect(etagOf({ name: 'a', tag: ['y', 'x'], inner: { one: 1, two: null } })).not.toBe(version)
  expect(etagOf({ name: 'a', tag: ['x', 'y'], inner: { one: 1 } })).not.toBe(version)
})

test('a version is a strong validator: quoted, of hexadecimal digits', () => {
  expect(etagOf({})).toMatch(/^"[0-9a-f]{32}"$/)
})

describe('a refusal by If-Match', () => {
  let test$: TestApp
  let authorization: string
  let path: string

  beforeAll(async () => {
    test$ = await createTestApp()
    const input = { name: 'ci', expiresInSeconds: null, scopes: ALL_SCOPES, workspaces: 'all' as const }
    authorization = `Bearer ${(await insertToken(test$.database.db, input, null, new Date())).secret}`
    const { id: workspace_id } = await test$.call(createWorkspace, { body: { name: 'Versions' } })
    const { id: table_id } = await test$.call(createTable, { params: { workspace_id }, body: { name: 'things' } })
    path = `/api:meta/workspace/${workspace_id}/table/${table_id}`
    await test$.call(bulkCreateContent, { params: { workspace_id, table_id }, body: { items: [{}, {}] } })
  })
  afterAll(() => test$.close())

  const change = (description: string, ifMatch?: string) =>
    test$.app.inject({
      method: 'PUT',
      url: `${path}/meta`,
      headers: { authorization, ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }) },
      payload: { description },
    })
  const changesOf = (reply: Awaited<ReturnType<typeof change>>) =>
    reply.json<{ payload: { changes: { action: string; by: string }[] } }>().payload.changes

  test('names the writes that made other versions since, and no others', async () => {
    const first = String((await change('one')).headers['etag'])
    await change('one')
    await change('two')
    await change('two')
    const refused = await change('three', first)
    expect(refused.statusCode).toBe(409)
    expect(changesOf(refused)).toMatchObject([
      { action: 'tableUpdateMeta', by: expect.stringMatching(/^ci /) as string },
    ])
  })

  test('tells who never had a version of it the last change only', async () => {
    await change('four')
    expect(changesOf(await change('five', '"nothing"'))).toHaveLength(1)
  })
})
