import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

import { TOTP } from 'otpauth'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import * as contract from '#api/contract/oidc.ts'
import { confirmTotp, finishSignIn, getSignInStep, startTotp } from '#api/contract/second-factor.ts'
import { getSession, signIn } from '#api/contract/session.ts'
import { getSignInMethods } from '#api/contract/sign-in-methods.ts'
import { rotateToken } from '#api/contract/token-lifecycle.ts'
import { createToken } from '#api/contract/tokens.ts'

import { createTestApp, OWNER, type TestApp } from '../../testing/test-app.ts'
import { holdMembers } from '../members/change-members.ts'
import { addPerson, openBrowser, PASSWORD, type TestBrowser } from '../session/browser-fixture.ts'
import { raceWith } from '../session/race-fixture.ts'
import { startTestProvider, type TestProvider } from './provider-fixture.ts'

let test$: TestApp
let idp: TestProvider
let owner: TestBrowser
let provider: contract.OidcProvider
let subjects = 0

const REDIRECTS = [1, 2, 3].map((id) => `http://localhost/api:console/oidc/${id}/callback`)

beforeAll(async () => {
  test$ = await createTestApp()
  idp = await startTestProvider(REDIRECTS)
  owner = openBrowser(test$)
  await owner.call(signIn, { body: { email: OWNER.email, password: OWNER.password } })
  provider = await owner.call(contract.createOidcProvider, { body: settings() })
})
afterAll(async () => {
  await idp.close()
  await test$.close()
})
beforeEach(async () => {
  idp.isForged = false
  await configure({})
})

const settings = (): contract.SaveOidcProvider => ({
  name: 'Example login',
  issuer: idp.issuer,
  clientId: idp.clientId,
  clientSecret: idp.clientSecret,
  allowedDomains: ['example.com'],
  createsAccounts: true,
})

/** The provider as it is by default but for these. */
async function configure(change: Partial<contract.SaveOidcProvider>): Promise<void> {
  provider = await owner.call(contract.updateOidcProvider, {
    params: { id: provider.id },
    body: { ...settings(), ...change },
  })
}

/** Who signs in at the provider next. */
function person(claims: Record<string, unknown> = {}): { sub: string; email: string } {
  const email = `sso-${++subjects}@example.com`
  idp.person = { sub: `subject-${subjects}`, email, email_verified: true, name: 'Sam Single', ...claims }
  return { sub: idp.person.sub, email: String(idp.person['email']) }
}

const startUrl = (next = '/'): string => `/api:console/oidc/${provider.id}/start?next=${encodeURIComponent(next)}`

/** Goes to the provider and back to the callback's address, which is not called yet. */
async function reachCallback(browser: TestBrowser, next?: string): Promise<string> {
  const { status, location } = await browser.get(startUrl(next))
  expect(status).toBe(302)
  const back = new URL(await idp.visit(location))
  expect(`${back.origin}${back.pathname}`).toBe(provider.redirectUri)
  return `${back.pathname}${back.search}`
}

async function signInBy(browser: TestBrowser, next?: string): Promise<string> {
  return (await browser.get(await reachCallback(browser, next))).location
}

const failedWith = (code: contract.OidcFailure): string => `http://localhost/sign-in?error=${code}`

async function lastRecord() {
  return test$.database.db
    .selectFrom('audit_record')
    .selectAll()
    .where('action', '=', 'oidcFinish')
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow()
}

