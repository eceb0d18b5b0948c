import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import type { Call } from '#api/client/call.ts'
import { getMe } from '#api/contract/account.ts'
import type { Endpoint } from '#api/contract/endpoint.ts'
import * as contract from '#api/contract/members.ts'
import { getMyAccount } from '#api/contract/my-account.ts'
import * as notifications from '#api/contract/notifications.ts'
import { createSample } from '#api/contract/sample.ts'
import { getSession } from '#api/contract/session.ts'
import * as sessions from '#api/contract/sessions.ts'
import { listTables } from '#api/contract/tables.ts'
import { createWorkspace, getWorkspace, listWorkspaces, updateWorkspace } from '#api/contract/workspaces.ts'

import { createTestApp, OWNER, type TestApp } from '../../testing/test-app.ts'
import { insertSession, SESSION_COOKIE } from '../session/store.ts'
import { addMember, signInAs } from './member-fixture.ts'

const PASSWORD = 'three green bicycles'

let test$: TestApp
let owner: Call
let mine: number
let other: number

beforeAll(async () => {
  test$ = await createTestApp()
  owner = await test$.signIn()
  mine = (await owner(createWorkspace, { body: { name: 'Mine' } })).id
  other = (await owner(createWorkspace, { body: { name: 'Other' } })).id
})
afterAll(() => test$.close())

const isEndpoint = (it: unknown): it is Endpoint => typeof it === 'object' && it !== null && 'bodyLimitBytes' in it
const readOnly = () => ({ scopes: { 'instance:workspace': 'r' }, workspaces: [mine] })

describe('a member', () => {
  test('may do what the scopes and workspaces of the account say, and nothing else', async () => {
    const { call } = await addMember(test$, 'member', readOnly())
    expect(await call(getWorkspace, { params: { workspace_id: mine } })).toMatchObject({ name: 'Mine' })
    expect((await call(listWorkspaces)).map(({ id }) => id)).toEqual([mine])
    await expect(call(getWorkspace, { params: { workspace_id: other } })).rejects.toMatchObject({
      status: 403,
      message: expect.stringContaining('Your account does not reach workspace') as string,
    })
    await expect(
      call(updateWorkspace, { params: { workspace_id: mine }, body: { description: 'x' } }),
    ).rejects.toMatchObject({ status: 403, payload: { scope: 'instance:workspace:update' } })
    await expect(call(listTables, { params: { workspace_id: mine } })).rejects.toMatchObject({
      status: 403,
      message: expect.stringContaining('Your account lacks the scope workspace:database:read') as string,
    })
    expect((await call(getSession)).scopes).toEqual({ 'instance:workspace': 'r' })
    expect(await call(getMyAccount)).toMatchObject({ role: 'member', workspaces: [mine], hasPassword: false })
  })

  test('has other rights on the next request after they were changed', async () => {
    const { call, id } = await addMember(test$, 'member', readOnly())
    const update = { params: { workspace_id: mine }, body: { description: 'x' } }
    await expect(call(updateWorkspace, update)).rejects.toMatchObject({ status: 403 })
    await owner(contract.updateMember, { params: { id }, body: { scopes: { 'instance:workspace': 'ru' } } })
    expect(await call(updateWorkspace, update)).toMatchObject({ description: 'x' })
    await owner(contract.updateMember, { params: { id }, body: { workspaces: [other] } })
    await expect(call(updateWorkspace, update)).rejects.toMatchObject({ status: 403 })
  })
})

describe('what concerns the whole instance', () => {
  const declared = Object.values({ ...contract, ...notifications, ...sessions, createSample }) as unknown[]
  const byManagers = declared.filter((it): it is Endpoint => isEndpoint(it) && it.role !== null)

  test('is refused to members and tokens, naming the role', async () => {
    expect(byManagers.length).toBeGreaterThan(15)
    const { headers } = await addMember(test$, 'member', { scopes: { 'instance:workspace': 'crud' } })
    for (const { method, path, role } of byManagers) {
      const url = path.replaceAll(/\{\w+\}/g, '1')
      const reply = await test$.app.inject({ method, url, headers })
      expect([path, reply.statusCode, reply.json()]).toMatchObject([path, 403, { payload: { reason: 'role', role } }])
      await expect(
        test$.call({ ...getSession, method, path: url }).catch((error: unknown) => error),
      ).resolves.toMatchObject({ status: 403, payload: { reason: 'session_required' } })
    }
  })

  test('is open to admins, but for how people sign in', async () => {
    const { call } = await addMember(test$, 'admin')
    expect((await call(contract.listMembers)).items.length).toBeGreaterThan(1)
    expect(await call(sessions.getSessionPolicy)).toEqual(sessions.SESSION_POLICY_DEFAULT)
    await expect(call(sessions.updateSessionPolicy, { body: sessions.SESSION_POLICY_DEFAULT })).rejects.toMatchObject({
      status: 403,
      payload: { reason: 'role', role: 'owner' },
    })
  })
})

