import { TOTP } from 'otpauth'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { getMember } from '#api/contract/members.ts'
import * as contract from '#api/contract/second-factor.ts'
import { getSession, signIn } from '#api/contract/session.ts'

import { buildApp } from '../../app.ts'
import { connect } from '../../db/connection.ts'
import { createTestApp, OWNER, type TestApp } from '../../testing/test-app.ts'
import { addPerson, openBrowser, PASSWORD, type TestBrowser } from '../session/browser-fixture.ts'

let test$: TestApp
let people = 0

beforeAll(async () => {
  test$ = await createTestApp()
})
afterAll(() => test$.close())

const MINUTE = 60_000

/** Somebody new, signed in with the password, in a browser of their own. */
async function newPerson(): Promise<{ id: number; body: { email: string; password: string }; browser: TestBrowser }> {
  people += 1
  beginStep()
  const email = `person-${people}@example.com`
  const id = await addPerson(test$, email)
  const browser = openBrowser(test$, { address: `10.0.0.${people}` })
  const body = { email, password: PASSWORD }
  await browser.call(signIn, { body })
  return { id, body, browser }
}

/** Moves the clock to the beginning of a step after the next, so that no step ends while a test looks at it. */
function beginStep(): void {
  test$.advance(90_000 - (test$.deps.now().getTime() % 30_000))
}

/** The code that a phone shows, `steps` of 30 seconds from now. */
function codeOf(secret: string, steps = 0): string {
  return new TOTP({ secret }).generate({ timestamp: test$.deps.now().getTime() + steps * 30_000 })
}

/** The same with an authenticator app set up; the clock moves on, so that its codes are fresh. */
async function newPersonWithTotp() {
  const person = await newPerson()
  const { secret } = await person.browser.call(contract.startTotp)
  const { recoveryCodes } = await person.browser.call(contract.confirmTotp, { body: { code: codeOf(secret) } })
  beginStep()
  return { ...person, secret, recoveryCodes: recoveryCodes ?? [] }
}

async function begin(browser: TestBrowser, body: { email: string; password: string }) {
  const reply = await browser.call(signIn, { body })
  expect(reply).toMatchObject({ needs: 'second_factor' })
  return reply
}

test('setting an app up tells the secret once, as text, address and picture, and stores it sealed', async () => {
  const { id, body, browser } = await newPerson()
  const made = await browser.call(contract.startTotp)
  expect(made.secret).toMatch(/^[A-Z2-7]{32}$/)
  expect(made.uri).toContain(`secret=${made.secret}`)
  expect(decodeURIComponent(made.uri)).toContain(`Metadeck localhost:${body.email}`)
  expect(made.qr.path).toMatch(/^M\d+ \d+h\d+v1h-\d+z/)
  const row = await test$.database.db.selectFrom('totp').selectAll().where('user_id', '=', id).executeTakeFirstOrThrow()
  expect(JSON.stringify(row)).not.toContain(made.secret)
  expect(await browser.call(contract.getSecondFactor)).toMatchObject({ totpSince: null, recoveryCodesLeft: 0 })
})

test('an app that nobody confirmed is asked for by nobody; a wrong code confirms nothing', async () => {
  const { body, browser } = await newPerson()
  const { secret } = await browser.call(contract.startTotp)
  const wrong = codeOf(secret, 50)
  await expect(browser.call(contract.confirmTotp, { body: { code: wrong } })).rejects.toMatchObject({
    status: 403,
    payload: { param: 'code', reason: 'wrong_code' },
  })
  const refused = await test$.database.db
    .selectFrom('audit_record')
    .selectAll()
    .where('action', '=', 'totpConfirm')
    .where('outcome', '=', 'refused')
    .execute()
  expect(refused).toMatchObject([{ target: { kind: 'user', name: body.email }, detail: { reason: 'wrong_code' } }])
  expect(JSON.stringify(refused)).not.toContain(wrong)
  expect(await browser.call(signIn, { body })).toMatchObject({ user: { email: body.email } })
})