describe('the sign-in', () => {
  test('goes by code, PKCE, state and nonce, and makes a session', async () => {
    const { email } = person()
    const browser = openBrowser(test$)
    const { location, setCookies } = await browser.get(startUrl())
    const query = Object.fromEntries(new URL(location).searchParams)
    expect(query).toMatchObject({ response_type: 'code', code_challenge_method: 'S256', client_id: idp.clientId })
    for (const name of ['state', 'nonce', 'code_challenge']) expect(query[name]).toMatch(/^[\w-]{40,}$/)
    expect(setCookies.join()).toMatch(/HttpOnly.*SameSite=Lax/)
    const back = new URL(await idp.visit(location))
    expect(await browser.get(`${back.pathname}${back.search}`)).toMatchObject({
      status: 302,
      location: 'http://localhost/',
    })
    expect(await browser.call(getSession)).toMatchObject({ user: { email, role: 'member', name: 'Sam Single' } })
    expect([...browser.cookies.keys()]).toEqual(['metadeck_session'])
    expect(await lastRecord()).toMatchObject({
      target: { kind: 'session', name: email },
      detail: { method: 'oidc', provider: 'Example login' },
    })
  })

  test('leads on to the path that was asked for, and never to another site', async () => {
    person()
    const browser = openBrowser(test$)
    expect(await signInBy(browser, '/w/3/tables?x=1#top')).toBe('http://localhost/w/3/tables?x=1#top')
    for (const next of [
      '//evil.example',
      '/\\evil.example',
      'https://evil.example',
      '/.//evil.example',
      '/a/..//evil.example',
    ]) {
      expect(new URL(await signInBy(browser, next)).origin).toBe('http://localhost')
    }
    expect(await signInBy(browser, '/a/..//evil.example')).toBe('http://localhost/')
  })

  test('finds the account again by issuer and subject, whatever the address is now', async () => {
    const { email } = person()
    await signInBy(openBrowser(test$))
    idp.person = { ...idp.person, email: 'renamed@example.com' }
    const browser = openBrowser(test$)
    await signInBy(browser)
    expect(await browser.call(getSession)).toMatchObject({ user: { email } })
  })

  test('links an account that is there by its verified address', async () => {
    const { email } = person()
    const id = await addPerson(test$, email, 'admin')
    const browser = openBrowser(test$)
    await signInBy(browser)
    expect(await browser.call(getSession)).toMatchObject({ user: { id, role: 'admin' } })
  })

  test('somebody new with the address of a linked account does not get that account', async () => {
    const { email } = person()
    await signInBy(openBrowser(test$))
    person({ email })
    expect(await signInBy(openBrowser(test$))).toBe(failedWith('no_access'))
  })

  test('the same subject at another issuer is somebody else', async () => {
    const { sub, email } = person()
    const id = await addPerson(test$, 'elsewhere@example.com', 'admin')
    const now = test$.deps.now()
    const identity = { issuer: 'https://other.example', subject: sub, user_id: id, created_at: now, last_used_at: now }
    await test$.database.db.insertInto('oidc_identity').values(identity).execute()
    const browser = openBrowser(test$)
    await signInBy(browser)
    expect(await browser.call(getSession)).toMatchObject({ user: { email, role: 'member' } })
  })

  test('a new member holds what the provider gives, and nothing by default', async () => {
    person()
    const browser = openBrowser(test$)
    await signInBy(browser)
    expect((await browser.call(getSession)).scopes).toEqual({})
    await configure({ memberScopes: { 'workspace:database': 'r' } })
    person()
    await signInBy(browser)
    expect((await browser.call(getSession)).scopes).toEqual({ 'workspace:database': 'r' })
  })
})

