import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { Call } from '#api/client/call.ts'
import { getAuditHead } from '#api/contract/audit-console.ts'
import { updateMember } from '#api/contract/members.ts'
import { createSchedule, getSchedule } from '#api/contract/schedules.ts'
import * as lifecycle from '#api/contract/token-lifecycle.ts'
import { listExpiringTokens, listTokenViolations } from '#api/contract/token-policy.ts'
import { createToken, getToken } from '#api/contract/tokens.ts'
import { createWorkspace, deleteWorkspace } from '#api/contract/workspaces.ts'

import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { addMember, type SignedIn } from '../members/member-fixture.ts'
import { rightsNow } from './rights-now.ts'

let test$: TestApp
let owner: Call
let admin: SignedIn
let workspace: number

beforeAll(async () => {
  test$ = await createTestApp()
  owner = await test$.signIn()
  admin = await addMember(test$, 'admin')
  workspace = (await test$.call(createWorkspace, { body: { name: 'Shop' } })).id
})
afterAll(() => test$.close())

const WIDE = { 'instance:workspace': 'crud', 'workspace:log': 'r' }
const by = ({ id }: { id: number }) => ({ params: { id } })
const bearer = (token: string) => test$.callWith({ authorization: `Bearer ${token}` })
const rotate = (call: Call, id: number) => call(lifecycle.rotateToken, { ...by({ id }), body: { overlapSeconds: 600 } })
const make = (call: Call) =>
  call(createToken, { body: { name: 'ci', expiresInSeconds: 86_400, scopes: WIDE, workspaces: 'all' } })

/** A member whose token was granted more than they hold since. */
async function demotedMaker() {
  const member = await addMember(test$, 'member', { scopes: WIDE })
  const token = await make(member.call)
  const body = { scopes: { 'instance:workspace': 'r', 'workspace:log': 'r' }, workspaces: [workspace] }
  return { member, token, demote: () => owner(updateMember, { ...by(member), body }) }
}

