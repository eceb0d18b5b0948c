import { Kysely, PostgresDialect } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'

import * as contract from '#api/contract/passkeys.ts'
import {
  confirmTotpAtSignIn,
  finishSignIn,
  getSecondFactor,
  resetSecondFactor,
  startTotp,
  startTotpAtSignIn,
} from '#api/contract/second-factor.ts'
import { getSession, signIn } from '#api/contract/session.ts'

import { buildApp } from '../../app.ts'
import { connect, OWN_SCHEMA } from '../../db/connection.ts'
import type { Database } from '../../db/tables.ts'
import { createTestApp, OWNER, type TestApp } from '../../testing/test-app.ts'
import { replaceRecoveryCodes } from '../second-factor/recovery-codes.ts'
import { addPerson, openBrowser, PASSWORD, type TestBrowser } from '../session/browser-fixture.ts'
import { type ChallengeHolder, insertChallenge, takeChallenge } from './challenges.ts'
import { type Ceremony, SoftwareAuthenticator } from './software-authenticator.ts'
import { noteUse, passkeysOf } from './store.ts'
import { verifyAssertion } from './verify.ts'

let test$: TestApp
let people = 0

beforeAll(async () => {
  test$ = await createTestApp()
})
afterAll(() => test$.close())

/** Somebody new with a passkey, and the browser in which they made it. */
async function newPerson() {
  people += 1
  const email = `person-${people}@example.com`
  const id = await addPerson(test$, email)
  const browser = openBrowser(test$, { address: `10.0.0.${people}` })
  const body = { email, password: PASSWORD }
  await browser.call(signIn, { body })
  const key = new SoftwareAuthenticator()
  const made = await register(browser, key)
  return { id, email, body, browser, key, ...made }
}

async function register(browser: TestBrowser, key: SoftwareAuthenticator, ceremony: Ceremony = {}) {
  const { options } = await browser.call(contract.startPasskey)
  return browser.call(contract.createPasskey, { body: { name: 'Laptop', response: key.register(options, ceremony) } })
}

/** Signs in without a password, in a browser that knows nothing yet. */
async function signInBy(key: SoftwareAuthenticator, ceremony: Ceremony = {}, browser = openBrowser(test$)) {
  const { options } = await browser.call(contract.startPasskeySignIn)
  const response = key.assert(options, ceremony)
  const session = await browser.call(contract.signInByPasskey, { body: { response } })
  return { session, browser, response }
}

const REFUSED = { status: 401, payload: { reason: 'wrong_passkey' } }

test('a passkey is registered, listed, renamed and removed', async () => {
  const { browser, passkey, recoveryCodes } = await newPerson()
  expect(passkey).toMatchObject({ name: 'Laptop', usableHere: true, lastUsedAt: null })
  expect(recoveryCodes).toHaveLength(10)
  const second = await register(browser, new SoftwareAuthenticator())
  expect(second.recoveryCodes).toBeNull()
  const params = { id: passkey.id }
  expect(await browser.call(contract.renamePasskey, { params, body: { name: 'Phone' } })).toMatchObject({
    name: 'Phone',
  })
  expect((await browser.call(contract.listPasskeys)).items.map(({ name }) => name)).toEqual(['Phone', 'Laptop'])
  const proof = { password: PASSWORD }
  await browser.call(contract.removePasskey, { params, body: proof })
  expect((await browser.call(contract.listPasskeys)).items).toHaveLength(1)
  await expect(browser.call(contract.removePasskey, { params, body: proof })).rejects.toMatchObject({ status: 404 })
})

test('a fresh session alone takes no passkey away, and sets nothing up that would', async () => {
  const { browser, passkey } = await newPerson()
  const needed = { status: 403, payload: { reason: 'proof_required' } }
  const params = { id: passkey.id }
  await expect(browser.call(contract.removePasskey, { params })).rejects.toMatchObject(needed)
  await expect(browser.call(startTotp)).rejects.toMatchObject(needed)
  await browser.call(startTotp, { body: { password: PASSWORD } })
})

