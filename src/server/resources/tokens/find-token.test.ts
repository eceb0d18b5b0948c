import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { getMe } from '#api/contract/account.ts'
import { ALL_SCOPES } from '#api/contract/scopes.ts'
import { signOut } from '#api/contract/session.ts'
import { createToken, getToken } from '#api/contract/tokens.ts'
import { createWorkspace, getWorkspace, updateWorkspace } from '#api/contract/workspaces.ts'

import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { addMember, type SignedIn } from '../members/member-fixture.ts'
import { findToken } from './find-token.ts'
import { rightsNow } from './rights-now.ts'
import { insertToken } from './store.ts'

let test$: TestApp
let owner: Awaited<ReturnType<TestApp['signIn']>>

beforeAll(async () => {
  test$ = await createTestApp()
  owner = await test$.signIn()
})
afterAll(() => test$.close())

const input = { name: 'bound', expiresInSeconds: 3_600, scopes: ALL_SCOPES, workspaces: 'all' as const }
const bearer = (token: string) => test$.callWith({ authorization: `Bearer ${token}` })
const get = (token: string, remoteAddress: string) =>
  test$.app.inject({ url: getMe.path, headers: { authorization: `Bearer ${token}` }, remoteAddress })

describe('a token with an allow-list', () => {
  it('works from the addresses it names, in IPv4 and IPv6, and from no other', async () => {
    const { id, token, allowedIps } = await owner(createToken, {
      body: { ...input, allowedIps: ['203.0.113.0/24', '2001:DB8::/32', '203.0.113.0/24'] },
    })
    expect(allowedIps).toEqual(['203.0.113.0/24', '2001:db8::/32'])
    for (const address of ['203.0.113.9', '::ffff:203.0.113.9', '2001:db8::7']) {
      expect((await get(token, address)).statusCode).toBe(200)
    }
    for (const address of ['203.0.114.9', '::ffff:203.0.114.9', '2001:db9::7', '127.0.0.1']) {
      const refused = await get(token, address)
      expect([refused.statusCode, refused.json()]).toEqual([
        403,
        {
          code: 'ERROR_CODE_ACCESS_DENIED',
          message: 'Access Denied. This access token may not be used from this address.',
          payload: { reason: 'address' },
        },
      ])
    }
    expect((await owner(getToken, { params: { id } })).lastUsedFrom).toBe('203.0.113.9')
    // Without a trusted proxy nobody says where somebody else comes from.
    for (const name of ['x-forwarded-for', 'x-real-ip', 'forwarded']) {
      const headers = {
        authorization: `Bearer ${token}`,
        [name]: name === 'forwarded' ? 'for=203.0.113.9' : '203.0.113.9',
      }
      const { statusCode } = await test$.app.inject({ url: getMe.path, headers, remoteAddress: '198.51.100.1' })
      expect([name, statusCode]).toEqual([name, 403])
    }
  })

  it('tells from elsewhere nothing but that, whatever else is wrong, and nothing once it is revoked', async () => {
    const { id, token } = await owner(createToken, { body: { ...input, allowedIps: ['203.0.113.9'] } })
    const set = (column: 'disabled_at' | 'revoked_at') =>
      test$.database.db
        .updateTable('access_token')
        .set({ [column]: test$.deps.now() })
        .where('id', '=', id)
        .execute()
    await set('disabled_at')
    expect((await get(token, '127.0.0.1')).json()).toMatchObject({ payload: { reason: 'address' } })
    expect((await get(token, '203.0.113.9')).json()).toMatchObject({ payload: { reason: 'disabled' } })
    await set('revoked_at')
    const unknown = await get(`mdk_${'a'.repeat(42)}`, '127.0.0.1')
    expect((await get(token, '127.0.0.1')).json()).toEqual(unknown.json())
  })

  it('keeps nobody from what is open to everybody', async () => {
    const { token } = await owner(createToken, { body: { ...input, allowedIps: ['203.0.113.9'] } })
    await expect(bearer(token)(signOut)).resolves.toBeNull()
  })

  it('is refused with the entry that is no address, and an empty one is none', async () => {
    await expect(
      owner(createToken, { body: { ...input, allowedIps: ['10.0.0.1', '10.0.0.0/33'] } }),
    ).rejects.toMatchObject({
      status: 400,
      payload: { param: 'allowedIps.1' },
      message: expect.stringContaining('"10.0.0.0/33"'),
    })
    expect(await owner(createToken, { body: { ...input, allowedIps: [] } })).toMatchObject({ allowedIps: null })
  })
})