test('an app that nobody confirmed proves nothing', async () => {
  const { browser } = await newPerson()
  const { secret } = await browser.call(contract.startTotp)
  await expect(browser.call(contract.startTotp, { body: { code: codeOf(secret) } })).rejects.toMatchObject({
    status: 403,
    payload: { reason: 'wrong_proof' },
  })
})

test('with an app the password alone opens nothing', async () => {
  const { body, browser } = await newPersonWithTotp()
  browser.cookies.clear()
  const reply = await begin(browser, body)
  expect(reply).toMatchObject({ methods: ['totp', 'recovery_code'] })
  expect([...browser.cookies.keys()]).toEqual(['metadeck_sign_in'])
  await expect(browser.call(getSession)).rejects.toMatchObject({ status: 401 })
  expect(await browser.call(contract.getSignInStep)).toEqual(reply)
})

test('the ticket between the steps is read by no script, and sent by no other site and to no other path', async () => {
  const { body } = await newPersonWithTotp()
  const reply = await test$.app.inject({ method: 'POST', url: signIn.path, payload: body })
  expect(reply.cookies).toMatchObject([
    { name: 'metadeck_sign_in', httpOnly: true, sameSite: 'Strict', path: '/api:console/session' },
  ])
  expect(reply.body).not.toContain(reply.cookies[0]?.value)
})

test('the code signs in, up to 30 seconds early or late, and blanks do not matter', async () => {
  for (const steps of [-1, 0, 1]) {
    const { body, browser, secret } = await newPersonWithTotp()
    browser.cookies.clear()
    await begin(browser, body)
    const code = codeOf(secret, steps).replace(/^(...)/, '$1 ')
    expect(await browser.call(contract.finishSignIn, { body: { code } })).toMatchObject({ user: { email: body.email } })
    expect([...browser.cookies.keys()]).toEqual(['metadeck_session'])
  }
  const { body, browser, secret } = await newPersonWithTotp()
  await begin(browser, body)
  for (const steps of [-2, 2]) {
    await expect(browser.call(contract.finishSignIn, { body: { code: codeOf(secret, steps) } })).rejects.toMatchObject({
      status: 401,
      payload: { reason: 'wrong_code' },
    })
  }
})

test('a code is good once, also where two requests bring it at once', async () => {
  const { body, browser, secret } = await newPersonWithTotp()
  const other = openBrowser(test$)
  await Promise.all([begin(browser, body), begin(other, body)])
  const code = codeOf(secret)
  const outcomes = await Promise.allSettled(
    [browser, other].map(({ call }) => call(contract.finishSignIn, { body: { code } })),
  )
  expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  await begin(browser, body)
  await expect(browser.call(contract.finishSignIn, { body: { code } })).rejects.toMatchObject({ status: 401 })
  await expect(browser.call(contract.finishSignIn, { body: { code: codeOf(secret, -1) } })).rejects.toMatchObject({
    status: 401,
  })
})

test('ten recovery codes are shown once, stored as hashes, and each is good once however it is typed', async () => {
  const { id, body, browser, recoveryCodes } = await newPersonWithTotp()
  expect(new Set(recoveryCodes).size).toBe(10)
  const rows = await test$.database.db.selectFrom('recovery_code').selectAll().where('user_id', '=', id).execute()
  expect(JSON.stringify(rows)).not.toContain(recoveryCodes[0])
  const typed = (recoveryCodes[0] ?? '').toUpperCase().replaceAll('-', ' ')
  await begin(browser, body)
  await browser.call(contract.finishSignIn, { body: { recoveryCode: typed } })
  expect(await browser.call(contract.getSecondFactor)).toMatchObject({ recoveryCodesLeft: 9 })
  await begin(browser, body)
  await expect(
    browser.call(contract.finishSignIn, { body: { recoveryCode: recoveryCodes[0] ?? '' } }),
  ).rejects.toMatchObject({ status: 401 })
})

test('the recovery code of one account opens no other', async () => {
  const { recoveryCodes } = await newPersonWithTotp()
  const { body, browser } = await newPersonWithTotp()
  await begin(browser, body)
  const recoveryCode = recoveryCodes[0] ?? ''
  await expect(browser.call(contract.finishSignIn, { body: { recoveryCode } })).rejects.toMatchObject({ status: 401 })
})

