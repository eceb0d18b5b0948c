import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { Call } from '#api/client/call.ts'
import { getMe } from '#api/contract/account.ts'
import { getAuditHead } from '#api/contract/audit-console.ts'
import { deleteMember, getMember } from '#api/contract/members.ts'
import { createSchedule } from '#api/contract/schedules.ts'
import type { Scopes } from '#api/contract/scopes.ts'
import { getSession } from '#api/contract/session.ts'
import { duplicateToken, enableToken, rotateToken } from '#api/contract/token-lifecycle.ts'
import { createWorkspace } from '#api/contract/workspaces.ts'

import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { insertToken } from '../tokens/store.ts'
import { addMember, type SignedIn } from './member-fixture.ts'

let test$: TestApp
let owner: Call
let workspace: number

beforeAll(async () => {
  test$ = await createTestApp()
  owner = await test$.signIn()
  workspace = (await owner(createWorkspace, { body: { name: 'Kept' } })).id
})
afterAll(() => test$.close())

/** A token made by this person, past the rules about what they may grant; answers its id and a way to call with it. */
async function addToken(maker: number, scopes: Scopes) {
  const input = { name: 'nightly', expiresInSeconds: 86_400, scopes, workspaces: 'all' as const }
  const { secret, token } = await insertToken(test$.database.db, input, maker, test$.deps.now())
  return { id: token.id, call: test$.callWith({ authorization: `Bearer ${secret}` }) }
}

const rowOf = (id: number) =>
  test$.database.db.selectFrom('access_token').selectAll().where('id', '=', id).executeTakeFirstOrThrow()

