import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { Call } from '#api/client/call.ts'
import { getMe } from '#api/contract/account.ts'
import { listAudit } from '#api/contract/audit-console.ts'
import { createSchedule } from '#api/contract/schedules.ts'
import { ALL_SCOPES } from '#api/contract/scopes.ts'
import { duplicateToken, rotateToken } from '#api/contract/token-lifecycle.ts'
import * as contract from '#api/contract/token-policy.ts'
import { createToken, listTokens, revokeToken } from '#api/contract/tokens.ts'
import { createWorkspace } from '#api/contract/workspaces.ts'

import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { addMember } from '../members/member-fixture.ts'
import { insertToken } from './store.ts'

const DAY = 86_400
const FREE = { ...contract.DEFAULT_TOKEN_POLICY, asksNeverReason: false }

let test$: TestApp
let owner: Call

beforeAll(async () => {
  test$ = await createTestApp()
  owner = await test$.signIn()
})
afterAll(() => test$.close())

const input = { name: 'ruled', expiresInSeconds: DAY, scopes: ALL_SCOPES, workspaces: 'all' as const }
const bearer = (token: string) => test$.callWith({ authorization: `Bearer ${token}` })
const make = (more: object = {}) => owner(createToken, { body: { ...input, ...more } })
const put = (more: Partial<contract.TokenPolicy>) => owner(contract.putTokenPolicy, { body: { ...FREE, ...more } })