test('guesses at the password that proves who it is are throttled like sign-ins, and so are codes', async () => {
  const { browser, secret } = await newPersonWithTotp()
  const prove = (body: object) =>
    browser.call(contract.removeTotp, { body }).catch((error: unknown) => (error as { status: number }).status)
  const passwords = await Promise.all(Array.from({ length: 6 }, () => prove({ password: 'a wrong one' })))
  expect(passwords.filter((status) => status === 429)).toHaveLength(1)
  expect(await prove({ password: PASSWORD })).toBe(429)
  const codes = await Promise.all(Array.from({ length: 11 }, () => prove({ code: codeOf(secret, 80) })))
  expect(codes.filter((status) => status === 429)).toHaveLength(1)
})

test('guesses at an app that is being set up are counted, as a session may be stolen', async () => {
  const { browser } = await newPerson()
  const { secret } = await browser.call(contract.startTotp)
  const guess = (code: string) =>
    browser
      .call(contract.confirmTotp, { body: { code } })
      .catch((error: unknown) => (error as { status: number }).status)
  const guesses = await Promise.all(Array.from({ length: 12 }, () => guess(codeOf(secret, 60))))
  expect(guesses.filter((status) => status === 429)).toHaveLength(2)
  expect(await guess(codeOf(secret))).toBe(429)
})

test('many guesses at once at an app that is being set up need no more than one connection', async () => {
  const { browser } = await newPerson()
  await browser.call(contract.startTotp)
  const connection = connect({ ...test$.database.options, max: 1, connectionTimeoutMillis: 3_000 })
  const narrow = await buildApp({ ...test$.deps, connection }, { consoleFolder: test$.dataDir })
  try {
    const other = openBrowser({ app: narrow }, { address: `10.0.0.${people}` })
    for (const [name, value] of browser.cookies) other.cookies.set(name, value)
    const guess = () => other.call(contract.confirmTotp, { body: { code: '000000' } }).catch((error: unknown) => error)
    const outcomes = await Promise.all([guess(), guess(), guess()])
    expect(outcomes).toMatchObject([{ status: 403 }, { status: 403 }, { status: 403 }])
  } finally {
    await narrow.close()
    await connection.close()
  }
})

test('a fresh session alone makes no recovery codes, which would prove more than it does', async () => {
  const { browser } = await newPersonWithTotp()
  await expect(browser.call(contract.createRecoveryCodes)).rejects.toMatchObject({
    status: 403,
    payload: { reason: 'proof_required' },
  })
})

test('new recovery codes make the old ones worthless', async () => {
  const { body, browser, recoveryCodes } = await newPersonWithTotp()
  const fresh = await browser.call(contract.createRecoveryCodes, { body: { password: PASSWORD } })
  expect(fresh.recoveryCodes).toHaveLength(10)
  await begin(browser, body)
  await expect(
    browser.call(contract.finishSignIn, { body: { recoveryCode: recoveryCodes[1] ?? '' } }),
  ).rejects.toMatchObject({ status: 401 })
  await browser.call(contract.finishSignIn, { body: { recoveryCode: fresh.recoveryCodes[1] ?? '' } })
})

test('the ticket is good for one sign-in, five minutes, one browser and one address', async () => {
  const { body, browser, secret } = await newPersonWithTotp()
  await begin(browser, body)
  const ticket = browser.cookies.get('metadeck_sign_in') ?? ''
  const finish = ({ call }: TestBrowser, steps: number) =>
    call(contract.finishSignIn, { body: { code: codeOf(secret, steps) } })
  const address = `10.0.0.${people}`
  for (const thief of [
    openBrowser(test$, { address: '10.9.9.9' }),
    openBrowser(test$, { address, userAgent: 'other' }),
  ]) {
    thief.cookies.set('metadeck_sign_in', ticket)
    await expect(finish(thief, 0)).rejects.toMatchObject({ status: 401, payload: { reason: 'sign_in_expired' } })
  }
  await finish(browser, 0)
  browser.cookies.set('metadeck_sign_in', ticket)
  await expect(finish(browser, 1)).rejects.toMatchObject({ payload: { reason: 'sign_in_expired' } })
  await begin(browser, body)
  test$.advance(5 * MINUTE)
  await expect(finish(browser, 0)).rejects.toMatchObject({ payload: { reason: 'sign_in_expired' } })
})

