import { afterAll, beforeAll, expect, it } from 'vitest'

import { getMe } from '#api/contract/account.ts'
import { listBackups } from '#api/contract/backups.ts'
import { getMember } from '#api/contract/members.ts'
import { ALL_SCOPES } from '#api/contract/scopes.ts'
import { getSession } from '#api/contract/session.ts'
import { REVOKE_ALL_WORDS, revokeAllTokens } from '#api/contract/token-lifecycle.ts'
import {
  DEFAULT_TOKEN_POLICY,
  listExpiringTokens,
  listTokenViolations,
  putTokenPolicy,
} from '#api/contract/token-policy.ts'
import { getToken, listTokens, revokeToken } from '#api/contract/tokens.ts'

import { addMember } from '../resources/members/member-fixture.ts'
import { insertToken } from '../resources/tokens/store.ts'
import { createTestApp, type TestApp } from '../testing/test-app.ts'
import { makeOperatorToken } from './operator-token.ts'

let test$: TestApp

beforeAll(async () => {
  test$ = await createTestApp()
})
afterAll(() => test$.close())

const EXPIRED_LONG_AGO = new Date(Date.now() - 86_400_000)
const grant = { name: 'Metadeck command line', expiresInSeconds: 60, scopes: ALL_SCOPES, workspaces: 'all' as const }

it('what a killed command left is cleared away, and nobody’s token of the same name', async () => {
  const { db } = test$.database
  const mine = await insertToken(db, grant, 1, EXPIRED_LONG_AGO)
  const left = await insertToken(db, { ...grant, isOperator: true }, 1, EXPIRED_LONG_AGO)
  const operator = await makeOperatorToken(db)
  await operator.remove()
  const rows = await db.selectFrom('access_token').select('id').where('name', '=', grant.name).execute()
  expect(rows).toEqual([{ id: mine.token.id }])
  expect(left.token.id).not.toBe(mine.token.id)
})

it('counts as an owner who is not disabled when it begins, whoever is disabled meanwhile', async () => {
  const { db } = test$.database
  const second = await addMember(test$, 'owner')
  await db.updateTable('user').set({ disabled_at: new Date() }).where('id', '!=', second.id).execute()
  const operator = await makeOperatorToken(db)
  const maker = await db.selectFrom('access_token').select('created_by').where('is_operator', '=', true).execute()
  expect(maker).toEqual([{ created_by: second.id }])
  await db.updateTable('user').set({ disabled_at: new Date() }).execute()
  await test$.callWith({ authorization: `Bearer ${operator.secret}` })(listBackups)
  await db.updateTable('user').set({ disabled_at: null }).execute()
  await operator.remove()
})

it('keeps no policy, is in no list and on no page, and is not revoked with all others', async () => {
  const owner = await test$.signIn()
  const strict = { ...DEFAULT_TOKEN_POLICY, maxLifeSeconds: 600, defaultLifeSeconds: 600, allowsNever: false }
  const before = await owner(listTokens)
  const { id: me } = (await owner(getSession)).user
  const operator = await makeOperatorToken(test$.database.db)
  const call = test$.callWith({ authorization: `Bearer ${operator.secret}` })
  const { id } = await call(getMe)
  const row = await test$.database.db
    .selectFrom('access_token')
    .select(['id', 'created_by'])
    .where('is_operator', '=', true)
    .executeTakeFirstOrThrow()
  expect([row.created_by, id]).toEqual([me, me])
  // The policy is broken by tokens of the test itself, too.
  const { violations } = await owner(putTokenPolicy, { body: strict })
  await call(listBackups)
  const { items, total } = await owner(listTokenViolations)
  expect([items.map((token) => token.id).includes(row.id), total]).toEqual([false, violations])
  const after = await owner(listTokens)
  expect([after.total, after.items.map((token) => token.id).includes(row.id)]).toEqual([before.total, false])
  const { items: expiring } = await owner(listExpiringTokens, { query: { days: 1 } })
  expect(expiring.map(({ token }) => token.id)).not.toContain(row.id)
  expect((await owner(getMember, { params: { id: me } })).tokenList.map((token) => token.id)).not.toContain(row.id)
  for (const endpoint of [getToken, revokeToken]) {
    await expect(owner(endpoint, { params: { id: row.id } })).rejects.toMatchObject({ status: 404 })
  }
  await owner(revokeAllTokens, { body: { confirm: REVOKE_ALL_WORDS } })
  await call(listBackups)
  await operator.remove()
  await expect(call(listBackups)).rejects.toMatchObject({ status: 401 })
})