describe('refused, with a code that tells nothing about accounts', () => {
  test('another state, and no state', async () => {
    person()
    const browser = openBrowser(test$)
    const callback = new URL(await reachCallback(browser), 'http://localhost')
    callback.searchParams.set('state', 'A'.repeat(43))
    expect((await browser.get(`${callback.pathname}${callback.search}`)).location).toBe(failedWith('sign_in_expired'))
    expect((await browser.get(callback.pathname)).location).toBe(failedWith('sign_in_expired'))
    await expect(browser.call(getSession)).rejects.toMatchObject({ status: 401 })
  })

  test('a callback that is played again, or in another browser, or too late', async () => {
    person()
    const browser = openBrowser(test$)
    const callback = await reachCallback(browser)
    const cookies = new Map(browser.cookies)
    const other = openBrowser(test$)
    expect((await other.get(callback)).location).toBe(failedWith('sign_in_expired'))
    // A cookie that this browser was given for a sign-in of its own, or that somebody planted there.
    for (const name of cookies.keys()) other.cookies.set(name, 'A'.repeat(43))
    expect((await other.get(callback)).location).toBe(failedWith('sign_in_expired'))
    expect((await browser.get(callback)).location).toBe('http://localhost/')
    const again = openBrowser(test$)
    for (const [name, value] of cookies) again.cookies.set(name, value)
    expect((await again.get(callback)).location).toBe(failedWith('sign_in_expired'))
    const late = await reachCallback(browser)
    test$.advance(10 * 60_000 + 1)
    expect((await browser.get(late)).location).toBe(failedWith('sign_in_expired'))
    // The owner's own sign-in is old now as well, and providers are changed with a fresh one.
    await owner.call(signIn, { body: { email: OWNER.email, password: OWNER.password } })
  })

  test('the answer to a sign-in that was begun at another provider', async () => {
    person()
    const second = await owner.call(contract.createOidcProvider, { body: { ...settings(), name: 'Second' } })
    const browser = openBrowser(test$)
    const callback = await reachCallback(browser)
    const mixedUp = callback.replace(`/oidc/${provider.id}/`, `/oidc/${second.id}/`)
    expect((await browser.get(mixedUp)).location).toBe(failedWith('sign_in_expired'))
    await expect(browser.call(getSession)).rejects.toMatchObject({ status: 401 })
    await owner.call(contract.deleteOidcProvider, { params: { id: second.id } })
  })

  test.each([
    ['an address that is not verified', { email_verified: false }, 'email_not_verified'],
    ['an address about which nothing is said', { email_verified: undefined }, 'email_not_verified'],
    ['an address of another domain', { email: 'eve@elsewhere.example' }, 'no_access'],
    ['an address below the domain', { email: 'eve@sub.example.com' }, 'no_access'],
    ['a domain that ends alike', { email: 'eve@notexample.com' }, 'no_access'],
  ] as const)('%s', async (_what, claims, code) => {
    person(claims)
    const browser = openBrowser(test$)
    expect(await signInBy(browser)).toBe(failedWith(code))
    await expect(browser.call(getSession)).rejects.toMatchObject({ status: 401 })
    expect(await lastRecord()).toMatchObject({
      outcome: 'refused',
      detail: { method: 'oidc', outcome: 'failed', code },
    })
  })

  test('a person without an account where none is made, and one who is disabled', async () => {
    await configure({ createsAccounts: false })
    const { email } = person()
    expect(await signInBy(openBrowser(test$))).toBe(failedWith('no_access'))
    const id = await addPerson(test$, email)
    await test$.database.db.updateTable('user').set({ disabled_at: test$.deps.now() }).where('id', '=', id).execute()
    expect(await signInBy(openBrowser(test$))).toBe(failedWith('no_access'))
  })

  test('a token that another key signed', async () => {
    person()
    idp.isForged = true
    const browser = openBrowser(test$)
    expect(await signInBy(browser)).toBe(failedWith('sign_in_failed'))
    expect(await lastRecord()).toMatchObject({ detail: { reason: 'OAUTH_INVALID_RESPONSE' } })
    await expect(browser.call(getSession)).rejects.toMatchObject({ status: 401 })
  })

  test('what the provider refused itself', async () => {
    person()
    const browser = openBrowser(test$)
    const { location } = await browser.get(startUrl('/tokens'))
    const state = new URL(location).searchParams.get('state') ?? ''
    const query = new URLSearchParams({
      error: 'access_denied',
      error_description: '<b>no</b>',
      state,
      iss: idp.issuer,
    })
    const back = await browser.get(`/api:console/oidc/${provider.id}/callback?${query.toString()}`)
    expect(back.location).toBe(`${failedWith('provider_refused')}&next=%2Ftokens`)
  })

  test('a provider that is turned off, unknown, or down', async () => {
    await configure({ active: false })
    const browser = openBrowser(test$)
    expect((await browser.get(startUrl())).location).toBe(failedWith('provider_unknown'))
    expect((await browser.get('/api:console/oidc/999/start')).location).toBe(failedWith('provider_unknown'))
    await configure({ issuer: 'http://127.0.0.1:1' })
    expect((await browser.get(startUrl('/tokens'))).location).toBe(
      `${failedWith('provider_unavailable')}&next=%2Ftokens`,
    )
  })

  test.each(['javascript:alert(1)//', 'http://elsewhere.example/auth', 'data:text/html,x'])(
    'a provider that would send the browser to %s',
    async (authorization_endpoint) => {
      const server = createServer((_request, response) => {
        response.setHeader('content-type', 'application/json')
        response.end(JSON.stringify({ issuer, authorization_endpoint }))
      })
      await once(server.listen(0, '127.0.0.1'), 'listening')
      const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
      await configure({ issuer })
      const { location } = await openBrowser(test$).get(startUrl())
      server.close()
      expect(location).toMatch(/^http:\/\/localhost\/sign-in\?error=\w+$/)
    },
  )

  test('starting one sign-in after the other without end', async () => {
    const browser = openBrowser(test$, { address: '10.7.7.7' })
    const window_ends_at = new Date(test$.deps.now().getTime() + 60_000)
    const throttle = { key: 'oidc:10.7.7.7', failures: 299, window_ends_at }
    await test$.database.db.insertInto('throttle').values(throttle).execute()
    expect((await browser.get(startUrl())).location).toContain(idp.issuer)
    expect((await browser.get(startUrl())).location).toBe(failedWith('too_many_attempts'))
  })
})

