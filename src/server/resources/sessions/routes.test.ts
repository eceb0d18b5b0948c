import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from 'vitest'

import type { Call } from '#api/client/call.ts'
import { getSession, signIn } from '#api/contract/session.ts'
import * as contract from '#api/contract/sessions.ts'

import { createTestApp, OWNER, type TestApp } from '../../testing/test-app.ts'
import { addMember, signInAs } from '../members/member-fixture.ts'
import { isOver, writeLifetimes } from '../session/lifetimes.ts'
import { raceWith } from '../session/race-fixture.ts'
import { insertSession, SESSION_COOKIE } from '../session/store.ts'

let test$: TestApp
let owner: Call

beforeAll(async () => {
  test$ = await createTestApp()
})
beforeEach(async () => {
  await test$.database.db.deleteFrom('session').execute()
  await test$.database.db.deleteFrom('setting').where('key', '=', 'sessions').execute()
  owner = await test$.signIn()
})
afterAll(() => test$.close())

const member = () => addMember(test$, 'member', { scopes: { 'instance:workspace': 'r' } })
const idOf = async (call: Call) => (await call(contract.listSessions)).items.find(({ current }) => current)?.id ?? 0
const over = { status: 401 }

describe('open sessions', () => {
  it('are listed with where, what and since when, and which one asks; never with a secret', async () => {
    const me = await member()
    const second = await signInAs(test$, me.id)
    const { items } = await me.call(contract.listSessions)
    expect(items).toMatchObject([
      { user: { id: me.id }, browser: 'Firefox 145 on Linux', address: '192.0.2.7', current: false },
      { user: { id: me.id }, current: true },
    ])
    expect(JSON.stringify(items)).not.toContain(second.headers.cookie.split('=')[1])
  })

  it('of everybody are for owners and admins', async () => {
    const me = await member()
    const admin = await addMember(test$, 'admin')
    const seen = (await admin.call(contract.listSessions, { query: { all: 'true' } })).items.map(({ user }) => user.id)
    expect(seen).toContain(me.id)
    expect(seen).toContain((await owner(getSession)).user.id)
    await expect(me.call(contract.listSessions, { query: { all: 'true' } })).rejects.toMatchObject({
      status: 403,
      payload: { reason: 'role', role: 'admin' },
    })
    const page = await owner(contract.listSessions, { query: { all: 'true', limit: 2 } })
    const rest = await owner(contract.listSessions, {
      query: { all: 'true', limit: 2, cursor: page.nextCursor ?? '' },
    })
    expect([page.items.length, rest.items.length, rest.nextCursor]).toEqual([2, 1, null])
  })

  it('are ended one by one: mine by me, others by managers, an owner’s by owners', async () => {
    const me = await member()
    const second = await signInAs(test$, me.id)
    await me.call(contract.endSession, { params: { id: await idOf(second.call) } })
    await expect(second.call(getSession)).rejects.toMatchObject(over)
    const [ownersId, mineId] = [await idOf(owner), await idOf(me.call)]
    await expect(me.call(contract.endSession, { params: { id: ownersId } })).rejects.toMatchObject({ status: 404 })
    const admin = await addMember(test$, 'admin')
    await expect(admin.call(contract.endSession, { params: { id: ownersId } })).rejects.toMatchObject({
      status: 403,
      payload: { role: 'owner' },
    })
    await admin.call(contract.endSession, { params: { id: mineId } })
    await expect(me.call(getSession)).rejects.toMatchObject(over)
    await expect(owner(contract.endSession, { params: { id: mineId } })).rejects.toMatchObject({ status: 404 })
    expect((await owner(getSession)).user.role).toBe('owner')
  })

  it('are ended all at once, but for the one that asks and those of other people', async () => {
    const me = await member()
    const others = [await signInAs(test$, me.id), await signInAs(test$, me.id)]
    expect(await me.call(contract.endOtherSessions)).toEqual({ ended: 2 })
    for (const { call } of others) await expect(call(getSession)).rejects.toMatchObject(over)
    await me.call(getSession)
    await owner(getSession)
  })
})

