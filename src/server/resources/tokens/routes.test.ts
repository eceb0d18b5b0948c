import { afterAll, beforeAll, expect, test } from 'vitest'

import { createToken, listTokens, revokeToken } from '#api/contract/tokens.ts'
import { createWorkspace, getWorkspace, listWorkspaces, updateWorkspace } from '#api/contract/workspaces.ts'

import { createTestApp, type TestApp } from '../../testing/test-app.ts'

let test$: TestApp

beforeAll(async () => {
  test$ = await createTestApp()
})
afterAll(() => test$.close())

const input = {
  name: 'nightly',
  expiresInSeconds: 3_600,
  scopes: { 'instance:workspace': 'r' },
  workspaces: 'all' as const,
}
const bearer = (token: string) => test$.callWith({ authorization: `Bearer ${token}` })

test('a new token shows its secret once and works at once', async () => {
  const session = await test$.signIn()
  const created = await session(createToken, { body: input })
  expect(created).toMatchObject({
    name: 'nightly',
    prefix: created.token.slice(0, 8),
    lastFour: created.token.slice(-4),
    status: 'active',
  })
  const listed = await session(listTokens)
  expect(JSON.stringify(listed)).not.toContain(created.token)
  expect(await bearer(created.token)(listWorkspaces)).toEqual([])
})

test('a call without the scope is refused with 403 that names it', async () => {
  const { id } = await test$.call(createWorkspace, { body: { name: 'Scoped' } })
  const { token } = await (await test$.signIn())(createToken, { body: input })
  await expect(
    bearer(token)(updateWorkspace, { params: { workspace_id: id }, body: { name: 'x' } }),
  ).rejects.toMatchObject({
    status: 403,
    code: 'access_denied',
    payload: { scope: 'instance:workspace:update' },
    message: expect.stringContaining('instance:workspace:update'),
  })
})

test('a revoked token is refused on the very next request and listed as revoked', async () => {
  const session = await test$.signIn()
  const { id, token } = await session(createToken, { body: input })
  await bearer(token)(listWorkspaces)
  await session(revokeToken, { params: { id } })
  await expect(bearer(token)(listWorkspaces)).rejects.toMatchObject({ status: 401, code: 'unauthorized' })
  expect((await session(listTokens)).items.find((item) => item.id === id)).toMatchObject({ status: 'revoked' })
})

test('an expired token is refused, and null never expires', async () => {
  const session = await test$.signIn()
  const short = await session(createToken, { body: { ...input, expiresInSeconds: 60 } })
  const never = await session(createToken, {
    body: { ...input, expiresInSeconds: null, neverReason: 'a device in the field' },
  })
  expect(never.expiresAt).toBeNull()
  test$.advance(61_000)
  await expect(bearer(short.token)(listWorkspaces)).rejects.toMatchObject({ status: 401 })
  expect(await bearer(never.token)(listWorkspaces)).toBeInstanceOf(Array)
})

test('a token for chosen workspaces lists and reads only those, and makes none', async () => {
  const mine = await test$.call(createWorkspace, { body: { name: 'Mine' } })
  const other = await test$.call(createWorkspace, { body: { name: 'Other' } })
  const call = await test$.callAs({ 'instance:workspace': 'crud' }, [mine.id])
  expect((await call(listWorkspaces)).map((item) => item.id)).toEqual([mine.id])
  await expect(call(getWorkspace, { params: { workspace_id: other.id } })).rejects.toMatchObject({ status: 403 })
  await expect(call(createWorkspace, { body: { name: 'New' } })).rejects.toMatchObject({ status: 403 })
})

test('last use is remembered, and written at most once a minute', async () => {
  const session = await test$.signIn()
  const { id, token } = await session(createToken, { body: input })
  const lastUsed = async () => (await session(listTokens)).items.find((item) => item.id === id)?.lastUsedAt
  expect(await lastUsed()).toBeNull()
  await bearer(token)(listWorkspaces)
  const first = await lastUsed()
  expect(first).not.toBeNull()
  await bearer(token)(listWorkspaces)
  expect(await lastUsed()).toBe(first)
})

test('a token cannot make, list or revoke tokens', async () => {
  await expect(test$.call(listTokens)).rejects.toMatchObject({ status: 403, payload: { reason: 'session_required' } })
})

test('bad input is refused with the field named', async () => {
  const session = await test$.signIn()
  const refused = async (change: Record<string, unknown>) =>
    session(createToken, { body: { ...input, ...change } }).catch((error: unknown) => error)
  expect(await refused({ scopes: { 'workspace:content': 'rx' } })).toMatchObject({
    status: 400,
    payload: { param: 'scopes.workspace:content' },
  })
  expect(await refused({ scopes: { 'workspace:nope': 'r' } })).toMatchObject({ status: 400 })
  expect(await refused({ scopes: {} })).toMatchObject({ payload: { param: 'scopes' } })
  expect(await refused({ scopes: { 'workspace:log': 'c' } })).toMatchObject({
    payload: { param: 'scopes.workspace:log' },
  })
  expect(await refused({ expiresInSeconds: 5 })).toMatchObject({ payload: { param: 'expiresInSeconds' } })
  expect(await refused({ workspaces: [999_999] })).toMatchObject({ payload: { param: 'workspaces' } })
  expect(await refused({ colour: 'red' })).toMatchObject({
    payload: { param: 'colour' },
    message: 'Unknown param: colour',
  })
})

test('a token for more workspaces than a list may name is refused, however many they are', async () => {
  const session = await test$.signIn()
  const make = (count: number) => {
    const workspaces = Array.from({ length: count }, (_none, at) => at + 1)
    return session(createToken, { body: { ...input, workspaces } })
  }
  await expect(make(2_000)).rejects.toMatchObject({
    status: 400,
    message: expect.stringContaining('at most 1000 workspaces') as string,
  })
  await expect(make(70_000)).rejects.toMatchObject({ status: 413 })
})

test('nonsense in the authorization header is 401, also beside a valid session', async () => {
  for (const authorization of ['Bearer', 'Bearer x', 'Basic abc', `Bearer mdk_${'a'.repeat(42)}`, 'Bearer a b']) {
    await expect(test$.callWith({ authorization })(listWorkspaces)).rejects.toMatchObject({
      status: 401,
      code: 'unauthorized',
    })
  }
})