describe('roles', () => {
  const RULES: Partial<contract.SaveOidcProvider> = {
    roleClaim: 'groups',
    roleRules: [
      { value: 'deck-admins', role: 'admin' },
      { value: 'deck-users', role: 'member' },
    ],
    fallbackRole: null,
  }

  function signInWith(groups: string | string[], browser: TestBrowser) {
    idp.person = { ...idp.person, groups }
    return signInBy(browser)
  }

  test('come from the claim at every sign-in; who fits no rule is refused', async () => {
    await configure(RULES)
    person({ groups: ['staff', 'deck-admins'] })
    const browser = openBrowser(test$)
    await signInBy(browser)
    expect(await browser.call(getSession)).toMatchObject({ user: { role: 'admin' } })
    await signInWith('deck-users', browser)
    expect(await browser.call(getSession)).toMatchObject({ user: { role: 'member' }, scopes: {} })
    expect(await signInWith(['staff'], openBrowser(test$))).toBe(failedWith('no_access'))
  })

  test('that change, and accounts that are made or linked, are in the audit log', async () => {
    await configure(RULES)
    const { email } = person({ groups: ['deck-users'] })
    await signInBy(openBrowser(test$))
    expect(await lastRecord()).toMatchObject({
      detail: { account: { email }, created: true, linked: true, roleBefore: null, roleAfter: 'member' },
    })
    await signInBy(openBrowser(test$))
    expect((await lastRecord()).detail).toEqual({ method: 'oidc', provider: 'Example login' })
    await signInWith(['deck-admins'], openBrowser(test$))
    expect(await lastRecord()).toMatchObject({
      detail: { account: { email }, created: false, linked: false, roleBefore: 'member', roleAfter: 'admin' },
    })
  })

  test('that go down take the secrets with them that an admin was shown of the tokens of others', async () => {
    await configure(RULES)
    person({ groups: ['deck-admins'] })
    const browser = openBrowser(test$)
    await signInBy(browser)
    const body = { name: 'ci', expiresInSeconds: 3_600, scopes: { 'workspace:log': 'r' }, workspaces: 'all' as const }
    const params = await owner.call(createToken, { body })
    const { id } = await browser.call(rotateToken, { params, body: { overlapSeconds: 0 } })
    await signInWith(['deck-users'], browser)
    expect((await lastRecord()).detail).toMatchObject({ roleAfter: 'member', tokens: [{ id, fate: 'disabled' }] })
  })

  test('whoever is made an owner while they sign in stays one', async () => {
    await configure(RULES)
    const { email } = person({ groups: ['deck-users'] })
    const browser = openBrowser(test$)
    await signInBy(browser)
    idp.person = { ...idp.person, groups: ['deck-admins'] }
    const callback = await reachCallback(browser)
    await raceWith(test$.database.db, {
      hold: holdMembers,
      meanwhile: () => browser.get(callback),
      change: (trx) => trx.updateTable('user').set({ role: 'owner' }).where('email', '=', email).execute(),
    })
    expect(await browser.call(getSession)).toMatchObject({ user: { email, role: 'owner' } })
    await test$.database.db.updateTable('user').set({ role: 'member' }).where('email', '=', email).execute()
  })

  test('an owner stays an owner, and nobody becomes one', async () => {
    await configure(RULES)
    const { email } = person({ groups: [] })
    await addPerson(test$, email, 'owner')
    const browser = openBrowser(test$)
    await signInBy(browser)
    expect(await browser.call(getSession)).toMatchObject({ user: { role: 'owner' } })
    const rule = { value: 'x', role: 'owner' as 'admin' }
    await expect(configure({ roleRules: [rule] })).rejects.toMatchObject({ code: 'invalid_input' })
  })
})

