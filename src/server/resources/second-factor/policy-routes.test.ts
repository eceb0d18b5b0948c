import { TOTP } from 'otpauth'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { startPasskeyStep } from '#api/contract/passkeys.ts'
import * as contract from '#api/contract/second-factor.ts'
import { getSession, signIn } from '#api/contract/session.ts'
import { getSignInPolicy, putSignInPolicy } from '#api/contract/sign-in-methods.ts'

import { createTestApp, OWNER, type TestApp } from '../../testing/test-app.ts'
import { addPerson, openBrowser, PASSWORD, type TestBrowser } from '../session/browser-fixture.ts'
import { raceWith } from '../session/race-fixture.ts'
import { writeSignInPolicy } from '../session/sign-in-policy.ts'

let test$: TestApp
let owner: TestBrowser

beforeAll(async () => {
  test$ = await createTestApp()
  owner = openBrowser(test$)
  await owner.call(signIn, { body: { email: OWNER.email, password: OWNER.password } })
})
afterAll(() => test$.close())

const codeOf = (secret: string): string => new TOTP({ secret }).generate({ timestamp: test$.deps.now().getTime() })
const ON = { body: { requiresSecondStep: true } }

test('an owner without a second step cannot demand one, and nobody but an owner decides', async () => {
  await expect(owner.call(putSignInPolicy, ON)).rejects.toMatchObject({
    code: 'conflict',
    payload: { reason: 'no_second_factor' },
  })
  expect(await owner.call(getSignInPolicy)).toEqual({ requiresSecondStep: false })
  await addPerson(test$, 'admin@example.com', 'admin')
  const admin = openBrowser(test$)
  await admin.call(signIn, { body: { email: 'admin@example.com', password: PASSWORD } })
  await expect(admin.call(putSignInPolicy, ON)).rejects.toMatchObject({ status: 403 })
})

test('demanded of everybody, it ends sessions without one, and such accounts can only set one up', async () => {
  const { secret: ownSecret } = await owner.call(contract.startTotp)
  await owner.call(contract.confirmTotp, { body: { code: codeOf(ownSecret) } })
  await addPerson(test$, 'member@example.com')
  const member = openBrowser(test$)
  const body = { email: 'member@example.com', password: PASSWORD }
  await member.call(signIn, { body })
  const reply = await owner.call(putSignInPolicy, ON)
  expect(reply).toMatchObject({ requiresSecondStep: true })
  expect(reply.endedSessions).toBeGreaterThan(0)
  expect(await owner.call(getSession)).toMatchObject({ user: { email: OWNER.email } })
  await expect(member.call(getSession)).rejects.toMatchObject({ status: 401 })

  expect(await member.call(signIn, { body })).toMatchObject({ needs: 'second_factor_setup', methods: [] })
  await expect(member.call(getSession)).rejects.toMatchObject({ status: 401 })
  await expect(member.call(contract.startTotp)).rejects.toMatchObject({ status: 401 })
  await expect(member.call(contract.finishSignIn, { body: { code: '123456' } })).rejects.toMatchObject({
    code: 'conflict',
  })
  const { secret } = await member.call(contract.startTotpAtSignIn)
  await expect(member.call(contract.confirmTotpAtSignIn, { body: { code: codeOf(ownSecret) } })).rejects.toMatchObject({
    status: 401,
  })
  const done = await member.call(contract.confirmTotpAtSignIn, { body: { code: codeOf(secret) } })
  expect(done).toMatchObject({ session: { user: { email: body.email } } })
  expect(done.recoveryCodes).toHaveLength(10)
  expect(await member.call(getSession)).toMatchObject({ user: { email: body.email } })
})

test('a sign-in that would set a second step up is over once the account has got another one', async () => {
  await addPerson(test$, 'late@example.com')
  const body = { email: 'late@example.com', password: PASSWORD }
  const thief = openBrowser(test$)
  await thief.call(signIn, { body })
  const stolen = await thief.call(contract.startTotpAtSignIn)
  const member = openBrowser(test$)
  await member.call(signIn, { body })
  const { secret } = await member.call(contract.startTotpAtSignIn)
  await expect(
    thief.call(contract.confirmTotpAtSignIn, { body: { code: codeOf(stolen.secret) } }),
  ).rejects.toMatchObject({ payload: { reason: 'wrong_code' } })
  await member.call(contract.confirmTotpAtSignIn, { body: { code: codeOf(secret) } })
  await expect(thief.call(contract.startTotpAtSignIn)).rejects.toMatchObject({ status: 401 })
  await expect(thief.call(contract.confirmTotpAtSignIn, { body: { code: codeOf(secret) } })).rejects.toMatchObject({
    payload: { reason: 'sign_in_expired' },
  })
  expect(await thief.call(signIn, { body })).toMatchObject({ needs: 'second_factor' })
})

test('the last way of a demanded second step stays, until it is demanded no more', async () => {
  const proof = { body: { password: OWNER.password } }
  await expect(owner.call(contract.removeTotp, proof)).rejects.toMatchObject({
    code: 'conflict',
    payload: { reason: 'last_second_factor' },
  })
  expect(await owner.call(contract.getSecondFactor)).toMatchObject({ required: true, recoveryCodesLeft: 10 })
  await owner.call(putSignInPolicy, { body: { requiresSecondStep: false } })
  expect(await owner.call(contract.removeTotp, proof)).toMatchObject({ totpSince: null, required: false })
})

test('an app that nobody confirmed keeps no session open', async () => {
  await addPerson(test$, 'half@example.com')
  const half = openBrowser(test$)
  const body = { email: 'half@example.com', password: PASSWORD }
  await half.call(signIn, { body })
  await half.call(contract.startTotp)
  test$.advance(90_000)
  const { secret } = await owner.call(contract.startTotp, { body: { password: OWNER.password } })
  await owner.call(contract.confirmTotp, { body: { code: codeOf(secret) } })
  await half.call(getSession)
  await owner.call(putSignInPolicy, ON)
  await expect(half.call(getSession)).rejects.toMatchObject({ status: 401 })
  // What comes next is to set a second step up: none can be asked for yet.
  expect(await half.call(signIn, { body })).toMatchObject({ needs: 'second_factor_setup' })
  await expect(half.call(startPasskeyStep)).rejects.toMatchObject({
    status: 409,
    payload: { reason: 'second_factor_setup' },
  })
  await owner.call(putSignInPolicy, { body: { requiresSecondStep: false } })
})

test('each change of the policy has a record of what it replaced, and what changes nothing has none', async () => {
  const { db } = test$.database
  const records = () =>
    db.selectFrom('audit_record').select(['before', 'after']).where('action', '=', 'signInPolicyPut').execute()
  const known = (await records()).length
  const put = (requiresSecondStep: boolean) => owner.call(putSignInPolicy, { body: { requiresSecondStep } })
  await put(false)
  expect(await records()).toHaveLength(known)
  // Asked for while nothing is demanded yet; when it is its turn, something is.
  await raceWith(db, {
    hold: (trx) => writeSignInPolicy(trx, { requiresSecondStep: true }),
    meanwhile: () => put(false),
    change: () => Promise.resolve(),
  })
  const [before, after] = [{ requiresSecondStep: true }, { requiresSecondStep: false }]
  expect((await records()).slice(known)).toEqual([{ before, after }])
  expect(await owner.call(getSignInPolicy)).toEqual(after)
})
