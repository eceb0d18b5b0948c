import cookies from '@fastify/cookie'
import { fastify, type FastifyInstance } from 'fastify'
import { TOTP } from 'otpauth'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { startPasskeySignIn } from '#api/contract/passkeys.ts'
import { confirmTotpAtSignIn, getSignInStep, startTotpAtSignIn } from '#api/contract/second-factor.ts'
import { signIn } from '#api/contract/session.ts'

import { buildApp } from '../../app.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { insertRequest, takeRequest } from '../oidc/requests.ts'
import { addPerson, PASSWORD } from './browser-fixture.ts'
import { takeOwnCookies } from './cookie.ts'
import { writeSignInPolicy } from './sign-in-policy.ts'

const PUBLIC_URL = 'https://deck.example'
const STRICT = { path: '/', secure: true, httpOnly: true, sameSite: 'Strict' }

let test$: TestApp
/** Behind TLS, with a public address. */
let app: FastifyInstance

beforeAll(async () => {
  test$ = await createTestApp()
  const config = { ...test$.deps.config, publicUrl: PUBLIC_URL }
  app = await buildApp({ ...test$.deps, config, publicUrl: () => PUBLIC_URL }, { consoleFolder: 'none' })
  await writeSignInPolicy(test$.database.db, { requiresSecondStep: true })
})
afterAll(async () => {
  await app.close()
  await test$.close()
})

test('over https the ticket between two steps travels in a cookie that no other host can set, there and back', async () => {
  const email = 'ann@example.com'
  await addPerson(test$, email)
  const reply = await app.inject({ method: 'POST', url: signIn.path, payload: { email, password: PASSWORD } })
  const [cookie] = reply.cookies
  expect(cookie).toMatchObject({ name: '__Host-metadeck_sign_in', ...STRICT })
  expect(cookie).not.toHaveProperty('domain')
  const value = cookie?.value ?? ''
  const ask = async (text: string) =>
    (await app.inject({ url: getSignInStep.path, headers: { cookie: text } })).statusCode
  expect(await ask(`__Host-metadeck_sign_in=${value}`)).toBe(200)
  expect(await ask(`metadeck_sign_in=planted; __Host-metadeck_sign_in=${value}`)).toBe(200)
  expect(await ask(`metadeck_sign_in=${value}`)).toBe(401)
  const headers = { cookie: `__Host-metadeck_sign_in=${value}` }
  const started = await app.inject({ method: 'POST', url: startTotpAtSignIn.path, headers })
  const code = new TOTP({ secret: started.json<{ secret: string }>().secret }).generate()
  const done = await app.inject({ method: 'POST', url: confirmTotpAtSignIn.path, headers, payload: { code } })
  expect(done.cookies).toContainEqual(
    expect.objectContaining({ name: '__Host-metadeck_sign_in', value: '', ...STRICT }),
  )
})

test('so does what binds a passkey’s challenge to the browser', async () => {
  const reply = await app.inject({ method: 'POST', url: startPasskeySignIn.path })
  expect(reply.cookies).toMatchObject([{ name: '__Host-metadeck_passkey', ...STRICT }])
})

test('so does what binds a sign-in at a provider to the browser, and it comes along from there', async () => {
  const { database, deps } = test$
  const { id } = await database.db
    .insertInto('oidc_provider')
    .values({
      name: 'Any',
      issuer: 'https://idp.example.com',
      client_id: 'id',
      sealed_secret: null,
      allowed_domains: '[]',
      role_claim: null,
      role_rules: '[]',
      creates_accounts: false,
      new_role: null,
      new_scopes: '{}',
      new_workspaces: null,
      counts_as_second_factor: false,
      is_active: true,
      created_at: deps.now(),
      updated_at: deps.now(),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const secure = { ...deps, publicUrl: () => PUBLIC_URL }
  const begun = { state: 'some-state', nonce: 'n', verifier: 'v', nextPath: '/' }
  const browser = fastify()
  await browser.register(cookies)
  browser.addHook('onRequest', async (request) => takeOwnCookies(request, PUBLIC_URL))
  browser.get('/start', async (_request, reply) => insertRequest(id, begun, reply, secure))
  browser.get('/back', async (request, reply) => takeRequest(id, request, reply, secure))
  const [sent] = (await browser.inject('/start')).cookies
  expect(sent).toMatchObject({ ...STRICT, sameSite: 'Lax', name: expect.stringMatching(/^__Host-metadeck_oidc_\w+$/) })
  const back = (cookie: string) => browser.inject({ url: '/back?state=some-state', headers: { cookie } })
  expect((await back(`${sent?.name.slice('__Host-'.length) ?? ''}=${sent?.value ?? ''}`)).statusCode).toBe(500)
  const reply = await back(`${sent?.name ?? ''}=${sent?.value ?? ''}`)
  expect([reply.json(), reply.cookies]).toMatchObject([
    begun,
    [{ name: sent?.name, value: '', path: '/', secure: true }],
  ])
})
