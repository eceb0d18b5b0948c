import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { type Call, createCall } from '#api/client/call.ts'
import { getMe } from '#api/contract/account.ts'
import { createSchedule, getSchedule } from '#api/contract/schedules.ts'
import { ALL_SCOPES } from '#api/contract/scopes.ts'
import * as lifecycle from '#api/contract/token-lifecycle.ts'
import { type CreatedToken, createToken, getToken, listTokens, revokeToken } from '#api/contract/tokens.ts'
import { createWorkspace } from '#api/contract/workspaces.ts'

import { buildApp } from '../../app.ts'
import { injectFetch } from '../../inject-fetch.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { addMember } from '../members/member-fixture.ts'

let test$: TestApp
let owner: Call

beforeAll(async () => {
  test$ = await createTestApp()
  owner = await test$.signIn()
})
afterAll(() => test$.close())

const input = { name: 'nightly', expiresInSeconds: 86_400, scopes: ALL_SCOPES, workspaces: 'all' as const }
const bearer = (token: string) => test$.callWith({ authorization: `Bearer ${token}` })
const make = (more: object = {}): Promise<CreatedToken> => owner(createToken, { body: { ...input, ...more } })
const rotate = (id: number, body: lifecycle.RotateToken) => owner(lifecycle.rotateToken, { params: { id }, body })
const by = ({ id }: { id: number }) => ({ params: { id } })
const isLetIn = (token: string): Promise<boolean> =>
  bearer(token)(getMe).then(
    () => true,
    () => false,
  )

/** A schedule that runs with this token. */
async function scheduleOf(token: string, name: string) {
  const { id: workspaceId } = await test$.call(createWorkspace, { body: { name } })
  return bearer(token)(createSchedule, { body: { name, workspaceId, timing: { kind: 'daily', time: '02:00' } } })
}

describe('rotating', () => {
  it('makes a token that is the same but for its secret; both work until the overlap is over, and know each other', async () => {
    const old = await make({ allowedIps: ['127.0.0.0/8'], scopes: { 'instance:workspace': 'r' } })
    await bearer(old.token)(getMe)
    test$.advance(3_600_000)
    const made = await rotate(old.id, { overlapSeconds: 600 })
    const { name, scopes, workspaces, allowedIps } = old
    expect(made).toMatchObject({ name, scopes, workspaces, allowedIps, status: 'active', rotatedTo: null })
    expect(made.token).not.toBe(old.token)
    expect(Date.parse(made.expiresAt ?? '') - Date.parse(made.createdAt)).toBe(86_400_000)
    expect(made.rotatedFrom).toMatchObject({ id: old.id, status: 'active', lastUsedAt: expect.any(String) })
    const ending = await owner(getToken, by(old))
    expect(ending.rotatedTo).toMatchObject({ id: made.id, status: 'active', lastUsedAt: null })
    expect(Date.parse(ending.expiresAt ?? '') - Date.parse(made.createdAt)).toBe(600_000)
    expect([await isLetIn(old.token), await isLetIn(made.token)]).toEqual([true, true])
    test$.advance(601_000)
    expect([await isLetIn(old.token), await isLetIn(made.token)]).toEqual([false, true])
  })

  it('without an overlap revokes the old token at once', async () => {
    const old = await make()
    const made = await rotate(old.id, {
      overlapSeconds: 0,
      expiresInSeconds: null,
      neverReason: 'a device in the field',
    })
    expect([await isLetIn(old.token), await isLetIn(made.token)]).toEqual([false, true])
    expect(made).toMatchObject({ expiresAt: null, rotatedFrom: { status: 'revoked' } })
  })

  it('never lengthens the life of the old token', async () => {
    const old = await make({ expiresInSeconds: 60 })
    const made = await rotate(old.id, { overlapSeconds: 86_400 })
    expect(made.rotatedFrom?.expiresAt).toBe(old.expiresAt)
  })

  it('moves what runs with the old token, and tells what smaller scopes do not do for', async () => {
    const old = await make()
    const schedule = await scheduleOf(old.token, 'Moved')
    expect(await owner(getToken, by(old))).toMatchObject({
      usedBy: 1,
      dependants: [{ kind: 'schedule', id: schedule.id, name: 'Moved', workspace: { name: 'Moved' } }],
    })
    const made = await rotate(old.id, { overlapSeconds: 600 })
    expect([made.moved.map(({ id }) => id), made.breaks]).toEqual([[schedule.id], []])
    expect((await owner(getSchedule, by(schedule))).token?.id).toBe(made.id)
    expect(await owner(getToken, by(old))).toMatchObject({ usedBy: 0, dependants: [] })
    const smaller = await rotate(made.id, { overlapSeconds: 0, scopes: { 'workspace:content': 'r' } })
    expect(smaller).toMatchObject({
      scopes: { 'workspace:content': 'r' },
      moved: [],
      breaks: [{ id: schedule.id }],
    })
  })

  it('is refused with more scopes than the old token has, and for a token that is over or rotated already', async () => {
    const old = await make({ scopes: { 'instance:workspace': 'r' } })
    await expect(rotate(old.id, { overlapSeconds: 0, scopes: { 'instance:workspace': 'ru' } })).rejects.toMatchObject({
      status: 400,
      payload: { param: 'scopes' },
      message: expect.stringContaining('instance:workspace:update'),
    })
    await rotate(old.id, { overlapSeconds: 600 })
    await expect(rotate(old.id, { overlapSeconds: 0 })).rejects.toMatchObject({
      status: 409,
      payload: { reason: 'rotated' },
    })
    const revoked = await make()
    await owner(revokeToken, by(revoked))
    await expect(rotate(revoked.id, { overlapSeconds: 0 })).rejects.toMatchObject({ status: 409 })
    await expect(rotate(999_999, { overlapSeconds: 0 })).rejects.toMatchObject({ status: 404 })
    await expect(rotate(old.id, { overlapSeconds: -1 })).rejects.toMatchObject({ payload: { param: 'overlapSeconds' } })
  })

  it('twice at once makes one token', async () => {
    const old = await make()
    const results = await Promise.allSettled([1, 2, 3].map(() => rotate(old.id, { overlapSeconds: 60 })))
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const result of results) if (result.status === 'rejected') expect(result.reason).toMatchObject({ status: 409 })
  })
})