describe('the token policy', () => {
  it('asks nothing but why a token never ends until somebody sets it, is read by everybody and set by owners and admins', async () => {
    const [member, admin] = [await addMember(test$, 'member'), await addMember(test$, 'admin')]
    expect(await member.call(contract.getTokenPolicy)).toEqual(contract.DEFAULT_TOKEN_POLICY)
    await expect(member.call(contract.putTokenPolicy, { body: contract.DEFAULT_TOKEN_POLICY })).rejects.toMatchObject({
      status: 403,
      payload: { reason: 'role' },
    })
    const body = { maxLifeSeconds: 30 * DAY, defaultLifeSeconds: DAY, allowsNever: false, asksNeverReason: true }
    expect(await admin.call(contract.putTokenPolicy, { body })).toMatchObject(body)
    expect(await member.call(contract.getTokenPolicy)).toEqual(body)
    await put({})
  })

  it('gives a token its life where none is asked for', async () => {
    await put({ defaultLifeSeconds: 3_600 })
    const { createdAt, expiresAt } = await make({ expiresInSeconds: undefined })
    expect(Date.parse(expiresAt ?? '') - Date.parse(createdAt)).toBe(3_600_000)
  })

  it('refuses a new token that breaks it, in all ways to make one, with the rule', async () => {
    await put({})
    const [long, never] = [await make({ expiresInSeconds: 60 * DAY }), await make({ expiresInSeconds: null })]
    await put({ maxLifeSeconds: 30 * DAY, allowsNever: false })
    const tooLong = { status: 400, payload: { param: 'expiresInSeconds' }, message: expect.stringMatching(/30 days/) }
    const noNever = { ...tooLong, message: expect.stringMatching(/never expire/) }
    await expect(make({ expiresInSeconds: 30 * DAY + 1 })).rejects.toMatchObject(tooLong)
    await expect(make({ expiresInSeconds: null })).rejects.toMatchObject(noNever)
    for (const [{ id }, refused] of [
      [long, tooLong],
      [never, noNever],
    ] as const) {
      await expect(owner(duplicateToken, { params: { id } })).rejects.toMatchObject(refused)
      const rotate = owner(rotateToken, { params: { id }, body: { overlapSeconds: 0 } })
      await expect(rotate).rejects.toMatchObject(refused)
    }
    const body = { overlapSeconds: 0, expiresInSeconds: DAY }
    expect(await owner(rotateToken, { params: { id: never.id }, body })).toMatchObject({ status: 'active' })
    await make({ expiresInSeconds: 30 * DAY })
  })

  it('may ask why a token never expires', async () => {
    await put({ asksNeverReason: true })
    await expect(make({ expiresInSeconds: null })).rejects.toMatchObject({ payload: { param: 'neverReason' } })
    const neverReason = 'the old till cannot rotate'
    expect(await make({ expiresInSeconds: null, neverReason })).toMatchObject({ neverReason })
  })

  it('lists first what something in Metadeck runs with, however many newer tokens break it', async () => {
    await put({})
    const used = await make({ expiresInSeconds: 60 * DAY })
    const { id: workspaceId } = await bearer(used.token)(createWorkspace, { body: { name: 'Kept' } })
    await bearer(used.token)(createSchedule, {
      body: { name: 'Nightly', workspaceId, timing: { kind: 'daily', time: '03:00' } },
    })
    const newer = await make({ expiresInSeconds: 60 * DAY })
    const { items } = await owner(contract.listTokenViolations, {
      query: { maxLifeSeconds: 30 * DAY, allowsNever: 'true' },
    })
    expect(items.slice(0, 2).map(({ id, usedBy }) => [id, usedBy])).toEqual([
      [used.id, 1],
      [newer.id, 0],
    ])
    await owner(revokeToken, { params: { id: used.id } })
  })

  it('blocks the tokens that break it from the next request on, lists them, and lets them in again', async () => {
    await put({})
    const [kept, long, never] = [
      await make(),
      await make({ expiresInSeconds: 60 * DAY }),
      await make({ expiresInSeconds: null }),
    ]
    await owner(revokeToken, { params: { id: (await make({ expiresInSeconds: null })).id } })
    const query = { maxLifeSeconds: 30 * DAY, allowsNever: 'false' as const }
    const tried = await owner(contract.listTokenViolations, { query })
    const told = new Map(
      tried.items.map(({ id, status, blockedBy, wouldBlock }) => [id, { status, blockedBy, wouldBlock }]),
    )
    for (const { id } of [long, never]) {
      expect(told.get(id)).toEqual({ status: 'active', blockedBy: null, wouldBlock: true })
    }
    expect((await owner(contract.listTokenViolations)).total).toBe(0)
    await bearer(never.token)(getMe)
    const { violations } = await put({ maxLifeSeconds: 30 * DAY, allowsNever: false })
    const listed = await owner(contract.listTokenViolations)
    expect([tried.total, listed.total]).toEqual([violations, violations])
    expect(listed.items.map(({ id }) => id)).toEqual(expect.arrayContaining([long.id, never.id]))
    expect(listed.items.find(({ id }) => id === long.id)).toMatchObject({
      status: 'blocked',
      blockedBy: 'policy',
      wouldBlock: false,
    })
    expect(listed.items.map(({ id }) => id)).not.toContain(kept.id)
    for (const { token } of [long, never]) {
      await expect(bearer(token)(getMe)).rejects.toMatchObject({
        status: 401,
        payload: { reason: 'policy' },
        message: expect.stringContaining('token policy'),
      })
    }
    await bearer(kept.token)(getMe)
    expect((await owner(listTokens, { query: { status: 'blocked' } })).total).toBe(violations)
    await put({ maxLifeSeconds: 60 * DAY, allowsNever: false })
    await bearer(long.token)(getMe)
    await expect(bearer(never.token)(getMe)).rejects.toMatchObject({ status: 401 })
    await put({})
    await bearer(never.token)(getMe)
  })

  it('stays in force while a token that breaks it is rotated, and asks nothing of one that it allows', async () => {
    const [never, long] = [await make({ expiresInSeconds: null }), await make({ expiresInSeconds: 60 * DAY })]
    const rotate = (id: number) =>
      owner(rotateToken, { params: { id }, body: { overlapSeconds: 3_600, expiresInSeconds: DAY } })
    await put({ maxLifeSeconds: 30 * DAY, allowsNever: false })
    for (const { id, token } of [never, long]) {
      const { token: next } = await rotate(id)
      await bearer(next)(getMe)
      await expect(bearer(token)(getMe)).rejects.toMatchObject({ status: 401, payload: { reason: 'policy' } })
    }
    // What never ends may be much older than other tokens ever get.
    await put({})
    const allowed = await make({ expiresInSeconds: null })
    test$.advance(90 * DAY * 1_000)
    owner = await test$.signIn()
    await put({ maxLifeSeconds: 30 * DAY })
    await rotate(allowed.id)
    await bearer(allowed.token)(getMe)
    await put({})
  })

  it('refuses what contradicts itself, and half a policy to try', async () => {
    const refused = (body: object) => owner(contract.putTokenPolicy, { body: { ...FREE, ...body } })
    await expect(refused({ maxLifeSeconds: DAY, defaultLifeSeconds: 2 * DAY })).rejects.toMatchObject({
      payload: { param: 'defaultLifeSeconds' },
    })
    await expect(refused({ maxLifeSeconds: 5 })).rejects.toMatchObject({ payload: { param: 'maxLifeSeconds' } })
    await expect(owner(contract.listTokenViolations, { query: { allowsNever: 'true' } })).rejects.toMatchObject({
      payload: { param: 'maxLifeSeconds' },
    })
    expect(
      (await owner(contract.listTokenViolations, { query: { maxLifeSeconds: '', allowsNever: 'true' } })).total,
    ).toBe(0)
  })
})