describe('the token of somebody else', () => {
  it('stays its maker’s when it is rotated, with no more than that one may do now, and so does what runs with it', async () => {
    const { member, token, demote } = await demotedMaker()
    const timing = { kind: 'daily' as const, time: '02:00' }
    const body = { name: 'Nightly', workspaceId: workspace, timing }
    const schedule = await bearer(token.token)(createSchedule, { body })
    await demote()
    const made = await rotate(admin.call, token.id)
    expect(made).toMatchObject({
      createdBy: { id: member.id },
      scopes: { 'instance:workspace': 'r', 'workspace:log': 'r' },
      workspaces: [workspace],
    })
    expect((await owner(getSchedule, by(schedule))).token?.id).toBe(made.id)
    await owner(updateMember, { ...by(member), body: { disabled: true } })
    expect(await rightsNow(test$.database.db, made.id, test$.deps.now())).toMatchObject({ blockedBy: 'maker' })
  })

  it('tells at its rotation what runs with it in a workspace that its maker does not reach any more', async () => {
    const { member, token } = await demotedMaker()
    const elsewhere = await test$.call(createWorkspace, { body: { name: 'Left' } })
    const timing = { kind: 'daily' as const, time: '02:00' }
    const body = { name: 'Out of reach', workspaceId: elsewhere.id, timing }
    const schedule = await bearer(token.token)(createSchedule, { body })
    await owner(updateMember, { ...by(member), body: { scopes: WIDE, workspaces: [workspace] } })
    const { moved, breaks } = await rotate(admin.call, token.id)
    expect([moved, breaks]).toMatchObject([[], [{ kind: 'schedule', id: schedule.id }]])
  })

  it('is in no list of those that break a policy, or end soon, that a member asks for', async () => {
    const member = await addMember(test$, 'member', { scopes: WIDE })
    const [theirs, mine] = [await make(owner), await make(member.call)]
    const query = { maxLifeSeconds: '3600', allowsNever: 'false' } as const
    const lists = async (call: Call) => [
      (await call(listTokenViolations, { query })).items.map(({ id }) => id),
      (await call(listExpiringTokens, { query: { days: 2 } })).items.map(({ token }) => token.id),
    ]
    expect(await lists(member.call)).toEqual([[mine.id], [mine.id]])
    for (const ids of await lists(owner)) expect(ids).toEqual(expect.arrayContaining([mine.id, theirs.id]))
  })

  it('is copied with no more than its maker may do now, and without the role of whoever copies it', async () => {
    const { token, demote } = await demotedMaker()
    await demote()
    const copy = await admin.call(lifecycle.duplicateToken, by(token))
    expect(copy).toMatchObject({
      createdBy: { id: admin.id },
      scopes: { 'instance:workspace': 'r', 'workspace:log': 'r' },
      workspaces: [workspace],
    })
    const head = bearer(copy.token)(getAuditHead)
    await expect(head).rejects.toMatchObject({ status: 403, payload: { reason: 'role' } })
  })

  it('gives an admin who rotates it no owner’s role', async () => {
    const mine = await make(owner)
    const made = await rotate(admin.call, mine.id)
    const row = () =>
      test$.database.db.selectFrom('access_token').select('role_ceiling').where('id', '=', made.id).executeTakeFirst()
    expect(await row()).toEqual({ role_ceiling: 'admin' })
    await bearer(made.token)(getAuditHead)
    await owner(updateMember, { ...by(admin), body: { role: 'member', scopes: WIDE, workspaces: 'all' } })
    await owner(updateMember, { ...by(admin), body: { role: 'admin' } })
    const again = await rotate(admin.call, made.id)
    expect(again.createdBy).toEqual(made.createdBy)
  })

  it('is neither rotated while its maker is disabled nor when that one may do nothing of it any more', async () => {
    const { member, token } = await demotedMaker()
    await owner(updateMember, { ...by(member), body: { scopes: { 'workspace:api': 'r' }, workspaces: 'all' } })
    const nothing = { status: 409, payload: { reason: 'nothing_left' } }
    await expect(rotate(admin.call, token.id)).rejects.toMatchObject(nothing)
    await expect(admin.call(lifecycle.duplicateToken, by(token))).rejects.toMatchObject(nothing)
    await owner(updateMember, { ...by(member), body: { disabled: true } })
    await expect(rotate(admin.call, token.id)).rejects.toMatchObject({ status: 409, payload: { reason: 'maker' } })
  })
})

describe('a token that a manager disabled', () => {
  const refused = { status: 403, payload: { reason: 'disabled_by_other' } }

  it('is not taken back into use by its maker, neither by enabling nor by rotating', async () => {
    const member = await addMember(test$, 'member', { scopes: WIDE })
    const token = await make(member.call)
    await admin.call(lifecycle.disableToken, by(token))
    await member.call(lifecycle.disableToken, by(token))
    await expect(member.call(lifecycle.enableToken, by(token))).rejects.toMatchObject(refused)
    await expect(rotate(member.call, token.id)).rejects.toMatchObject(refused)
    expect(await admin.call(lifecycle.enableToken, by(token))).toMatchObject({ status: 'active' })
  })

  it('stays so where the maker had disabled it before; what only the maker disabled, the maker enables', async () => {
    const member = await addMember(test$, 'member', { scopes: WIDE })
    const token = await make(member.call)
    await member.call(lifecycle.disableToken, by(token))
    await member.call(lifecycle.enableToken, by(token))
    await member.call(lifecycle.disableToken, by(token))
    await admin.call(lifecycle.disableToken, by(token))
    await expect(member.call(lifecycle.enableToken, by(token))).rejects.toMatchObject(refused)
    expect(await member.call(getToken, by(token))).toMatchObject({ status: 'disabled' })
    await expect(bearer(token.token)(deleteWorkspace, { params: { workspace_id: workspace } })).rejects.toMatchObject({
      status: 401,
    })
  })
})