describe('disabling', () => {
  it('counts at once in every process, and so does enabling', async () => {
    const second = await buildApp(test$.deps, { consoleFolder: join(test$.dataDir, 'no-console') })
    await second.ready()
    const { id, token } = await make()
    const headers = { authorization: `Bearer ${token}` }
    const there = createCall({ base: '', headers, fetch: injectFetch(second) })
    await there(getMe)
    expect(await owner(lifecycle.disableToken, by({ id }))).toMatchObject({ status: 'disabled', breaks: [] })
    for (const call of [there, bearer(token)]) {
      await expect(call(getMe)).rejects.toMatchObject({
        status: 401,
        payload: { reason: 'disabled' },
        message: expect.stringContaining('disabled'),
      })
    }
    expect(await owner(lifecycle.enableToken, by({ id }))).toMatchObject({ status: 'active', disabledAt: null })
    await there(getMe)
    await second.close()
  })

  it('tells what breaks, and so does revoking', async () => {
    const token = await make()
    await scheduleOf(token.token, 'Breaking')
    const breaks = [{ kind: 'schedule', name: 'Breaking' }]
    expect(await owner(lifecycle.disableToken, by(token))).toMatchObject({ breaks })
    expect(await owner(revokeToken, by(token))).toMatchObject({ status: 'revoked', breaks })
  })

  it('and enabling are refused for a token that is over', async () => {
    const [revoked, expired] = [await make(), await make({ expiresInSeconds: 60 })]
    await owner(revokeToken, by(revoked))
    test$.advance(61_000)
    for (const [token, reason] of [
      [revoked, 'revoked'],
      [expired, 'expired'],
    ] as const) {
      for (const endpoint of [lifecycle.enableToken, lifecycle.disableToken]) {
        await expect(owner(endpoint, by(token))).rejects.toMatchObject({ status: 409, payload: { reason } })
      }
    }
  })

  it('races with use: a call that begins after the answer is refused', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { id, token } = await make()
      const before = Array.from({ length: 8 }, () => isLetIn(token))
      await owner(revokeToken, by({ id }))
      const after = Array.from({ length: 8 }, () => isLetIn(token))
      expect(await Promise.all(after)).not.toContain(true)
      await Promise.all(before)
    }
  })
})

it('a duplicate has the rights of the other one, whatever became of that', async () => {
  const old = await make({ scopes: { 'workspace:content': 'r' }, allowedIps: ['127.0.0.1'] })
  await owner(revokeToken, by(old))
  const copy = await owner(lifecycle.duplicateToken, by(old))
  expect(copy).toMatchObject({
    name: 'nightly copy',
    scopes: old.scopes,
    allowedIps: old.allowedIps,
    status: 'active',
    rotatedFrom: null,
  })
  expect(await isLetIn(copy.token)).toBe(true)
  const named = await owner(lifecycle.duplicateToken, { ...by(old), body: { name: 'other', expiresInSeconds: 60 } })
  expect(named.name).toBe('other')
})