describe('how long sessions last', () => {
  const policy = { idleSeconds: 600, lifeSeconds: 3_600 }

  it('is the owner’s choice, and holds for open sessions at once', async () => {
    const idle = await member()
    test$.advance(11 * 60_000)
    const used = await signInAs(test$, idle.id)
    expect(await owner(contract.updateSessionPolicy, { body: policy })).toEqual(policy)
    await expect(idle.call(getSession)).rejects.toMatchObject(over)
    await used.call(getSession)
    expect((await used.call(contract.listSessions)).items).toHaveLength(1)
    for (let minutes = 0; minutes < 55; minutes += 5) {
      test$.advance(5 * 60_000)
      await used.call(getSession)
    }
    test$.advance(6 * 60_000)
    await expect(used.call(getSession)).rejects.toMatchObject(over)
  })

  it('ends with the last second, of rest and of life, and not after it', () => {
    const created_at = new Date('2026-11-21T12:00:00Z')
    const after = (seconds: number, ms = 0): Date => new Date(created_at.getTime() + seconds * 1_000 + ms)
    const session = { created_at, last_seen_at: created_at, expires_at: after(86_400) }
    expect([isOver(session, policy, after(600, -1)), isOver(session, policy, after(600))]).toEqual([false, true])
    const used = { ...session, last_seen_at: after(3_500) }
    expect([isOver(used, policy, after(3_600, -1)), isOver(used, policy, after(3_600))]).toEqual([false, true])
  })

  it('does not make an open session live longer than it was made for', async () => {
    await owner(contract.updateSessionPolicy, { body: policy })
    const { call } = await member()
    const before = (await call(getSession)).expiresAt
    await owner(contract.updateSessionPolicy, { body: { idleSeconds: 86_400, lifeSeconds: 864_000 } })
    expect((await call(getSession)).expiresAt).toBe(before)
    test$.advance(3_601_000)
    await expect(call(getSession)).rejects.toMatchObject(over)
  })

  it('wakes no session that was over when it is loosened', async () => {
    await owner(contract.updateSessionPolicy, { body: policy })
    const { call } = await member()
    test$.advance(601_000)
    const renewed = await test$.signIn()
    await renewed(contract.updateSessionPolicy, { body: { idleSeconds: 86_400, lifeSeconds: 864_000 } })
    await expect(call(getSession)).rejects.toMatchObject(over)
  })

  it('is recorded by each of two changes at once with what it replaced, and by none that changes nothing', async () => {
    const { db } = test$.database
    const records = () =>
      db.selectFrom('audit_record').select(['before', 'after']).where('action', '=', 'sessionPolicyUpdate').execute()
    const first = { idleSeconds: 900, lifeSeconds: 7_200 }
    await owner(contract.updateSessionPolicy, { body: first })
    const known = (await records()).length
    const put = (body: contract.SessionPolicy) => owner(contract.updateSessionPolicy, { body })
    // The second one asks for what holds when it begins, and no more when it is its turn.
    await raceWith(db, {
      hold: (trx) => writeLifetimes(trx, { ...first, idleSeconds: 1_800 }),
      meanwhile: () => put(first),
      change: () => Promise.resolve(),
    })
    await put(first)
    expect((await records()).slice(known)).toEqual([{ before: { idleSeconds: 1_800 }, after: { idleSeconds: 900 } }])
  })

  it.each([
    [{ idleSeconds: 60, lifeSeconds: 3_600 }, 'idleSeconds'],
    [{ idleSeconds: 600, lifeSeconds: 600 }, 'lifeSeconds'],
    [{ idleSeconds: 7_200, lifeSeconds: 3_600 }, 'idleSeconds'],
    [{ idleSeconds: 600, lifeSeconds: 1e9 }, 'lifeSeconds'],
  ])('stays within bounds: %o', async (body, param) => {
    await expect(owner(contract.updateSessionPolicy, { body })).rejects.toMatchObject({
      status: 400,
      payload: { param },
    })
    expect(await owner(contract.getSessionPolicy)).toEqual(contract.SESSION_POLICY_DEFAULT)
  })
})

test('what a browser sent before it signed in never becomes a session', async () => {
  const fixed = 'A'.repeat(43)
  const planted = { cookie: `${SESSION_COOKIE}=${fixed}` }
  const signInWith = (headers: Record<string, string>) =>
    test$.app.inject({
      method: 'POST',
      url: signIn.path,
      headers,
      payload: { email: OWNER.email, password: OWNER.password },
    })
  const first = await signInWith(planted)
  const value = first.cookies[0]?.value ?? ''
  expect([first.statusCode, value.length]).toEqual([200, 43])
  expect(value).not.toBe(fixed)
  await expect(test$.callWith(planted)(getSession)).rejects.toMatchObject(over)
  const again = await signInWith({ cookie: `${SESSION_COOKIE}=${value}` })
  expect(again.cookies[0]?.value).not.toBe(value)
})

test('a session that signs in anew in the same browser is replaced, not left open', async () => {
  const me = await member()
  const replaces = me.headers.cookie.split('=')[1] ?? ''
  const input = { userId: me.id, address: '192.0.2.7', userAgent: '', replaces }
  await insertSession(test$.database.db, input, test$.deps.now())
  await expect(me.call(getSession)).rejects.toMatchObject(over)
})
