import { afterAll, beforeAll, expect, test } from 'vitest'

import * as contract from '#api/contract/passkeys.ts'
import { finishSignIn, getSecondFactor, startTotp } from '#api/contract/second-factor.ts'
import { getSession, signIn } from '#api/contract/session.ts'

import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { replaceRecoveryCodes } from '../second-factor/recovery-codes.ts'
import { addPerson, openBrowser, PASSWORD, type TestBrowser } from '../session/browser-fixture.ts'
import { type Ceremony, SoftwareAuthenticator } from './software-authenticator.ts'

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
  expect(await browser.call(contract.finishPasskeyStep, { body: { response } })).toMatchObject({ user: { email } })
  expect(await browser.call(getSession)).toMatchObject({ user: { email } })
})

test("another person's passkey is no second step, and a recovery code is one", async () => {
  const { body, recoveryCodes } = await newPerson()
  const { key: foreign } = await newPerson()
  const browser = openBrowser(test$)
  await browser.call(signIn, { body })
  const { options } = await browser.call(contract.startPasskeyStep)
  await expect(
    browser.call(contract.finishPasskeyStep, { body: { response: foreign.assert(options) } }),
  ).rejects.toMatchObject(REFUSED)
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
