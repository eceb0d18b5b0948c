import type { Kysely } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { Call } from '#api/client/call.ts'
import { getMe } from '#api/contract/account.ts'
import { listAudit } from '#api/contract/audit-console.ts'
import { deleteMember, updateMember } from '#api/contract/members.ts'
import { createSchedule } from '#api/contract/schedules.ts'
import * as lifecycle from '#api/contract/token-lifecycle.ts'
import { createToken, getToken } from '#api/contract/tokens.ts'
import { createWorkspace } from '#api/contract/workspaces.ts'

import { up } from '../../db/migrations/0015_token_readers.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { addMember, type SignedIn } from '../members/member-fixture.ts'

const SCOPES = { 'instance:workspace': 'cr' }

let test$: TestApp
let owner: Call
let maker: SignedIn

beforeAll(async () => {
  test$ = await createTestApp()
  owner = await test$.signIn()
  maker = await addMember(test$, 'member', { scopes: SCOPES })
})
afterAll(() => test$.close())

const by = ({ id }: { id: number }) => ({ params: { id } })
const bearer = (token: string) => test$.callWith({ authorization: `Bearer ${token}` })
const make = (call: Call) =>
  call(createToken, { body: { name: 'ci', expiresInSeconds: 86_400, scopes: SCOPES, workspaces: 'all' } })
const rotate = (call: Call, one: { id: number }) =>
  call(lifecycle.rotateToken, { ...by(one), body: { overlapSeconds: 600 } })

/** The token of a member, rotated by an admin: who was shown its secret. */
async function rotatedByAdmin() {
  const admin = await addMember(test$, 'admin')
  return { admin, token: await rotate(admin.call, await make(maker.call)) }
}

const LEAVING: [string, (admin: SignedIn) => Promise<unknown>][] = [
  ['removed', (admin) => owner(deleteMember, by(admin))],
  ['disabled', (admin) => owner(updateMember, { ...by(admin), body: { disabled: true } })],
  [
    'made a member',
    (admin) => owner(updateMember, { ...by(admin), body: { role: 'member', scopes: SCOPES, workspaces: 'all' } }),
  ],
]

describe.each(LEAVING)('when an admin is %s', (_how, leave) => {
  it('no secret of somebody else that they were ever shown is let in', async () => {
    const { admin, token } = await rotatedByAdmin()
    const next = await rotate(admin.call, token)
    const kept = await make(maker.call)
    expect(await maker.call(getToken, by(token))).toMatchObject({ secretShownTo: { id: admin.id }, status: 'active' })
    await leave(admin)
    for (const { token: secret } of [token, next]) {
      await expect(bearer(secret)(getMe)).rejects.toMatchObject({ status: 401, payload: { reason: 'disabled' } })
    }
    await bearer(kept.token)(getMe)
    expect(await maker.call(getToken, by(token))).toMatchObject({
      status: 'disabled',
      disabledBecause: 'secret_known',
      secretShownTo: { id: admin.id },
    })
  })

  it('the maker or a manager enables such a token, or rotates it and nobody else knows the new secret', async () => {
    const [one, other] = [await rotatedByAdmin(), await rotatedByAdmin()]
    const { admin } = one
    const rotated = await rotate(admin.call, other.token)
    await leave(admin)
    await maker.call(lifecycle.enableToken, by(one.token))
    expect(await maker.call(getToken, by(one.token))).toMatchObject({ status: 'active', disabledBecause: null })
    await bearer(one.token.token)(getMe)
    const fresh = await rotate(maker.call, rotated)
    expect(fresh).toMatchObject({ disabledBecause: null, secretShownTo: null })
    await bearer(fresh.token)(getMe)
    await expect(bearer(rotated.token)(getMe)).rejects.toMatchObject({ status: 401 })
  })
})

describe('a token whose secret was shown to an admin who goes', () => {
  it('is named by the record and by the reply of the removal, with what stops', async () => {
    const { id: workspaceId } = await test$.call(createWorkspace, { body: { name: 'Shop' } })
    const { admin, token } = await rotatedByAdmin()
    const timing = { kind: 'daily' as const, time: '02:00' }
    const schedule = await bearer(token.token)(createSchedule, { body: { name: 'Nightly', workspaceId, timing } })
    await owner(updateMember, { ...by(admin), body: { disabled: true } })
    const { items } = await owner(listAudit, { query: { action: 'memberUpdate', limit: 1 } })
    expect(items[0]?.detail).toEqual({ tokens: [{ id: token.id, fate: 'disabled' }] })
    await owner(updateMember, { ...by(admin), body: { disabled: false } })
    await expect(bearer(token.token)(getMe)).rejects.toMatchObject({ status: 401 })
    await owner(lifecycle.enableToken, by(token))
    expect(await owner(deleteMember, by(admin))).toMatchObject({
      tokens: [{ id: token.id, fate: 'disabled' }],
      stopped: [{ kind: 'schedule', id: schedule.id }],
    })
  })

  it('tells its heir who may know the secret, where it was left', async () => {
    const leaving = await addMember(test$, 'member', { scopes: SCOPES })
    const token = await make(leaving.call)
    await owner(deleteMember, { ...by(leaving), query: { tokensTo: maker.id } })
    expect(await maker.call(getToken, by(token))).toMatchObject({
      disabledBecause: 'secret_known',
      secretShownTo: { id: leaving.id, name: null },
    })
  })

  it('stays disabled for its maker where a manager had disabled it', async () => {
    const { admin, token } = await rotatedByAdmin()
    await owner(lifecycle.disableToken, by(token))
    await owner(deleteMember, by(admin))
    const enabled = maker.call(lifecycle.enableToken, by(token))
    await expect(enabled).rejects.toMatchObject({ status: 403, payload: { reason: 'disabled_by_other' } })
  })

  it('is not made while they go: who is gone when it would be made is shown nothing', async () => {
    const { admin, token } = await rotatedByAdmin()
    const { db } = test$.database
    const asked = await db.transaction().execute(async (trx) => {
      await trx.selectFrom('access_token').select('id').where('id', '=', token.id).forUpdate().execute()
      const left = owner(updateMember, { ...by(admin), body: { disabled: true } })
      await expect.poll(countWaiting, { timeout: 5_000 }).toBe(1)
      const calls = [rotate(admin.call, token), make(admin.call)]
      for (const call of calls) call.catch(() => undefined)
      await expect.poll(countWaiting, { timeout: 5_000 }).toBe(3)
      return { left, calls }
    })
    await asked.left
    for (const call of asked.calls) await expect(call).rejects.toMatchObject({ code: 'unauthorized' })
  })
})

// Last of all, as it takes the columns away.
it('who was shown the secrets of tokens from before is taken from the audit log', async () => {
  const own = await make(maker.call)
  const { admin, token } = await rotatedByAdmin()
  const table = 'alter table metadeck.access_token'
  await test$.database.pool.query(`${table} drop column shown_to, drop column disabled_because`)
  await up(test$.database.db as unknown as Kysely<unknown>)
  expect(await maker.call(getToken, by(token))).toMatchObject({ secretShownTo: { id: admin.id } })
  expect(await maker.call(getToken, by(own))).toMatchObject({ secretShownTo: null, disabledBecause: null })
})

async function countWaiting(): Promise<number> {
  const { rows } = await test$.database.pool.query(
    `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  )
  return rows.length
}
