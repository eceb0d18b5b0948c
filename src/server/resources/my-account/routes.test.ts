import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

import type { Call } from '#api/client/call.ts'
import * as contract from '#api/contract/my-account.ts'
import { getSession, signIn } from '#api/contract/session.ts'

import { hashPassword, sha256 } from '../../credentials.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { addMember, type SignedIn, signInAs } from '../members/member-fixture.ts'

const OLD = 'three green bicycles'
const NEXT = 'seven quiet harbours'

let test$: TestApp
let oldHash: string
let me: SignedIn

beforeAll(async () => {
  test$ = await createTestApp()
  oldHash = await hashPassword(OLD)
})
beforeEach(async () => {
  me = await addMember(test$, 'member', { scopes: { 'instance:workspace': 'r' } })
  await test$.database.db.updateTable('user').set({ password_hash: oldHash }).where('id', '=', me.id).execute()
})
afterAll(() => test$.close())

const change = (call: Call, current: string, next: string) => call(contract.changePassword, { body: { current, next } })
const signsIn = (password: string) =>
  test$
    .callWith({})(signIn, { body: { email: me.email, password } })
    .then(
      () => true,
      () => false,
    )

test('a new password ends every other session, and the old cookie of this one', async () => {
  const other = await signInAs(test$, me.id)
  const stranger = await addMember(test$, 'admin')
  const { db } = test$.database
  const half = { hash: sha256('half'), user_id: me.id, method: 'password', needs: 'second_factor' } as const
  const from = { address: '192.0.2.9', user_agent: '', expires_at: new Date(test$.deps.now().getTime() + 300_000) }
  await db
    .insertInto('sign_in_ticket')
    .values({ ...half, ...from })
    .execute()
  const reply = await test$.app.inject({
    method: 'PUT',
    url: contract.changePassword.path,
    headers: me.headers,
    payload: { current: OLD, next: NEXT },
  })
  expect([reply.statusCode, reply.json()]).toEqual([200, { endedSessions: 1 }])
  const [cookie] = reply.cookies
  expect(cookie).toMatchObject({ name: 'metadeck_session', httpOnly: true, sameSite: 'Strict', path: '/' })
  await expect(other.call(getSession)).rejects.toMatchObject({ status: 401 })
  await expect(me.call(getSession)).rejects.toMatchObject({ status: 401 })
  const now = test$.callWith({ cookie: `${cookie?.name ?? ''}=${cookie?.value ?? ''}` })
  expect((await now(getSession)).user.id).toBe(me.id)
  await stranger.call(getSession)
  expect(await db.selectFrom('sign_in_ticket').selectAll().execute()).toEqual([])
  expect([await signsIn(OLD), await signsIn(NEXT)]).toEqual([false, true])
})

test('without the current password nothing changes, and guessing is throttled like sign-in', async () => {
  const other = await signInAs(test$, me.id)
  for (let n = 0; n < 5; n += 1) {
    await expect(change(me.call, `guess number ${n}`, NEXT)).rejects.toMatchObject({
      status: 403,
      payload: { param: 'current', reason: 'wrong_proof' },
    })
  }
  const records = test$.database.db.selectFrom('audit_record').selectAll().where('action', '=', 'myPasswordChange')
  const refused = await records.where('outcome', '=', 'refused').execute()
  expect(refused).toHaveLength(5)
  expect(refused[0]).toMatchObject({ target: { kind: 'user', id: me.id }, detail: { reason: 'wrong_proof' } })
  expect(JSON.stringify(refused)).not.toContain('guess number')
  await expect(change(me.call, OLD, NEXT)).rejects.toMatchObject({ status: 429 })
  await other.call(getSession)
  test$.advance(16 * 60_000)
  expect([await signsIn(NEXT), await signsIn(OLD)]).toEqual([false, true])
})

test.each([
  ['too short', 'short'],
  ['one that is guessed first', 'password123456'],
  ['the current one', OLD],
])('a new password that is %s is refused with the field named', async (_what, next) => {
  await expect(change(me.call, OLD, next)).rejects.toMatchObject({ status: 400, payload: { param: 'next' } })
  await me.call(getSession)
})

test('an account without a password is told so', async () => {
  await test$.database.db.updateTable('user').set({ password_hash: null }).where('id', '=', me.id).execute()
  await expect(change(me.call, OLD, NEXT)).rejects.toMatchObject({
    status: 409,
    payload: { reason: 'no_password' },
  })
  expect(await signsIn(OLD)).toBe(false)
})

test('a name is changed by its owner, and nothing else is', async () => {
  expect(await me.call(contract.updateMyAccount, { body: { name: '  Mia ' } })).toMatchObject({
    name: 'Mia',
    email: me.email,
    hasPassword: true,
  })
  for (const [payload, param] of [
    [{ name: '' }, 'name'],
    [{ name: 'a\nb' }, 'name'],
    [{ name: 'Mia', role: 'owner' }, 'role'],
  ] as const) {
    const reply = await test$.app.inject({
      method: 'PATCH',
      url: contract.updateMyAccount.path,
      headers: me.headers,
      payload,
    })
    expect([reply.statusCode, reply.json()]).toMatchObject([400, { payload: { param } }])
  }
  expect(await me.call(contract.getMyAccount)).toMatchObject({ name: 'Mia', role: 'member' })
})

test('a page of another site changes neither', async () => {
  for (const [method, url] of [
    ['PATCH', contract.updateMyAccount.path],
    ['PUT', contract.changePassword.path],
  ] as const) {
    const headers = { ...me.headers, origin: 'https://evil.example' }
    const reply = await test$.app.inject({ method, url, headers, payload: {} })
    expect([reply.statusCode, reply.json()]).toMatchObject([403, { payload: { reason: 'cross_origin' } }])
  }
})

test('whoever reaches no workspace any more is still told who they are', async () => {
  await test$.database.db.updateTable('user').set({ workspaces: [] }).where('id', '=', me.id).execute()
  expect(await me.call(contract.getMyAccount)).toMatchObject({ role: 'member', workspaces: [] })
})