test('it does where the account has nothing else to prove itself by', async () => {
  const { id, browser, passkey } = await newPerson()
  const { db } = test$.database
  await db.updateTable('user').set({ password_hash: null }).where('id', '=', id).execute()
  await db.deleteFrom('recovery_code').where('user_id', '=', id).execute()
  await browser.call(contract.removePasskey, { params: { id: passkey.id } })
  expect((await browser.call(contract.listPasskeys)).items).toEqual([])
})

test('the last owner keeps the only way in', async () => {
  const { id, browser, passkey } = await newPerson()
  const { db } = test$.database
  const owners = await db.selectFrom('user').select('id').where('role', '=', 'owner').execute()
  const ids = owners.map((row) => row.id)
  await db.updateTable('user').set({ role: 'owner', password_hash: null }).where('id', '=', id).execute()
  await db.updateTable('user').set({ role: 'admin' }).where('id', 'in', ids).execute()
  const [recoveryCode = ''] = await replaceRecoveryCodes(db, id, test$.deps.now())
  await expect(
    browser.call(contract.removePasskey, { params: { id: passkey.id }, body: { recoveryCode } }),
  ).rejects.toMatchObject({ status: 409, payload: { reason: 'last_owner' } })
  await db.updateTable('user').set({ role: 'owner' }).where('id', 'in', ids).execute()
})

test("nobody sees or touches another person's passkeys", async () => {
  const { passkey } = await newPerson()
  const { browser: stranger } = await newPerson()
  const params = { id: passkey.id }
  expect((await stranger.call(contract.listPasskeys)).items.map(({ id }) => id)).not.toContain(passkey.id)
  await expect(stranger.call(contract.removePasskey, { params, body: { password: PASSWORD } })).rejects.toMatchObject({
    status: 404,
  })
  await expect(stranger.call(contract.renamePasskey, { params, body: { name: 'x' } })).rejects.toMatchObject({
    status: 404,
  })
})

test('it signs in without a password, and the audit log says so', async () => {
  const { email, key, browser } = await newPerson()
  const { session, browser: fresh } = await signInBy(key)
  expect(session).toMatchObject({ user: { email } })
  expect(await fresh.call(getSession)).toMatchObject({ user: { email } })
  expect((await browser.call(contract.listPasskeys)).items[0]?.lastUsedAt).not.toBeNull()
  const record = await test$.database.db
    .selectFrom('audit_record')
    .selectAll()
    .where('action', '=', 'passkeySignIn')
    .orderBy('id', 'desc')
    .executeTakeFirst()
  expect(record).toMatchObject({ target: { kind: 'session', name: email }, detail: { method: 'passkey' } })
})

test('with a passkey the password alone opens nothing; the passkey is the second step', async () => {
  const { email, body, key } = await newPerson()
  const browser = openBrowser(test$)
  expect(await browser.call(signIn, { body })).toMatchObject({ methods: ['passkey', 'recovery_code'] })
  await expect(browser.call(getSession)).rejects.toMatchObject({ status: 401 })
  const { options } = await browser.call(contract.startPasskeyStep)
  expect(options['allowCredentials']).toMatchObject([{ id: key.id }])
  const response = key.assert(options, { isVerified: false })
  const ticket = browser.cookies.get('metadeck_sign_in') ?? ''
  expect(await browser.call(contract.finishPasskeyStep, { body: { response } })).toMatchObject({ user: { email } })
  expect(await browser.call(getSession)).toMatchObject({ user: { email } })
  // The first step was good for one sign-in.
  browser.cookies.set('metadeck_sign_in', ticket)
  await expect(browser.call(contract.startPasskeyStep)).rejects.toMatchObject({
    status: 401,
    payload: { reason: 'sign_in_expired' },
  })
})

test("another person's passkey is no second step, and a recovery code is one", async () => {
  const { body, key, recoveryCodes } = await newPerson()
  const { key: foreign } = await newPerson()
  const browser = openBrowser(test$)
  await browser.call(signIn, { body })
  const { options } = await browser.call(contract.startPasskeyStep)
  // What the foreign one answered is used up: the own one answers a new challenge.
  for (const one of [foreign, key]) {
    await expect(
      browser.call(contract.finishPasskeyStep, { body: { response: one.assert(options) } }),
    ).rejects.toMatchObject(REFUSED)
  }
  await browser.call(finishSignIn, { body: { recoveryCode: recoveryCodes?.[0] ?? '' } })
})