describe('a token of a member', () => {
  let member: SignedIn
  let mine: number
  let other: number

  beforeAll(async () => {
    mine = (await test$.call(createWorkspace, { body: { name: 'Mine' } })).id
    other = (await test$.call(createWorkspace, { body: { name: 'Other' } })).id
    member = await addMember(test$, 'member', { scopes: { 'instance:workspace': 'ru' }, workspaces: [mine] })
  })

  it('loses what its maker loses, on the next request, and gets it back with them', async () => {
    const { token } = await member.call(createToken, {
      body: { ...input, scopes: { 'instance:workspace': 'ru' }, workspaces: [mine] },
    })
    const call = bearer(token)
    const update = () => call(updateWorkspace, { params: { workspace_id: mine }, body: { description: 'by token' } })
    await update()
    const setScopes = (scopes: object) =>
      test$.database.db
        .updateTable('user')
        .set({ scopes: JSON.stringify(scopes) })
        .where('id', '=', member.id)
        .execute()
    await setScopes({ 'instance:workspace': 'r' })
    await expect(update()).rejects.toMatchObject({ status: 403, payload: { scope: 'instance:workspace:update' } })
    await call(getWorkspace, { params: { workspace_id: mine } })
    await setScopes({ 'instance:workspace': 'ru' })
    await update()
  })

  it('never reaches more than its maker, even if it was granted more', async () => {
    const { secret } = await insertToken(test$.database.db, input, member.id, test$.deps.now())
    const call = bearer(secret)
    await call(getWorkspace, { params: { workspace_id: mine } })
    await expect(call(getWorkspace, { params: { workspace_id: other } })).rejects.toMatchObject({ status: 403 })
    await expect(call(createWorkspace, { body: { name: 'New' } })).rejects.toMatchObject({ status: 403 })
  })

  it('reaches of the workspaces that it names only those that its maker reaches', async () => {
    const { db } = test$.database
    const [own, foreign] = [
      (await test$.call(createWorkspace, { body: { name: 'Named and mine' } })).id,
      (await test$.call(createWorkspace, { body: { name: 'Named only' } })).id,
    ]
    const held = { scopes: { 'instance:workspace': 'r' }, workspaces: [own] }
    const { id: maker } = await addMember(test$, 'member', held)
    const wish = { ...input, workspaces: [own, foreign] }
    const { token, secret } = await insertToken(db, wish, maker, test$.deps.now())
    await bearer(secret)(getWorkspace, { params: { workspace_id: own } })
    await expect(bearer(secret)(getWorkspace, { params: { workspace_id: foreign } })).rejects.toMatchObject({
      status: 403,
      payload: { reason: 'workspace' },
    })
    expect(await rightsNow(db, token.id, test$.deps.now())).toMatchObject({ workspaces: [own] })
  })

  it('is refused while the account is disabled, and listed as blocked for that', async () => {
    const { id, token } = await member.call(createToken, {
      body: { ...input, scopes: { 'instance:workspace': 'r' }, workspaces: [mine] },
    })
    const setDisabled = (disabled_at: Date | null) =>
      test$.database.db.updateTable('user').set({ disabled_at }).where('id', '=', member.id).execute()
    await setDisabled(test$.deps.now())
    await expect(bearer(token)(getMe)).rejects.toMatchObject({ status: 401, payload: { reason: 'maker' } })
    expect(await owner(getToken, { params: { id } })).toMatchObject({ status: 'blocked', blockedBy: 'maker' })
    await setDisabled(null)
    await bearer(token)(getMe)
  })

  it('goes out of use with the account, in whatever way that is deleted', async () => {
    const leaving = await addMember(test$, 'member', { scopes: { 'instance:workspace': 'r' } })
    const { id, token } = await leaving.call(createToken, {
      body: { ...input, scopes: { 'instance:workspace': 'r' } },
    })
    await test$.database.db.deleteFrom('user').where('id', '=', leaving.id).execute()
    await expect(bearer(token)(getMe)).rejects.toMatchObject({ status: 401 })
    expect(await owner(getToken, { params: { id } })).toMatchObject({ status: 'revoked', createdBy: null })
  })
})

it('what runs with a token without its secret has the same rights and the same end', async () => {
  const { db } = test$.database
  const mine = (await test$.call(createWorkspace, { body: { name: 'Runs' } })).id
  const { id: maker } = await addMember(test$, 'member', { scopes: { 'instance:workspace': 'r' }, workspaces: [mine] })
  const { token } = await insertToken(db, input, maker, test$.deps.now())
  const rights = { scopes: { 'instance:workspace': 'r' }, workspaces: [mine] }
  expect(await rightsNow(db, token.id, test$.deps.now())).toMatchObject({ name: 'bound', status: 'active', ...rights })
  await db.updateTable('user').set({ disabled_at: test$.deps.now() }).where('id', '=', maker).execute()
  expect(await rightsNow(db, token.id, test$.deps.now())).toMatchObject({ status: 'blocked', blockedBy: 'maker' })
  const later = new Date(test$.deps.now().getTime() + 3_601_000)
  expect(await rightsNow(db, token.id, later)).toMatchObject({ status: 'expired', blockedBy: null })
  expect(await rightsNow(db, 999_999, later)).toBeNull()
  const { token: nobodys } = await insertToken(db, input, null, test$.deps.now())
  expect(await rightsNow(db, nobodys.id, test$.deps.now())).toMatchObject({ scopes: ALL_SCOPES, workspaces: 'all' })
})

it('a token ends at its end and not a moment later, whether its secret is sent or not', async () => {
  const { db } = test$.database
  const { id: maker } = await addMember(test$, 'owner')
  const { token, secret } = await insertToken(db, input, maker, test$.deps.now())
  const { expires_at: end } = await db
    .selectFrom('access_token')
    .select('expires_at')
    .where('id', '=', token.id)
    .executeTakeFirstOrThrow()
  const at = async (ms: number) => {
    const now = new Date((end?.getTime() ?? 0) + ms)
    const found = await findToken(test$.database, { secret, address: '127.0.0.1', table: null }, now)
    return [found?.caller?.id ?? null, (await rightsNow(db, token.id, now))?.status]
  }
  expect(await at(-1)).toEqual([token.id, 'active'])
  expect(await at(0)).toEqual([null, 'expired'])
})
