import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { type Call, createCall } from '#api/client/call.ts'
import { getMe } from '#api/contract/account.ts'
import { listContent } from '#api/contract/content.ts'
import { createSchedule } from '#api/contract/schedules.ts'
import type { Scopes } from '#api/contract/scopes.ts'
import { createTable, getTable } from '#api/contract/tables.ts'
import { disableToken, enableToken, rotateToken } from '#api/contract/token-lifecycle.ts'
import { getTokenUsage } from '#api/contract/token-usage.ts'
import { createToken, getToken, LIST_CALL_DAYS, listTokens } from '#api/contract/tokens.ts'
import { createWorkspace, getWorkspace, updateWorkspace } from '#api/contract/workspaces.ts'

import { buildApp } from '../../app.ts'
import { injectFetch } from '../../inject-fetch.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { addMember } from '../members/member-fixture.ts'
import { createUsageCounter } from './usage.ts'

const DAY_MS = 86_400_000

let test$: TestApp
let owner: Call
let shop: number

beforeAll(async () => {
  test$ = await createTestApp()
  owner = await test$.signIn()
  shop = (await test$.call(createWorkspace, { body: { name: 'Shop' } })).id
})
afterAll(() => test$.close())

/** Moves the clock; the session of before is over then. */
async function wait(days: number): Promise<void> {
  test$.advance(days * DAY_MS)
  owner = await test$.signIn()
}

const make = (scopes: Scopes) =>
  owner(createToken, { body: { name: 'used', expiresInSeconds: 40 * 86_400, scopes, workspaces: 'all' } })
const bearer = (token: string) => test$.callWith({ authorization: `Bearer ${token}` })
const usage = (id: number, days = 30) => owner(getTokenUsage, { params: { id }, query: { days } })
const inShop = () => ({ params: { workspace_id: shop } })

