import { afterAll, beforeAll, expect, it } from 'vitest'

import { ALL_SCOPES } from '#api/contract/scopes.ts'

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

it('counts as an owner who is not disabled', async () => {
  const { db } = test$.database
  const second = await addMember(test$, 'owner')
  await db.updateTable('user').set({ disabled_at: new Date() }).where('id', '!=', second.id).execute()
  const operator = await makeOperatorToken(db)
  const maker = await db.selectFrom('access_token').select('created_by').where('is_operator', '=', true).execute()
  expect(maker).toEqual([{ created_by: second.id }])
  await operator.remove()
})