describe('nobody', () => {
  it('sees or touches the tokens of others as a member, and owners and admins see all', async () => {
    const [member, admin] = [await addMember(test$, 'member', { scopes: ALL_SCOPES }), await addMember(test$, 'admin')]
    const foreign = await make()
    const own = await member.call(createToken, { body: input })
    expect((await member.call(listTokens)).items.map(({ id }) => id)).toEqual([own.id])
    for (const endpoint of [lifecycle.disableToken, lifecycle.enableToken, revokeToken, getToken]) {
      await expect(member.call(endpoint, by(foreign))).rejects.toMatchObject({ status: 404 })
    }
    await expect(
      member.call(lifecycle.rotateToken, { ...by(foreign), body: { overlapSeconds: 0 } }),
    ).rejects.toMatchObject({ status: 404 })
    await expect(member.call(lifecycle.duplicateToken, by(foreign))).rejects.toMatchObject({ status: 404 })
    await admin.call(lifecycle.disableToken, by(own))
    expect(await isLetIn(own.token)).toBe(false)
    expect(await isLetIn(foreign.token)).toBe(true)
  })

  it('grants more than they hold', async () => {
    const mine = (await test$.call(createWorkspace, { body: { name: 'Reach' } })).id
    const rights = { scopes: { 'workspace:content': 'ru' }, workspaces: [mine] }
    const { id: userId, call } = await addMember(test$, 'member', rights)
    const grant = { name: 'mine', expiresInSeconds: 3_600, ...rights }
    await expect(
      call(createToken, { body: { ...grant, scopes: { 'workspace:content': 'crud' } } }),
    ).rejects.toMatchObject({
      status: 403,
      payload: { reason: 'beyond_own_rights', scopes: ['workspace:content:create', 'workspace:content:delete'] },
    })
    await expect(call(createToken, { body: { ...grant, workspaces: 'all' } })).rejects.toMatchObject({
      status: 403,
      payload: { workspaces: ['all'] },
    })
    await expect(call(createToken, { body: { ...grant, workspaces: [mine, 999_999] } })).rejects.toMatchObject({
      status: 403,
      payload: { workspaces: [999_999] },
    })
    const { id } = await call(createToken, { body: grant })
    await test$.database.db
      .updateTable('user')
      .set({ scopes: JSON.stringify({ 'workspace:content': 'r' }) })
      .where('id', '=', userId)
      .execute()
    const left = { scopes: { 'workspace:content': 'r' }, workspaces: [mine] }
    expect(await call(lifecycle.duplicateToken, { params: { id } })).toMatchObject(left)
    expect(await call(lifecycle.rotateToken, { params: { id }, body: { overlapSeconds: 0 } })).toMatchObject(left)
  })
})

it('a member whose reach was narrowed renews their own token, with what they hold now', async () => {
  const [kept, lost] = [
    (await test$.call(createWorkspace, { body: { name: 'Kept' } })).id,
    (await test$.call(createWorkspace, { body: { name: 'Lost' } })).id,
  ]
  const scopes = { 'workspace:content': 'crud', 'workspace:file': 'r' }
  const { id: userId, call } = await addMember(test$, 'member', { scopes })
  const { id } = await call(createToken, { body: { ...input, scopes, workspaces: 'all' } })
  const both = await call(createToken, { body: { ...input, scopes, workspaces: [kept, lost] } })
  const narrow = (held: object, workspaces: number[]) =>
    test$.database.db
      .updateTable('user')
      .set({ scopes: JSON.stringify(held), workspaces })
      .where('id', '=', userId)
      .execute()
  await narrow({ 'workspace:content': 'r' }, [kept])
  const left = { scopes: { 'workspace:content': 'r' }, workspaces: [kept], status: 'active' }
  for (const token of [{ id }, both]) {
    const all = { overlapSeconds: 0, scopes }
    expect(await call(lifecycle.duplicateToken, by(token))).toMatchObject(left)
    expect(await call(lifecycle.rotateToken, { ...by(token), body: all })).toMatchObject(left)
  }
  const last = await call(createToken, { body: { ...input, scopes: left.scopes, workspaces: [kept] } })
  await narrow({ 'workspace:file': 'r' }, [kept])
  const nothing = { status: 409, payload: { reason: 'nothing_left' } }
  await expect(call(lifecycle.duplicateToken, by(last))).rejects.toMatchObject(nothing)
  await expect(call(lifecycle.rotateToken, { ...by(last), body: { overlapSeconds: 0 } })).rejects.toMatchObject(nothing)
})

it('revoking all takes the words, and of a member only their own tokens', async () => {
  const member = await addMember(test$, 'member', { scopes: ALL_SCOPES })
  const [own, foreign] = [await member.call(createToken, { body: input }), await make()]
  const confirm = lifecycle.REVOKE_ALL_WORDS
  await expect(owner(lifecycle.revokeAllTokens, { body: { confirm: 'yes' as typeof confirm } })).rejects.toMatchObject({
    status: 400,
    payload: { param: 'confirm' },
  })
  expect(await member.call(lifecycle.revokeAllTokens, { body: { confirm } })).toEqual({ revoked: 1, breaks: [] })
  expect([await isLetIn(own.token), await isLetIn(foreign.token)]).toEqual([false, true])
  await scheduleOf(foreign.token, 'Last')
  const { revoked, breaks } = await owner(lifecycle.revokeAllTokens, { body: { confirm } })
  expect(revoked).toBeGreaterThan(1)
  expect(breaks.map(({ name }) => name)).toContain('Last')
  expect(await isLetIn(foreign.token)).toBe(false)
  expect((await owner(listTokens, { query: { status: 'active' } })).total).toBe(0)
})