describe('a member who is removed', () => {
  const scopes = { 'instance:workspace': 'r', 'workspace:api': 'r' }
  let leaving: SignedIn

  it('loses sessions and tokens at once, and the reply tells which tokens those were', async () => {
    leaving = await addMember(test$, 'member', { scopes })
    const token = await addToken(leaving.id, scopes)
    await token.call(getMe)
    expect(await owner(getMember, { params: { id: leaving.id } })).toMatchObject({
      tokens: 1,
      tokenList: [{ id: token.id, name: 'nightly' }],
    })
    expect(await owner(deleteMember, { params: { id: leaving.id } })).toMatchObject({
      tokens: [{ id: token.id, name: 'nightly', fate: 'revoked' }],
    })
    await expect(leaving.call(getSession)).rejects.toMatchObject({ status: 401 })
    await expect(token.call(getMe)).rejects.toMatchObject({ status: 401 })
  })

  it('may leave the tokens to somebody else, with no more than both grant and account held', async () => {
    leaving = await addMember(test$, 'member', { scopes, workspaces: [workspace] })
    const heir = await addMember(test$, 'admin')
    const wide = await addToken(leaving.id, { 'instance:workspace': 'crud', 'workspace:api': 'ru' })
    const foreign = await addToken(leaving.id, { 'workspace:content': 'r' })
    const { tokens } = await owner(deleteMember, { params: { id: leaving.id }, query: { tokensTo: heir.id } })
    expect(tokens.map(({ id, fate }) => [id, fate])).toEqual([
      [foreign.id, 'revoked'],
      [wide.id, 'handed_over'],
    ])
    expect(await rowOf(wide.id)).toMatchObject({
      created_by: heir.id,
      scopes,
      workspaces: [workspace],
      revoked_at: null,
    })
    await expect(foreign.call(getMe)).rejects.toMatchObject({ status: 401 })
  })

  it('cannot use a token that was left, nor does it get its new maker’s role: the heir rotates or enables it', async () => {
    leaving = await addMember(test$, 'member', { scopes: { 'instance:workspace': 'cr', 'workspace:log': 'r' } })
    const heirs = [await addMember(test$, 'member', { scopes }), await addMember(test$, 'admin')] as const
    const token = await addToken(leaving.id, { 'instance:workspace': 'cr', 'workspace:log': 'r' })
    const timing = { kind: 'daily' as const, time: '02:00' }
    const schedule = await token.call(createSchedule, { body: { name: 'Left', workspaceId: workspace, timing } })
    const { stopped } = await owner(deleteMember, { params: { id: leaving.id }, query: { tokensTo: heirs[0].id } })
    expect(stopped.map(({ kind, id }) => [kind, id])).toEqual([['schedule', schedule.id]])
    const params = { id: token.id }
    await expect(token.call(getMe)).rejects.toMatchObject({ status: 401, payload: { reason: 'disabled' } })
    await heirs[0].call(enableToken, { params })
    await token.call(getMe)
    await owner(deleteMember, { params: { id: heirs[0].id }, query: { tokensTo: heirs[1].id } })
    const rotated = await heirs[1].call(rotateToken, { params, body: { overlapSeconds: 600 } })
    await expect(token.call(getMe)).rejects.toMatchObject({ status: 401 })
    const call = test$.callWith({ authorization: `Bearer ${rotated.token}` })
    await call(getMe)
    await expect(call(getAuditHead)).rejects.toMatchObject({ status: 403, payload: { reason: 'role' } })
  })

  it('stays, with the tokens, when they cannot go where they should', async () => {
    leaving = await addMember(test$, 'member', { scopes })
    const token = await addToken(leaving.id, scopes)
    const disabled = await addMember(test$, 'admin')
    await test$.database.db
      .updateTable('user')
      .set({ disabled_at: test$.deps.now() })
      .where('id', '=', disabled.id)
      .execute()
    for (const tokensTo of [leaving.id, disabled.id, 99_999]) {
      await expect(owner(deleteMember, { params: { id: leaving.id }, query: { tokensTo } })).rejects.toMatchObject({
        status: 400,
        payload: { param: 'tokensTo' },
      })
    }
    await token.call(getMe)
    await leaving.call(getSession)
  })

  it('goes while a token is rotated and another one made: nothing is stuck, and none of the tokens is left', async () => {
    leaving = await addMember(test$, 'member', { scopes })
    const [rotated, other] = [await addToken(leaving.id, scopes), await addToken(leaving.id, scopes)]
    const { db } = test$.database
    const isWaiting = async (queries: number): Promise<boolean> => {
      const { rows } = await sql`select 1 from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`.execute(db)
      return rows.length >= queries
    }
    const params = { id: rotated.id }
    const outcome = await db.transaction().execute(async (trx) => {
      await trx.selectFrom('access_token').select('id').where('id', '=', rotated.id).forUpdate().execute()
      const removal = owner(deleteMember, { params: { id: leaving.id } })
      await expect.poll(() => isWaiting(1), { timeout: 5_000 }).toBe(true)
      const rotation = leaving.call(rotateToken, { params, body: { overlapSeconds: 0 } })
      const copy = leaving.call(duplicateToken, { params: { id: other.id }, body: {} })
      rotation.catch(() => undefined)
      copy.catch(() => undefined)
      await expect.poll(() => isWaiting(3), { timeout: 5_000 }).toBe(true)
      // What a rotation that is further on does: its new token holds on to the account.
      await insertToken(trx, { name: 'new', expiresInSeconds: 60, scopes, workspaces: 'all' }, leaving.id, new Date())
      return { removal, rotation, copy }
    })
    expect(await outcome.removal).toMatchObject({
      tokens: [{ fate: 'revoked' }, { fate: 'revoked' }, { fate: 'revoked' }],
    })
    await expect(outcome.rotation).rejects.toMatchObject({ status: 404 })
    await expect(outcome.copy).rejects.toMatchObject({ status: 401 })
    const living = db
      .selectFrom('access_token')
      .select('id')
      .where('created_by', 'is', null)
      .where('revoked_at', 'is', null)
    expect(await living.execute()).toEqual([])
  })
})