test('guesses are counted over processes and restarts; recovery codes stay a way in', async () => {
  const { body, browser, secret, recoveryCodes } = await newPersonWithTotp()
  const second = await buildApp(test$.deps, { consoleFolder: test$.dataDir })
  try {
    const elsewhere = openBrowser({ app: second }, { address: '10.8.8.8' })
    await begin(browser, body)
    await begin(elsewhere, body)
    const wrong = codeOf(secret, 70)
    const guess = ({ call }: TestBrowser) => call(contract.finishSignIn, { body: { code: wrong } })
    const statuses: number[] = []
    for (let n = 0; n < 12; n += 1) {
      const failure = await guess(n % 2 === 0 ? browser : elsewhere).catch((error: unknown) => error)
      statuses.push((failure as { status: number }).status)
    }
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 401), 429, 429])
    await expect(elsewhere.call(contract.finishSignIn, { body: { code: codeOf(secret) } })).rejects.toMatchObject({
      status: 429,
    })
    await elsewhere.call(contract.finishSignIn, { body: { recoveryCode: recoveryCodes[2] ?? '' } })
  } finally {
    await second.close()
  }
})

test('password guesses are counted over processes, and over the addresses of one IPv6 network', async () => {
  const second = await buildApp(test$.deps, { consoleFolder: test$.dataDir })
  try {
    const body = { email: 'nobody@example.com', password: 'wrong' }
    const statuses: number[] = []
    for (let n = 0; n < 6; n += 1) {
      const { call } = openBrowser({ app: n % 2 === 0 ? test$.app : second }, { address: `2001:db8::${n}:1` })
      const failure = await call(signIn, { body }).catch((error: unknown) => error)
      statuses.push((failure as { status: number }).status)
    }
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429])
  } finally {
    await second.close()
  }
})

test('turning the second step on ends the sessions that the password alone had opened', async () => {
  const { body, browser } = await newPerson()
  const other = openBrowser(test$)
  await other.call(signIn, { body })
  const { secret } = await browser.call(contract.startTotp)
  await browser.call(contract.confirmTotp, { body: { code: codeOf(secret) } })
  await expect(other.call(getSession)).rejects.toMatchObject({ status: 401 })
  expect(await browser.call(getSession)).toMatchObject({ user: { email: body.email } })
})

test('an app is removed by a password or a code, never by an open session alone', async () => {
  const { body, browser, secret } = await newPersonWithTotp()
  await expect(browser.call(contract.removeTotp, { body: {} })).rejects.toMatchObject({
    status: 403,
    payload: { reason: 'proof_required' },
  })
  await expect(browser.call(contract.removeTotp, { body: { password: 'wrong' } })).rejects.toMatchObject({
    status: 403,
    payload: { reason: 'wrong_proof' },
  })
  expect(await browser.call(contract.removeTotp, { body: { code: codeOf(secret) } })).toEqual({
    totpSince: null,
    passkeys: 0,
    recoveryCodesLeft: 0,
    required: false,
  })
  expect(await browser.call(signIn, { body })).toMatchObject({ user: { email: body.email } })
  await expect(browser.call(contract.removeTotp, { body: { password: PASSWORD } })).rejects.toMatchObject({
    status: 404,
  })
})

test('a session that was opened a while ago cannot set an app up without a proof', async () => {
  const { browser } = await newPerson()
  test$.advance(11 * MINUTE)
  await expect(browser.call(contract.startTotp)).rejects.toMatchObject({ payload: { reason: 'proof_required' } })
  await browser.call(contract.startTotp, { body: { password: PASSWORD } })
})

test('a second app and codes without a second step are refused', async () => {
  const { browser } = await newPersonWithTotp()
  await expect(browser.call(contract.startTotp)).rejects.toMatchObject({ code: 'conflict' })
  const { browser: without } = await newPerson()
  await expect(without.call(contract.createRecoveryCodes, { body: { password: PASSWORD } })).rejects.toMatchObject({
    code: 'conflict',
  })
  await expect(without.call(contract.confirmTotp, { body: { code: '123456' } })).rejects.toMatchObject({
    code: 'conflict',
  })
})