describe('the use of a token', () => {
  it('is counted by day, operation and status, with the last errors', async () => {
    const { id, token } = await make({ 'instance:workspace': 'r' })
    const call = bearer(token)
    await call(getMe)
    await call(getWorkspace, inShop())
    await call(getWorkspace, inShop())
    await expect(call(getWorkspace, { params: { workspace_id: 999_999 } })).rejects.toMatchObject({ status: 404 })
    await expect(call(updateWorkspace, { ...inShop(), body: { name: 'x' } })).rejects.toMatchObject({ status: 403 })
    const found = await usage(id)
    expect(found.byDay).toHaveLength(30)
    expect(found.byDay.at(-1)).toEqual({ day: test$.deps.now().toISOString().slice(0, 10), calls: 5, errors: 2 })
    expect(found.byDay[0]).toMatchObject({ calls: 0 })
    expect(found.byOperation).toEqual([
      { operation: getWorkspace.id, method: 'GET', path: getWorkspace.path, calls: 3, errors: 1 },
      { operation: getMe.id, method: 'GET', path: getMe.path, calls: 1, errors: 0 },
      { operation: updateWorkspace.id, method: 'PUT', path: updateWorkspace.path, calls: 1, errors: 1 },
    ])
    expect(found.byStatus).toEqual([
      { status: '2xx', calls: 3 },
      { status: '4xx', calls: 2 },
    ])
    expect(found.lastErrors.map(({ operation, status }) => [operation, status])).toEqual([
      [updateWorkspace.id, 403],
      [getWorkspace.id, 404],
    ])
    expect(Date.parse(found.since)).toBeGreaterThan(test$.deps.now().getTime() - DAY_MS)
    const { items } = await owner(listTokens)
    const callsByDay = items.find((item) => item.id === id)?.callsByDay
    expect([callsByDay?.length, callsByDay?.at(-1)]).toEqual([LIST_CALL_DAYS, 5])
  })

  it('includes calls that are refused because the token is disabled', async () => {
    const { id, token } = await make({ 'instance:workspace': 'r' })
    await owner(disableToken, { params: { id } })
    await expect(bearer(token)(getMe)).rejects.toMatchObject({ status: 401 })
    expect(await usage(id)).toMatchObject({
      byStatus: [{ status: '4xx', calls: 1 }],
      lastErrors: [{ operation: getMe.id, status: 401 }],
    })
  })

  it('tells the scopes that nothing asked for, and these make a smaller token by rotation', async () => {
    const table = await test$.call(createTable, { params: inShop().params, body: { name: 'orders' } })
    const scopes = { 'instance:workspace': 'crud', 'workspace:content': 'cr', 'workspace:livedatasource': 'r' }
    const { id, token } = await make(scopes)
    const call = bearer(token)
    await call(getWorkspace, inShop())
    await call(listContent, { params: { ...inShop().params, table_id: table.id } })
    const found = await usage(id)
    expect(found.usedScopes).toEqual([
      'instance:workspace:read',
      'workspace:content:read',
      'workspace:livedatasource:read',
    ])
    expect(found.unusedScopes).toEqual([
      'instance:workspace:create',
      'instance:workspace:update',
      'instance:workspace:delete',
      'workspace:content:create',
    ])
    const body = { overlapSeconds: 3_600, scopes: found.smallerScopes }
    const smaller = await owner(rotateToken, { params: { id }, body })
    await bearer(smaller.token)(listContent, { params: { ...inShop().params, table_id: table.id } })
    await expect(bearer(smaller.token)(createWorkspace, { body: { name: 'x' } })).rejects.toMatchObject({ status: 403 })
  })

  it('does not take a call that was refused for a use of the scopes it would have needed', async () => {
    const table = await test$.call(createTable, { params: inShop().params, body: { name: 'refused' } })
    const { id, token } = await make({ 'instance:workspace': 'r', 'workspace:content': 'r', 'workspace:database': 'r' })
    const call = bearer(token)
    const rows = { params: { ...inShop().params, table_id: table.id } }
    await expect(call(listContent, rows)).rejects.toMatchObject({ status: 403 })
    await owner(disableToken, { params: { id } })
    await expect(call(getWorkspace, inShop())).rejects.toMatchObject({ status: 401 })
    await owner(enableToken, { params: { id } })
    // Let in: what it asked for is not there.
    const gone = { params: { ...inShop().params, table_id: 999_999 } }
    await expect(call(getTable, gone)).rejects.toMatchObject({ status: 404 })
    expect(await usage(id)).toMatchObject({
      usedScopes: ['workspace:database:read'],
      unusedScopes: ['instance:workspace:read', 'workspace:content:read'],
      smallerScopes: { 'workspace:database': 'r' },
      byStatus: [{ status: '4xx', calls: 3 }],
      lastErrors: [{ status: 404 }, { status: 401 }, { status: 403 }],
    })
  })

  it('counts what a schedule needs as used, though it calls nothing', async () => {
    const { id, token } = await make({ 'instance:workspace': 'cr' })
    const timing = { kind: 'daily' as const, time: '02:00' }
    await bearer(token)(createSchedule, { body: { name: 'Nightly', workspaceId: shop, timing } })
    await test$.deps.connection.db.deleteFrom('token_usage').where('token_id', '=', id).execute()
    await wait(35)
    expect(await usage(id)).toMatchObject({
      byStatus: [],
      usedScopes: ['instance:workspace:read'],
      unusedScopes: ['instance:workspace:create'],
    })
  })

  it('of two processes adds up, and the last of a process is written when it closes', async () => {
    const { id, token } = await make({ 'instance:workspace': 'r' })
    const second = await buildApp(test$.deps, { consoleFolder: join(test$.dataDir, 'no-console') })
    await second.ready()
    const headers = { authorization: `Bearer ${token}` }
    const there = createCall({ base: '', headers, fetch: injectFetch(second) })
    await Promise.all(Array.from({ length: 20 }, (_none, at) => (at % 2 === 0 ? there : bearer(token))(getMe)))
    await Promise.all([second.close(), usage(id)])
    expect((await usage(id)).byStatus).toEqual([{ status: '2xx', calls: 20 }])
  })

  it('keeps the last 20 errors, and is only shown to those who see the token', async () => {
    const { id, token } = await make({ 'instance:workspace': 'r' })
    for (let at = 0; at < 25; at += 1) {
      await bearer(token)(getWorkspace, { params: { workspace_id: 900_000 + at } }).catch(() => undefined)
      if (at % 10 === 0) await usage(id)
    }
    expect((await usage(id)).lastErrors).toHaveLength(20)
    const member = await addMember(test$, 'member')
    await expect(member.call(getTokenUsage, { params: { id } })).rejects.toMatchObject({ status: 404 })
    await expect(usage(id, 0)).rejects.toMatchObject({ status: 400, payload: { param: 'days' } })
  })

  it('is part of the whole token, over 30 days', async () => {
    const { id, token } = await make({ 'instance:workspace': 'r' })
    await bearer(token)(getMe)
    await wait(29)
    const whole = await owner(getToken, { params: { id } })
    expect([whole.usage.byDay[0]?.calls, whole.dependants]).toEqual([1, []])
    await wait(1)
    expect((await usage(id)).byStatus).toEqual([])
    expect((await usage(id, 31)).byStatus).toEqual([{ status: '2xx', calls: 1 }])
  })
})

describe('counting', () => {
  const count = (tokenId: number) => ({ tokenId, operation: 'authMe', isLive: false, status: 200 })

  it('keeps what could not be written, and writes it with the next', async () => {
    const { id } = await make({ 'instance:workspace': 'r' })
    const { db, log, now } = { ...test$.deps, db: test$.database.db }
    const counter = createUsageCounter({ db }, now, log)
    counter.count(count(id))
    await test$.database.pool.query('alter table metadeck.token_usage rename to gone')
    await expect(counter.flush()).rejects.toThrow(/does not exist/)
    await test$.database.pool.query('alter table metadeck.gone rename to token_usage')
    counter.count(count(id))
    await counter.close()
    expect((await usage(id)).byStatus).toEqual([{ status: '2xx', calls: 2 }])
  })

  it('loses no counts of others to a token that was deleted', async () => {
    const { id } = await make({ 'instance:workspace': 'r' })
    const counter = createUsageCounter(test$.database, test$.deps.now, test$.deps.log)
    counter.count(count(987_654))
    counter.count(count(id))
    await counter.close()
    expect((await usage(id)).byStatus).toEqual([{ status: '2xx', calls: 1 }])
  })
})