test('an answer that was used is worth nothing, in this browser and in another', async () => {
  const { key } = await newPerson()
  const browser = openBrowser(test$)
  const { options } = await browser.call(contract.startPasskeySignIn)
  const holder = browser.cookies.get('metadeck_passkey') ?? ''
  const response = key.assert(options)
  const thief = openBrowser(test$)
  await thief.call(contract.startPasskeySignIn)
  await expect(thief.call(contract.signInByPasskey, { body: { response } })).rejects.toMatchObject(REFUSED)
  await browser.call(contract.signInByPasskey, { body: { response } })
  browser.cookies.set('metadeck_passkey', holder)
  await expect(browser.call(contract.signInByPasskey, { body: { response } })).rejects.toMatchObject(REFUSED)
})

test('of two requests with one answer, one signs in', async () => {
  const { key } = await newPerson()
  const browser = openBrowser(test$)
  const { options } = await browser.call(contract.startPasskeySignIn)
  const body = { response: key.assert(options) }
  const outcomes = await Promise.allSettled([1, 2].map(() => browser.call(contract.signInByPasskey, { body })))
  expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
})

test.each<[string, Ceremony]>([
  ['another origin', { origin: 'https://evil.example' }],
  ['the right host on another port', { origin: 'http://localhost:8080' }],
  ['another host name', { rpId: 'evil.example' }],
  ['no finger or PIN where there is no password', { isVerified: false }],
])('%s is refused', async (_what, ceremony) => {
  const { key } = await newPerson()
  await expect(signInBy(key, ceremony)).rejects.toMatchObject(REFUSED)
  await signInBy(key)
})

test('a counter that does not grow, as that of a copy, is refused', async () => {
  const { key } = await newPerson()
  await signInBy(key)
  await signInBy(key)
  await expect(signInBy(key, { counter: 2 })).rejects.toMatchObject(REFUSED)
  await expect(signInBy(key, { counter: 1 })).rejects.toMatchObject(REFUSED)
  await signInBy(key)
})

test('a signature by another key, and an unknown passkey, are refused alike', async () => {
  const { key } = await newPerson()
  const browser = openBrowser(test$)
  const { options } = await browser.call(contract.startPasskeySignIn)
  const forger = new SoftwareAuthenticator()
  const forged = { ...forger.assert(options), id: key.id, rawId: key.id }
  await expect(browser.call(contract.signInByPasskey, { body: { response: forged } })).rejects.toMatchObject(REFUSED)
  await expect(signInBy(forger)).rejects.toMatchObject(REFUSED)
})

test('a challenge is over after five minutes, and good for its own purpose and person only', async () => {
  const { key, body } = await newPerson()
  const browser = openBrowser(test$)
  const late = await browser.call(contract.startPasskeySignIn)
  test$.advance(301_000)
  await expect(
    browser.call(contract.signInByPasskey, { body: { response: key.assert(late.options) } }),
  ).rejects.toMatchObject(REFUSED)
  const { options } = await browser.call(contract.startPasskeySignIn)
  await browser.call(signIn, { body })
  await expect(
    browser.call(contract.finishPasskeyStep, { body: { response: key.assert(options) } }),
  ).rejects.toMatchObject(REFUSED)
})

test('a registration from elsewhere, twice, or for another session is refused', async () => {
  const { browser } = await newPerson()
  const { browser: stranger } = await newPerson()
  for (const ceremony of [{ origin: 'https://evil.example' }, { rpId: 'evil.example' }]) {
    await expect(register(browser, new SoftwareAuthenticator(), ceremony)).rejects.toMatchObject({
      code: 'invalid_input',
    })
  }
  const { options } = await browser.call(contract.startPasskey)
  const response = new SoftwareAuthenticator().register(options)
  await expect(stranger.call(contract.createPasskey, { body: { response } })).rejects.toMatchObject({
    code: 'invalid_input',
  })
  await browser.call(contract.createPasskey, { body: { response } })
  await expect(browser.call(contract.createPasskey, { body: { response } })).rejects.toMatchObject({
    code: 'invalid_input',
  })
})