test('an owner takes a lost second step away; others may not', async () => {
  const { id, body, browser } = await newPersonWithTotp()
  await expect(browser.call(contract.resetSecondFactor, { params: { id } })).rejects.toMatchObject({ status: 403 })
  const owner = openBrowser(test$)
  await owner.call(signIn, { body: { email: OWNER.email, password: OWNER.password } })
  expect(await owner.call(getMember, { params: { id } })).toMatchObject({ secondSteps: ['totp'] })
  await owner.call(contract.resetSecondFactor, { params: { id } })
  expect(await owner.call(getMember, { params: { id } })).toMatchObject({ secondSteps: [] })
  await expect(browser.call(getSession)).rejects.toMatchObject({ status: 401 })
  expect(await browser.call(signIn, { body })).toMatchObject({ user: { email: body.email } })
  await expect(owner.call(contract.resetSecondFactor, { params: { id: 99_999 } })).rejects.toMatchObject({
    status: 404,
  })
  const { user } = await owner.call(getSession)
  await expect(owner.call(contract.resetSecondFactor, { params: { id: user.id } })).rejects.toMatchObject({
    code: 'conflict',
  })
  test$.advance(11 * MINUTE)
  await expect(owner.call(contract.resetSecondFactor, { params: { id } })).rejects.toMatchObject({
    payload: { reason: 'proof_required' },
  })
})

test('an account that is disabled between the steps does not get in', async () => {
  const { id, body, browser, secret } = await newPersonWithTotp()
  await begin(browser, body)
  await test$.database.db.updateTable('user').set({ disabled_at: test$.deps.now() }).where('id', '=', id).execute()
  await expect(browser.call(contract.finishSignIn, { body: { code: codeOf(secret) } })).rejects.toMatchObject({
    status: 401,
  })
  await expect(browser.call(signIn, { body })).rejects.toMatchObject({ payload: { reason: 'account_disabled' } })
})

test('the audit log tells how somebody signed in, and nothing that would let another one in', async () => {
  const { body, browser, secret, recoveryCodes } = await newPersonWithTotp()
  await begin(browser, body)
  const code = codeOf(secret)
  await browser.call(contract.finishSignIn, { body: { code } })
  const rows = await test$.database.db.selectFrom('audit_record').selectAll().orderBy('id', 'desc').limit(6).execute()
  expect(rows.map(({ action }) => action)).toContain('totpConfirm')
  expect(rows[0]).toMatchObject({
    action: 'signInStepFinish',
    target: { kind: 'session', name: body.email },
    detail: { method: 'password', secondFactor: 'totp' },
  })
  expect(rows[1]).toMatchObject({ action: 'sessionCreate', detail: { method: 'password', needs: 'second_factor' } })
  const text = JSON.stringify(rows)
  for (const hidden of [secret, code, PASSWORD, ...recoveryCodes]) expect(text).not.toContain(hidden)
})

test('the audit log tells whose account was tried in vain, and never what was typed', async () => {
  const { id, body, browser, secret } = await newPersonWithTotp()
  await begin(browser, body)
  const wrong = codeOf(secret, 90)
  await expect(browser.call(contract.finishSignIn, { body: { code: wrong } })).rejects.toMatchObject({ status: 401 })
  const typo = { email: 'a password in the wrong field', password: 'another one' }
  await expect(browser.call(signIn, { body: typo })).rejects.toMatchObject({ status: 401 })
  const rows = await test$.database.db
    .selectFrom('audit_record')
    .selectAll()
    .where('address', '=', `10.0.0.${people}`)
    .where('outcome', '=', 'refused')
    .orderBy('id')
    .execute()
  expect(rows).toMatchObject([
    { action: 'signInStepFinish', target: { id, name: body.email }, detail: { secondFactor: 'totp', status: 401 } },
    { action: 'sessionCreate', target: { kind: 'user' }, detail: { method: 'password', status: 401 } },
  ])
  for (const typed of [wrong, typo.email, typo.password]) expect(JSON.stringify(rows)).not.toContain(typed)
})