describe('changes of the policy at once', () => {
  const lives = async (side: 'before' | 'after'): Promise<unknown[]> => {
    const { items } = await owner(listAudit, { query: { action: 'tokenPolicyPut', limit: 200 } })
    return items.map((entry) => entry[side]?.['maxLifeSeconds'])
  }

  it('each leave a record that says what they replaced', async () => {
    const at = (await lives('before')).length
    const first = 20 * DAY
    await put({ maxLifeSeconds: first })
    const wanted = Array.from({ length: 8 }, (_none, n) => first + n + 1)
    await Promise.all(wanted.map((maxLifeSeconds) => put({ maxLifeSeconds })))
    const { maxLifeSeconds: last } = await owner(contract.getTokenPolicy)
    const [before, after] = [await lives('before'), await lives('after')].map((all) =>
      all.slice(0, all.length - at - 1),
    )
    expect(new Set(after)).toEqual(new Set(wanted))
    expect(new Set(before).add(last)).toEqual(new Set([first, ...wanted]))
    await put({})
  })

  it('cannot take back another one without a record, by asking for what was there before it', async () => {
    const [mild, strict] = [40 * DAY, 30 * DAY]
    await put({ maxLifeSeconds: mild })
    const { db } = test$.database
    const asked: Promise<unknown>[] = []
    await db.transaction().execute(async (trx) => {
      await trx.selectFrom('setting').select('key').where('key', '=', 'token_policy').forUpdate().execute()
      for (const maxLifeSeconds of [strict, mild]) {
        asked.push(put({ maxLifeSeconds }))
        await expect.poll(countWaiting, { timeout: 5_000 }).toBe(asked.length)
      }
    })
    await Promise.all(asked)
    expect((await owner(contract.getTokenPolicy)).maxLifeSeconds).toBe(mild)
    const [before, after] = [await lives('before'), await lives('after')]
    expect([0, 1].map((at) => [before[at], after[at]])).toContainEqual([strict, mild])
    await put({})
  })

  async function countWaiting(): Promise<number> {
    const { rows } = await test$.database.pool.query(
      `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    )
    return rows.length
  }
})

describe('tokens that end soon', () => {
  it('are told with what breaks, the next first, until something takes their place', async () => {
    const end = async (name: string, days: number) => make({ name, expiresInSeconds: days * DAY - 60 })
    const [day, week, fortnight] = [await end('day', 1), await end('week', 7), await end('fortnight', 14)]
    await end('later', 20)
    const rotated = await end('rotated', 3)
    await owner(rotateToken, { params: { id: rotated.id }, body: { overlapSeconds: DAY, expiresInSeconds: null } })
    const { id: workspaceId } = await test$.call(createWorkspace, { body: { name: 'Shop' } })
    const body = { name: 'Nightly', workspaceId, timing: { kind: 'daily' as const, time: '02:00' } }
    await bearer(week.token)(createSchedule, { body })
    const { items, total } = await owner(contract.listExpiringTokens, { query: { days: 14 } })
    const mine = items.filter(({ token }) => [day, week, fortnight].some(({ id }) => id === token.id))
    expect(mine.map(({ token, warning, breaks }) => [token.name, warning, breaks.map(({ name }) => name)])).toEqual([
      ['day', 1, []],
      ['week', 7, ['Nightly']],
      ['fortnight', 14, []],
    ])
    expect(items.map(({ token }) => token.name)).not.toContain('later')
    expect(items.map(({ token }) => token.name)).not.toContain('rotated')
    expect(total).toBe(items.length)
    const member = await addMember(test$, 'member')
    expect(await member.call(contract.listExpiringTokens)).toEqual({ items: [], total: 0 })
  })

  it('are counted all, and shown as far as one answer goes', async () => {
    const admin = await addMember(test$, 'admin')
    const { total: before } = await admin.call(contract.listExpiringTokens, { query: { days: 1 } })
    const { db } = test$.database
    const many = Array.from({ length: contract.EXPIRING_MAX + 5 }, (_none, at) => at)
    for (const at of many) {
      const soon = { ...input, name: `soon ${at}`, expiresInSeconds: 3_600 + at }
      await insertToken(db, soon, admin.id, test$.deps.now())
    }
    const { items, total } = await admin.call(contract.listExpiringTokens, { query: { days: 1 } })
    expect([items.length, total]).toEqual([contract.EXPIRING_MAX, before + many.length])
    const ends = items.map(({ expiresAt }) => expiresAt)
    expect(ends).toEqual(ends.toSorted())
  })
})