describe('an account', () => {
  test('is made without a password, and none that somebody else knows opens it', async () => {
    const body = { name: 'Mo', email: 'Mo@Example.com', role: 'member' as const, ...readOnly() }
    const withPassword = { ...body, password: PASSWORD } as never
    await expect(owner(contract.createMember, { body: withPassword })).rejects.toMatchObject({
      status: 400,
      payload: { param: 'password' },
    })
    expect((await signInByHand('mo@example.com', PASSWORD)).statusCode).toBe(401)
    const made = await owner(contract.createMember, { body })
    expect(made).toMatchObject({
      email: 'mo@example.com',
      role: 'member',
      ...readOnly(),
      status: 'active',
      hasPassword: false,
      secondSteps: [],
      lastSeenAt: null,
      invitedBy: { name: OWNER.name },
    })
    expect((await signInByHand('mo@example.com', PASSWORD)).statusCode).toBe(401)
    expect(await owner(contract.getMember, { params: { id: made.id } })).toMatchObject({ sessions: 0, tokenList: [] })
    await expect(owner(contract.createMember, { body })).rejects.toMatchObject({
      status: 409,
      payload: { param: 'email', reason: 'member_exists' },
    })
  })

  test.each([
    ['a member without a scope', { role: 'member', scopes: {}, workspaces: 'all' }, 'scopes'],
    ['a member without workspaces', { role: 'member', scopes: { 'workspace:api': 'r' } }, 'workspaces'],
    ['an admin with scopes', { role: 'admin', scopes: { 'workspace:api': 'r' } }, 'scopes'],
    [
      'a workspace that is not there',
      { role: 'member', scopes: { 'workspace:api': 'r' }, workspaces: [9e9] },
      'workspaces',
    ],
    [
      'a letter that the scope does not know',
      { role: 'member', scopes: { 'workspace:log': 'c' }, workspaces: 'all' },
      'scopes.workspace:log',
    ],
    ['a field that nobody knows', { role: 'admin', isOwner: true }, 'isOwner'],
  ])('is refused with %s, and the field is named', async (_what, fields, param) => {
    const body = { name: 'Bad Grant', email: 'bad@example.com', ...fields }
    await expect(owner(contract.createMember, { body: body as never })).rejects.toMatchObject({
      status: 400,
      payload: { param },
    })
  })

  test('that is disabled is out at once, signs in no more, and comes back without its old sessions', async () => {
    const { call, id } = await addMember(test$, 'member', readOnly())
    await call(getSession)
    const input = { userId: id, address: '192.0.2.1', userAgent: '' }
    expect(await owner(contract.updateMember, { params: { id }, body: { disabled: true } })).toMatchObject({
      status: 'disabled',
      sessions: 0,
    })
    await expect(call(getSession)).rejects.toMatchObject({ status: 401 })
    await expect(insertSession(test$.database.db, input, test$.deps.now())).rejects.toMatchObject({
      code: 'access_denied',
      payload: { reason: 'account_disabled' },
    })
    await owner(contract.updateMember, { params: { id }, body: { disabled: false } })
    await expect(call(getSession)).rejects.toMatchObject({ status: 401 })
    expect((await (await signInAs(test$, id)).call(getSession)).user.id).toBe(id)
  })

  test('that becomes a member needs rights, and loses them when it becomes more', async () => {
    const { id } = await addMember(test$, 'admin')
    await expect(owner(contract.updateMember, { params: { id }, body: { role: 'member' } })).rejects.toMatchObject({
      status: 400,
      payload: { param: 'scopes' },
    })
    const body = { role: 'member' as const, ...readOnly() }
    expect(await owner(contract.updateMember, { params: { id }, body })).toMatchObject(body)
    const admin = await owner(contract.updateMember, { params: { id }, body: { role: 'admin' } })
    expect([admin.workspaces, admin.scopes['workspace:content']]).toEqual(['all', 'crud'])
    const again = await test$.database.db.selectFrom('user').selectAll().where('id', '=', id).executeTakeFirst()
    expect(again).toMatchObject({ scopes: null, workspaces: null })
  })

  test('is found by name or address, page by page, and an unknown one is not there', async () => {
    await addMember(test$, 'admin')
    const first = await owner(contract.listMembers, { query: { limit: 2 } })
    const second = await owner(contract.listMembers, { query: { limit: 2, cursor: first.nextCursor ?? '' } })
    const ids = [...first.items, ...second.items].map(({ id }) => id)
    expect(ids).toEqual([...new Set(ids)].toSorted((a, b) => b - a))
    const found = await owner(contract.listMembers, { query: { search: 'OLIVE' } })
    expect(found).toMatchObject({ items: [{ email: OWNER.email, role: 'owner' }], nextCursor: null })
    expect((await owner(contract.listMembers, { query: { search: '100%_' } })).items).toEqual([])
    await expect(owner(contract.getMember, { params: { id: 99_999 } })).rejects.toMatchObject({ status: 404 })
    await expect(owner(contract.deleteMember, { params: { id: 99_999 } })).rejects.toMatchObject({ status: 404 })
  })

  test('leaves an audit record with what it held before and after, and no secret', async () => {
    const { id } = await addMember(test$, 'member', readOnly())
    await owner(contract.updateMember, { params: { id }, body: { workspaces: 'all' } })
    const record = await test$.database.db
      .selectFrom('audit_record')
      .selectAll()
      .where('action', '=', 'memberUpdate')
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow()
    expect(record).toMatchObject({
      actor_label: OWNER.email,
      target: { kind: 'user', id },
      before: { workspaces: [mine] },
      after: { workspaces: 'all' },
    })
    expect(JSON.stringify(record)).not.toMatch(/password|argon2/)
  })
})

