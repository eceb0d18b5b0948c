import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

import * as contract from '#api/contract/oidc.ts'
import { getSession, signIn } from '#api/contract/session.ts'

import type { Db } from '../../db/connection.ts'
import { createTestApp, OWNER, type TestApp } from '../../testing/test-app.ts'
import { holdMembers } from '../members/change-members.ts'
import { holdAccount } from '../second-factor/factors.ts'
import { openBrowser, type TestBrowser } from '../session/browser-fixture.ts'
import { raceWith } from '../session/race-fixture.ts'
import { startTestProvider, type TestProvider } from './provider-fixture.ts'

let test$: TestApp
let idp: TestProvider
let owner: TestBrowser
let provider: contract.OidcProvider
let people = 0

beforeAll(async () => {
  test$ = await createTestApp()
  idp = await startTestProvider([1, 2, 3, 4, 5].map((id) => `http://localhost/api:console/oidc/${id}/callback`))
  owner = openBrowser(test$)
  await owner.call(signIn, { body: { email: OWNER.email, password: OWNER.password } })
})
afterAll(async () => {
  await idp.close()
  await test$.close()
})
beforeEach(async () => {
  people += 1
  const { issuer, clientId, clientSecret } = idp
  const rules = { allowedDomains: ['example.com'], createsAccounts: true, fallbackRole: 'admin' as const }
  const body = { name: `Login ${people}`, issuer, clientId, clientSecret, ...rules }
  provider = await owner.call(contract.createOidcProvider, { body })
  idp.person = { sub: `subject-${people}`, email: `person-${people}@example.com`, email_verified: true }
})

/** Comes back from the provider while `change` is made, which is there before the account is looked for. */
async function signInDuring(
  browser: TestBrowser,
  change: (trx: Db) => Promise<unknown>,
  hold: (trx: Db) => Promise<unknown> = holdMembers,
): Promise<string> {
  const { location } = await browser.get(`/api:console/oidc/${provider.id}/start`)
  const back = new URL(await idp.visit(location))
  const meanwhile = () => browser.get(`${back.pathname}${back.search}`)
  return (await raceWith(test$.database.db, { hold, meanwhile, change })).location
}

/** Who comes back next, with an account that is linked already. */
async function linkedPerson(): Promise<{ id: number }> {
  const browser = openBrowser(test$)
  await signInDuring(browser, () => Promise.resolve())
  return (await browser.call(getSession)).user
}

const later = (): Date => new Date(test$.deps.now().getTime() + 1)
const changed = (set: { is_active?: boolean; creates_accounts?: boolean }) => (trx: Db) =>
  trx
    .updateTable('oidc_provider')
    .set({ ...set, updated_at: later() })
    .where('id', '=', provider.id)
    .execute()

test.each([
  ['turned off', changed({ is_active: false })],
  ['closed to new people', changed({ creates_accounts: false })],
  ['deleted', (trx: Db) => trx.deleteFrom('oidc_provider').where('id', '=', provider.id).execute()],
] as const)('a provider that is %s while somebody comes back from it makes no account', async (_what, change) => {
  const browser = openBrowser(test$)
  expect(await signInDuring(browser, change)).toBe('http://localhost/sign-in?error=provider_unknown')
  await expect(browser.call(getSession)).rejects.toMatchObject({ status: 401 })
  const accounts = test$.database.db.selectFrom('user').selectAll().where('email', '=', String(idp.person['email']))
  expect(await accounts.execute()).toEqual([])
})

test('one that is turned off before the session is made opens none', async () => {
  const browser = openBrowser(test$)
  const { id } = await linkedPerson()
  const hold = (trx: Db) => holdAccount(trx, id)
  expect(await signInDuring(browser, changed({ is_active: false }), hold)).toBe(
    'http://localhost/sign-in?error=provider_unknown',
  )
  await expect(browser.call(getSession)).rejects.toMatchObject({ status: 401 })
})

test('one that stays as it is lets them in', async () => {
  const browser = openBrowser(test$)
  expect(await signInDuring(browser, () => Promise.resolve())).toBe('http://localhost/')
  expect(await browser.call(getSession)).toMatchObject({ user: { role: 'admin' } })
})
