import { afterAll, beforeAll, expect, test } from 'vitest'

import { signInByPasskey, startPasskeySignIn, createPasskey, startPasskey } from '#api/contract/passkeys.ts'
import { finishSignIn } from '#api/contract/second-factor.ts'
import { signIn } from '#api/contract/session.ts'

import type { Db } from '../../db/connection.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { SoftwareAuthenticator } from '../passkeys/software-authenticator.ts'
import { holdAccount } from '../second-factor/factors.ts'
import { replaceRecoveryCodes } from '../second-factor/recovery-codes.ts'
import { addPerson, openBrowser, PASSWORD, type TestBrowser } from './browser-fixture.ts'
import { raceWith } from './race-fixture.ts'
import { deleteSessionsOf } from './store.ts'
import { clearAway } from './sweep-sign-ins.ts'

let test$: TestApp
let people = 0

beforeAll(async () => {
  test$ = await createTestApp()
})
afterAll(() => test$.close())

async function newPerson(): Promise<{ id: number; body: { email: string; password: string }; browser: TestBrowser }> {
  people += 1
  const email = `person-${people}@example.com`
  const id = await addPerson(test$, email)
  return { id, body: { email, password: PASSWORD }, browser: openBrowser(test$, { address: `10.0.0.${people}` }) }
}

/** A sign-in that begins before the account is changed and its sessions end, and is over after that. */
function signInDuring<T>(id: number, change: (trx: Db) => Promise<unknown>, meanwhile: () => Promise<T>): Promise<T> {
  return raceWith(test$.database.db, {
    hold: (trx) => holdAccount(trx, id),
    meanwhile,
    change: async (trx) => {
      await change(trx)
      await deleteSessionsOf(trx, id)
    },
  })
}

const sessionsOf = (id: number) =>
  test$.database.db.selectFrom('session').select('id').where('user_id', '=', id).execute()

const addTotp = (trx: Db, user_id: number) => {
  const now = test$.deps.now()
  const sealed_secret = test$.deps.vault.seal('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567')
  return trx.insertInto('totp').values({ user_id, sealed_secret, created_at: now, confirmed_at: now }).execute()
}

test('a password that is changed while it is checked opens nothing', async () => {
  const { id, body, browser } = await newPerson()
  const change = (trx: Db) => trx.updateTable('user').set({ password_hash: 'new' }).where('id', '=', id).execute()
  await expect(signInDuring(id, change, () => browser.call(signIn, { body }))).rejects.toMatchObject({
    status: 401,
    message: 'E-mail address and password do not fit together.',
  })
  expect(await sessionsOf(id)).toEqual([])
})

test('a second step that is set up while the password is checked is asked for', async () => {
  const { id, body, browser } = await newPerson()
  const answer = await signInDuring(
    id,
    (trx) => addTotp(trx, id),
    () => browser.call(signIn, { body }),
  )
  expect(answer).toMatchObject({ needs: 'second_factor', methods: ['totp'] })
  expect(await sessionsOf(id)).toEqual([])
})

test('an account that is disabled while the password is checked is not opened, not even halfway', async () => {
  const { id, body, browser } = await newPerson()
  await addTotp(test$.database.db, id)
  const change = (trx: Db) =>
    trx.updateTable('user').set({ disabled_at: test$.deps.now() }).where('id', '=', id).execute()
  await expect(signInDuring(id, change, () => browser.call(signIn, { body }))).rejects.toMatchObject({
    payload: { reason: 'account_disabled' },
  })
  expect([...browser.cookies.keys()]).toEqual([])
})

test('a sign-in that is taken away during its second step makes no session', async () => {
  const { id, body, browser } = await newPerson()
  await addTotp(test$.database.db, id)
  const [recoveryCode = ''] = await replaceRecoveryCodes(test$.database.db, id, test$.deps.now())
  await browser.call(signIn, { body })
  const change = (trx: Db) => trx.deleteFrom('sign_in_ticket').where('user_id', '=', id).execute()
  await expect(
    signInDuring(id, change, () => browser.call(finishSignIn, { body: { recoveryCode } })),
  ).rejects.toMatchObject({ status: 401, payload: { reason: 'sign_in_expired' } })
  expect(await sessionsOf(id)).toEqual([])
})

test('a passkey that is taken away while it signs in makes no session', async () => {
  const { id, body, browser } = await newPerson()
  await browser.call(signIn, { body })
  const key = new SoftwareAuthenticator()
  const { options: toMake } = await browser.call(startPasskey)
  await browser.call(createPasskey, { body: { name: 'Laptop', response: key.register(toMake) } })
  const { options } = await browser.call(startPasskeySignIn)
  const response = key.assert(options)
  const change = (trx: Db) => trx.deleteFrom('passkey').where('user_id', '=', id).execute()
  await expect(
    signInDuring(id, change, () => browser.call(signInByPasskey, { body: { response } })),
  ).rejects.toMatchObject({ status: 401, payload: { reason: 'wrong_passkey' } })
  expect(await sessionsOf(id)).toEqual([])
})

test('many who sign in at once, each with the cookie of a session that idled out, are all let in', async () => {
  const idledOut = new Date(test$.deps.now().getTime() - 2 * 86_400_000)
  for (let round = 0; round < 4; round += 1) {
    const six = await Promise.all(Array.from({ length: 6 }, newPerson))
    await Promise.all(six.map(({ browser, body }) => browser.call(signIn, { body })))
    await test$.database.db.updateTable('session').set({ last_seen_at: idledOut }).execute()
    const answers = await Promise.all(six.map(({ browser, body }) => browser.call(signIn, { body })))
    expect(answers.map((answer) => 'user' in answer)).toEqual(six.map(() => true))
  }
})

test('what is over is cleared away beside sign-ins, and waits for none of them', async () => {
  const { db } = test$.database
  const [over, open] = [await newPerson(), await newPerson()]
  await addTotp(db, over.id)
  await over.browser.call(signIn, { body: over.body })
  await open.browser.call(signIn, { body: open.body })
  const long = new Date(test$.deps.now().getTime() - 2 * 86_400_000)
  await db.updateTable('session').set({ last_seen_at: long }).where('user_id', '!=', open.id).execute()
  const [held] = await db.selectFrom('session').select('id').where('last_seen_at', '=', long).execute()
  test$.advance(6 * 60_000)
  await db.transaction().execute(async (trx) => {
    await trx
      .selectFrom('session')
      .select('id')
      .where('id', '=', held?.id ?? 0)
      .forUpdate()
      .execute()
    await clearAway(db, test$.deps.now())
  })
  expect(await db.selectFrom('session').select(['id', 'user_id']).orderBy('id').execute()).toEqual([
    { id: held?.id, user_id: expect.any(Number) },
    { id: expect.any(Number), user_id: open.id },
  ])
  expect(await db.selectFrom('sign_in_ticket').selectAll().execute()).toEqual([])
  await clearAway(db, test$.deps.now())
  expect(await sessionsOf(open.id)).toHaveLength(1)
  expect(await db.selectFrom('session').select('id').execute()).toHaveLength(1)
})