describe('nobody grants more than they hold', () => {
  test('an admin makes, changes and removes no owner', async () => {
    const admin = await addMember(test$, 'admin')
    const boss = await addMember(test$, 'owner')
    const refusal = { status: 403, payload: { reason: 'role', role: 'owner' } }
    const made = { name: 'X', email: 'x@example.com', role: 'owner' as const }
    await expect(admin.call(contract.createMember, { body: made })).rejects.toMatchObject(refusal)
    const own = { params: { id: admin.id }, body: { role: 'owner' as const } }
    await expect(admin.call(contract.updateMember, own)).rejects.toMatchObject(refusal)
    for (const body of [{ disabled: true }, { role: 'admin' as const }, { name: 'Renamed' }]) {
      await expect(admin.call(contract.updateMember, { params: { id: boss.id }, body })).rejects.toMatchObject(refusal)
    }
    await expect(admin.call(contract.deleteMember, { params: { id: boss.id } })).rejects.toMatchObject(refusal)
    expect((await boss.call(getMe)).email).toBe(boss.email)
    await owner(contract.deleteMember, { params: { id: boss.id } })
  })

  test('two managers who demote each other at once: one succeeds', async () => {
    const [a, b] = [await addMember(test$, 'admin'), await addMember(test$, 'admin')]
    const demote = (id: number) => ({ params: { id }, body: { role: 'member' as const, ...readOnly() } })
    const outcomes = await Promise.allSettled([
      a.call(contract.updateMember, demote(b.id)),
      b.call(contract.updateMember, demote(a.id)),
    ])
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  })
})

describe('the last owner', () => {
  const refusal = { status: 409, payload: { reason: 'last_owner' } }

  test('is neither removed nor demoted nor disabled', async () => {
    const { id } = (await owner(getSession)).user
    const bodies = [{ role: 'admin' as const }, { role: 'member' as const, ...readOnly() }, { disabled: true }]
    for (const body of bodies) {
      await expect(owner(contract.updateMember, { params: { id }, body })).rejects.toMatchObject(refusal)
    }
    await expect(owner(contract.deleteMember, { params: { id } })).rejects.toMatchObject(refusal)
    expect((await owner(getSession)).user.role).toBe('owner')
  })

  test('is not who is disabled, and of two who go at once one stays', async () => {
    const [a, b] = [await addMember(test$, 'owner'), await addMember(test$, 'owner')]
    const { id } = (await owner(getSession)).user
    await a.call(contract.updateMember, { params: { id }, body: { disabled: true } })
    for (const [first, second] of [
      [{ role: 'admin' as const }, { disabled: true }],
      [{ disabled: true }, { disabled: true }],
    ]) {
      await reset([a.id, b.id])
      const [callA, callB] = [(await signInAs(test$, a.id)).call, (await signInAs(test$, b.id)).call]
      const outcomes = await Promise.allSettled([
        callA(contract.updateMember, { params: { id: a.id }, body: first ?? {} }),
        callB(contract.updateMember, { params: { id: b.id }, body: second ?? {} }),
      ])
      expect(outcomes.filter(({ status }) => status === 'rejected')).toMatchObject([{ reason: refusal }])
    }
    await reset([a.id, b.id])
    const [callA, callB] = [(await signInAs(test$, a.id)).call, (await signInAs(test$, b.id)).call]
    const gone = await Promise.allSettled([
      callA(contract.deleteMember, { params: { id: a.id } }),
      callB(contract.deleteMember, { params: { id: b.id } }),
    ])
    expect(gone.filter(({ status }) => status === 'rejected')).toMatchObject([{ reason: refusal }])
    await reset([id])
    owner = await test$.signIn()
  })

  async function reset(ids: number[]): Promise<void> {
    await test$.database.db
      .updateTable('user')
      .set({ role: 'owner', disabled_at: null })
      .where('id', 'in', ids)
      .execute()
  }
})

async function signInByHand(email: string, password: string) {
  const reply = await test$.app.inject({ method: 'POST', url: getSession.path, payload: { email, password } })
  expect(reply.cookies.every(({ name }) => name === SESSION_COOKIE)).toBe(true)
  return reply
}