test('an account with a second step is asked for it, unless the provider counts as one', async () => {
  const { email } = person()
  await addPerson(test$, email)
  const browser = openBrowser(test$)
  await browser.call(signIn, { body: { email, password: PASSWORD } })
  const { secret } = await browser.call(startTotp)
  const codeOf = (): string => new TOTP({ secret }).generate({ timestamp: test$.deps.now().getTime() })
  await browser.call(confirmTotp, { body: { code: codeOf() } })
  test$.advance(90_000)
  const fresh = openBrowser(test$)
  expect(await signInBy(fresh, '/tokens')).toBe('http://localhost/sign-in?step=1&next=%2Ftokens')
  await expect(fresh.call(getSession)).rejects.toMatchObject({ status: 401 })
  expect(await fresh.call(getSignInStep)).toMatchObject({ needs: 'second_factor' })
  expect(await fresh.call(finishSignIn, { body: { code: codeOf() } })).toMatchObject({ user: { email } })
  await configure({ countsAsSecondFactor: true })
  expect(await signInBy(openBrowser(test$), '/tokens')).toBe('http://localhost/tokens')
})

describe('providers', () => {
  test('are for owners; the secret is stored sealed and never told', async () => {
    const list = await owner.call(contract.listOidcProviders)
    expect(list.items[0]).toMatchObject({ hasSecret: true, redirectUri: REDIRECTS[0] })
    const rows = await test$.database.db.selectFrom('oidc_provider').selectAll().execute()
    const records = await test$.database.db.selectFrom('audit_record').selectAll().execute()
    for (const told of [list, rows, records]) expect(JSON.stringify(told)).not.toContain(idp.clientSecret)
    await addPerson(test$, 'admin@example.com', 'admin')
    const admin = openBrowser(test$)
    await admin.call(signIn, { body: { email: 'admin@example.com', password: PASSWORD } })
    await expect(admin.call(contract.listOidcProviders)).rejects.toMatchObject({ status: 403 })
    await expect(admin.call(contract.createOidcProvider, { body: settings() })).rejects.toMatchObject({ status: 403 })
  })

  test('are what lets the last owner in where there is no password, and stay then', async () => {
    const { db } = test$.database
    const others = db.updateTable('user').set({ role: 'admin' }).where('role', '=', 'owner')
    await others.where('email', '!=', OWNER.email).execute()
    const me = await db.selectFrom('user').selectAll().where('email', '=', OWNER.email).executeTakeFirstOrThrow()
    const now = test$.deps.now()
    const identity = { issuer: idp.issuer, subject: 'olive', user_id: me.id, created_at: now, last_used_at: now }
    await db.insertInto('oidc_identity').values(identity).execute()
    await db.updateTable('user').set({ password_hash: null }).where('id', '=', me.id).execute()
    const refusal = { status: 409, payload: { reason: 'last_owner' } }
    await expect(owner.call(contract.deleteOidcProvider, { params: { id: provider.id } })).rejects.toMatchObject(
      refusal,
    )
    await expect(configure({ active: false })).rejects.toMatchObject(refusal)
    await expect(configure({ issuer: 'http://127.0.0.1:1' })).rejects.toMatchObject(refusal)
    await configure({ name: 'Renamed' })
    await db.updateTable('user').set({ password_hash: me.password_hash }).where('id', '=', me.id).execute()
    await configure({})
  })

  test('are recorded with what changed, and never with a secret', async () => {
    await configure({ countsAsSecondFactor: true, fallbackRole: 'admin', clientSecret: 'another hush-hush' })
    const record = await test$.database.db
      .selectFrom('audit_record')
      .selectAll()
      .where('action', '=', 'oidcProviderUpdate')
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow()
    expect(record).toMatchObject({
      target: { kind: 'oidc_provider', id: provider.id, name: 'Example login' },
      before: { counts_as_second_factor: false, new_role: 'member', sealed_secret: '•••' },
      after: { counts_as_second_factor: true, new_role: 'admin', sealed_secret: '•••' },
    })
    expect(JSON.stringify(record)).not.toContain('hush')
  })

  test('are listed for the sign-in page by name only', async () => {
    expect(await test$.callWith({})(getSignInMethods)).toEqual({
      password: true,
      passkeys: { available: true, reason: null },
      oidc: [{ id: provider.id, name: 'Example login' }],
    })
  })

  test.each([
    'http://idp.example.com',
    'http://169.254.169.254',
    'https://user:pass@idp.example.com',
    'ftp://x.example',
  ])('the issuer %s is refused', async (issuer) => {
    await expect(configure({ issuer })).rejects.toMatchObject({ code: 'invalid_input', payload: { param: 'issuer' } })
  })

  test('another issuer does not get the secret of this one', async () => {
    const { clientSecret: _secret, ...rest } = settings()
    const params = { id: provider.id }
    await expect(
      owner.call(contract.updateOidcProvider, { params, body: { ...rest, issuer: 'https://idp.example.com' } }),
    ).rejects.toMatchObject({ payload: { param: 'clientSecret' } })
    expect(await owner.call(contract.updateOidcProvider, { params, body: rest })).toMatchObject({ hasSecret: true })
  })

  test('a name is taken once; trying one tells whether it answers; deleted, it is gone', async () => {
    await expect(owner.call(contract.createOidcProvider, { body: settings() })).rejects.toMatchObject({
      payload: { param: 'name' },
    })
    const params = { id: provider.id }
    expect(await owner.call(contract.testOidcProvider, { params })).toMatchObject({ ok: true })
    const down = await owner.call(contract.createOidcProvider, {
      body: { ...settings(), name: 'Down', issuer: 'http://127.0.0.1:1' },
    })
    expect(await owner.call(contract.testOidcProvider, { params: { id: down.id } })).toMatchObject({ ok: false })
    await owner.call(contract.deleteOidcProvider, { params: { id: down.id } })
    await expect(owner.call(contract.deleteOidcProvider, { params: { id: down.id } })).rejects.toMatchObject({
      status: 404,
    })
  })
})