test('a session that was opened a while ago adds and removes no passkey without a proof', async () => {
  const { browser, passkey } = await newPerson()
  test$.advance(11 * 60_000)
  const needed = { status: 403, payload: { reason: 'proof_required' } }
  await expect(browser.call(contract.startPasskey)).rejects.toMatchObject(needed)
  const params = { id: passkey.id }
  await expect(browser.call(contract.removePasskey, { params })).rejects.toMatchObject(needed)
  await browser.call(contract.removePasskey, { params, body: { password: PASSWORD } })
  expect(await browser.call(getSecondFactor)).toMatchObject({ passkeys: 0, recoveryCodesLeft: 0 })
})

test('an account that was disabled is opened by no passkey', async () => {
  const { id, key } = await newPerson()
  await test$.database.db.updateTable('user').set({ disabled_at: test$.deps.now() }).where('id', '=', id).execute()
  await expect(signInBy(key)).rejects.toMatchObject(REFUSED)
})

test('one that was made for another host name is neither offered nor taken', async () => {
  const { id, body, key } = await newPerson()
  await test$.database.db.updateTable('passkey').set({ rp_id: 'old.example' }).where('user_id', '=', id).execute()
  await expect(signInBy(key)).rejects.toMatchObject(REFUSED)
  const browser = openBrowser(test$)
  await browser.call(signIn, { body })
  const { options } = await browser.call(contract.startPasskeyStep)
  expect(options['allowCredentials'] ?? []).toEqual([])
  await expect(
    browser.call(contract.finishPasskeyStep, { body: { response: key.assert(options) } }),
  ).rejects.toMatchObject(REFUSED)
})

test('one that names another person than its own is refused', async () => {
  const { key } = await newPerson()
  key.userHandle = Buffer.from('somebody else').toString('base64url')
  await expect(signInBy(key)).rejects.toMatchObject(REFUSED)
})

test('an owner who takes a lost second step away takes passkeys and recovery codes', async () => {
  const { id, body, key, recoveryCodes } = await newPerson()
  const owner = openBrowser(test$)
  await owner.call(signIn, { body: { email: OWNER.email, password: OWNER.password } })
  await owner.call(resetSecondFactor, { params: { id } })
  await expect(signInBy(key)).rejects.toMatchObject(REFUSED)
  const browser = openBrowser(test$)
  expect(await browser.call(signIn, { body })).toMatchObject({ user: { id } })
  expect(await browser.call(getSecondFactor)).toMatchObject({ passkeys: 0, recoveryCodesLeft: 0 })
  expect(recoveryCodes).toHaveLength(10)
})

test('a challenge is good for what it was made for: purpose, person and browser each count', async () => {
  const { db } = test$.database
  const id = await addPerson(test$, 'challenged@example.com')
  const own: ChallengeHolder = { purpose: 'register', userId: id, holder: 'mine' }
  const now = test$.deps.now()
  const challenge = await insertChallenge(db, own, now)
  const take = async (asked: Partial<ChallengeHolder>): Promise<boolean> =>
    (await takeChallenge(db, challenge, { ...own, ...asked }, now)) !== null
  expect(await take({ purpose: 'second_factor' })).toBe(false)
  expect(await take({ purpose: 'sign_in', userId: null })).toBe(false)
  expect(await take({ userId: id + 1 })).toBe(false)
  expect(await take({ holder: 'theirs' })).toBe(false)
  expect([await take({}), await take({})]).toEqual([true, false])
})

test('a database that is away while a passkey is checked is told as that, not as a wrong passkey', async () => {
  const { key } = await newPerson()
  const { connection, ...deps } = test$.deps
  const asked: ChallengeHolder = { purpose: 'sign_in', userId: null, holder: 'x' }
  const challenge = await insertChallenge(connection.db, asked, deps.now())
  const { response } = contract.signInByPasskey.body.parse({ response: key.assert({ challenge, rpId: 'localhost' }) })
  const nowhere = connect({ host: '127.0.0.1', port: 1 })
  let asks = 0
  const pool = {
    options: {},
    connect: () => (asks++ === 0 ? connection.pool : nowhere.pool).connect(),
    end: () => nowhere.close(),
  }
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) }).withSchema(OWN_SCHEMA)
  const away = { ...deps, connection: { ...connection, db } }
  const checking = verifyAssertion(response, asked, away, { needsVerification: true })
  await expect(checking).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  const app = await buildApp({ ...test$.deps, connection: { ...connection, db } }, { consoleFolder: 'none' })
  const url = '/api:console/session/passkey/options'
  expect(await app.inject({ method: 'POST', url })).toMatchObject({ statusCode: 503, headers: { 'retry-after': '2' } })
  await app.close()
  await db.destroy()
})

test('of two uses that read the same counter the second is refused, as that of a copy', async () => {
  const { id } = await newPerson()
  const { db } = test$.database
  const [row] = await passkeysOf(db, id)
  if (row === undefined) expect.fail('there is a passkey')
  const use = (counter: number) => noteUse(db, row, counter, test$.deps.now())
  expect([await use(row.counter + 1), await use(row.counter + 2)]).toEqual([true, false])
})

test('who has the password and not the passkey sets no app up in its place', async () => {
  const { body } = await newPerson()
  const browser = openBrowser(test$)
  await browser.call(signIn, { body })
  const other = { status: 409, payload: { reason: 'second_factor' } }
  await expect(browser.call(startTotpAtSignIn)).rejects.toMatchObject(other)
  await expect(browser.call(confirmTotpAtSignIn, { body: { code: '123456' } })).rejects.toMatchObject(other)
})

test('the first one ends the sessions that the password alone had opened, and sign-ins that have begun', async () => {
  const email = 'first@example.com'
  const body = { email, password: PASSWORD }
  const id = await addPerson(test$, email)
  const [browser, other] = [openBrowser(test$), openBrowser(test$)]
  for (const { call } of [browser, other]) await call(signIn, { body })
  const { db } = test$.database
  const from = { address: '192.0.2.9', user_agent: '', expires_at: new Date(test$.deps.now().getTime() + 300_000) }
  const ticket = { hash: Buffer.alloc(32), user_id: id, method: 'password', needs: 'second_factor_setup' } as const
  await db
    .insertInto('sign_in_ticket')
    .values({ ...ticket, ...from })
    .execute()
  await register(browser, new SoftwareAuthenticator())
  await expect(other.call(getSession)).rejects.toMatchObject({ status: 401 })
  expect(await browser.call(getSession)).toMatchObject({ user: { email } })
  expect(await db.selectFrom('sign_in_ticket').selectAll().where('user_id', '=', id).execute()).toEqual([])
})

test('the cookie that binds a sign-in to its browser is read by no script and sent by no other site', async () => {
  const reply = await test$.app.inject({ method: 'POST', url: contract.startPasskeySignIn.path })
  expect(reply.cookies).toMatchObject([
    { name: 'metadeck_passkey', httpOnly: true, sameSite: 'Strict', path: '/api:console/session/passkey' },
  ])
  const lifeMs = Number(reply.cookies[0]?.expires) - test$.deps.now().getTime()
  expect(Math.round(lifeMs / 10_000)).toBe(30)
  expect(reply.body).not.toContain(reply.cookies[0]?.value)
})

test('an address that asks for one sign-in after the other without end waits', async () => {
  const window_ends_at = new Date(test$.deps.now().getTime() + 60_000)
  await test$.database.db
    .insertInto('throttle')
    .values({ key: 'passkey:10.7.7.7', failures: 299, window_ends_at })
    .execute()
  const { call } = openBrowser(test$, { address: '10.7.7.7' })
  await call(contract.startPasskeySignIn)
  await expect(call(contract.startPasskeySignIn)).rejects.toMatchObject({ status: 429 })
})
