import { afterAll, beforeAll, expect, test } from 'vitest'

import { listAudit } from '#api/contract/audit-console.ts'
import { getSession, signIn, signOut } from '#api/contract/session.ts'
import { SESSION_POLICY_DEFAULT } from '#api/contract/sessions.ts'
import { listTokens } from '#api/contract/tokens.ts'

import { createTestApp, OWNER, type TestApp } from '../../testing/test-app.ts'
import { addPerson, openBrowser, PASSWORD } from './browser-fixture.ts'
import { forgetPlaces, PLACE_LIFE_MS } from './sign-in-places.ts'
import { writeSignInPolicy } from './sign-in-policy.ts'
import { countAttempt } from './throttle.ts'

let test$: TestApp

beforeAll(async () => {
  test$ = await createTestApp()
})
afterAll(() => test$.close())

const body = { email: OWNER.email, password: OWNER.password }

test('the right password signs in and sets a cookie that scripts cannot read', async () => {
  const reply = await test$.app.inject({ method: 'POST', url: signIn.path, payload: body })
  expect(reply.statusCode).toBe(200)
  expect(reply.json()).toMatchObject({ user: { email: OWNER.email, role: 'owner' } })
  expect(reply.cookies[0]).toMatchObject({ name: 'metadeck_session', httpOnly: true, sameSite: 'Strict', path: '/' })
  expect(reply.body).not.toContain(reply.cookies[0]?.value)
})

test('a session tells who is signed in until it signs out', async () => {
  const call = await test$.signIn()
  expect(await call(getSession)).toMatchObject({ user: { name: OWNER.name } })
  await call(signOut)
  await expect(call(getSession)).rejects.toMatchObject({ code: 'unauthorized', status: 401 })
})

test('a wrong password and an unknown address get the same answer', async () => {
  const call = test$.callWith({})
  const wrong = await call(signIn, { body: { ...body, password: 'wrong' } }).catch((error: unknown) => error)
  const unknown = await call(signIn, { body: { ...body, email: 'nobody@example.com' } }).catch(
    (error: unknown) => error,
  )
  expect(wrong).toMatchObject({ code: 'unauthorized', status: 401 })
  expect((unknown as Error).message).toBe((wrong as Error).message)
})

test('that an account is disabled is told to whoever has its password, and to nobody else', async () => {
  const email = 'disabled@example.com'
  const id = await addPerson(test$, email)
  await test$.database.db.updateTable('user').set({ disabled_at: test$.deps.now() }).where('id', '=', id).execute()
  const attempt = (password: string) => test$.callWith({})(signIn, { body: { email, password } })
  await expect(attempt('wrong')).rejects.toMatchObject({ status: 401, message: expect.stringMatching(/do not fit/) })
  await expect(attempt(PASSWORD)).rejects.toMatchObject({ status: 403, payload: { reason: 'account_disabled' } })
})

test('after five failures the sixth try waits, and the window passes', async () => {
  const call = test$.callWith({})
  const email = 'target@example.com'
  for (let n = 0; n < 5; n += 1) {
    await expect(call(signIn, { body: { email, password: 'wrong' } })).rejects.toMatchObject({ code: 'unauthorized' })
  }
  const error = await call(signIn, { body: { email, password: 'wrong' } }).catch((failure: unknown) => failure)
  expect(error).toMatchObject({ code: 'too_many_requests', status: 429 })
  expect((error as { retryAfterSeconds: number }).retryAfterSeconds).toBeGreaterThan(0)
  test$.advance(16 * 60_000)
  await expect(call(signIn, { body: { email, password: 'wrong' } })).rejects.toMatchObject({ code: 'unauthorized' })
})

test('a burst of guesses at once is counted like one after the other', async () => {
  const call = test$.callWith({})
  const guess = () =>
    call(signIn, { body: { email: 'burst@example.com', password: 'wrong' } }).catch((error: unknown) => error)
  const codes = (await Promise.all(Array.from({ length: 15 }, guess))).map(
    (error) => (error as { status: number }).status,
  )
  expect(codes.filter((status) => status === 401)).toHaveLength(5)
  expect(codes.filter((status) => status === 429)).toHaveLength(10)
})

test('while strangers guess from everywhere, a person signs in from where they did so before, and from nowhere else', async () => {
  const email = 'home@example.com'
  await addPerson(test$, email)
  const [home, guessing] = ['2001:db8:7:7::1', '2001:db8:7:7::2']
  const attempt = (address: string, password = PASSWORD) =>
    openBrowser(test$, { address })
      .call(signIn, { body: { email, password } })
      .then(
        () => 200,
        (error: unknown) => (error as { status: number }).status,
      )
  const strangersGuess = async (): Promise<void> => {
    for (let n = 0; n < 100; n += 1) await countAttempt(test$.database.db, email, `198.51.100.${n}`, test$.deps.now())
  }
  expect(await attempt(home)).toBe(200)
  await strangersGuess()
  expect([await attempt('192.0.2.1'), await attempt(home)]).toEqual([429, 200])
  // The place is known, and who sits there still guesses five times.
  const guesses = await Promise.all(Array.from({ length: 7 }, () => attempt(guessing, 'wrong')))
  expect(guesses.toSorted((a, b) => a - b)).toEqual([401, 401, 401, 401, 401, 429, 429])
  test$.advance(16 * 60_000)
  await forgetPlaces(test$.database.db, new Date(test$.deps.now().getTime() + PLACE_LIFE_MS))
  await strangersGuess()
  expect(await attempt(home)).toBe(429)
})

test('a missing field is named', async () => {
  const reply = await test$.app.inject({ method: 'POST', url: signIn.path, payload: { email: 'a@b.co' } })
  expect(reply.statusCode).toBe(400)
  expect(reply.json()).toMatchObject({
    code: 'invalid_input',
    message: 'Missing param: password',
    payload: { param: 'password' },
  })
})

test('a page of another origin can change nothing, with or without a session', async () => {
  for (const headers of [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }, { origin: 'null' }]) {
    const reply = await test$.app.inject({ method: 'POST', url: signIn.path, payload: body, headers })
    expect(reply.statusCode).toBe(403)
    expect(reply.json()).toMatchObject({ code: 'access_denied', payload: { reason: 'cross_origin' } })
  }
  const own = await test$.app.inject({
    method: 'POST',
    url: signIn.path,
    payload: body,
    headers: { origin: 'http://localhost:80', host: 'localhost:80' },
  })
  expect(own.statusCode).toBe(200)
})

test('an idle session and an old one are over', async () => {
  const { idleSeconds, lifeSeconds } = SESSION_POLICY_DEFAULT
  const idle = await test$.signIn()
  test$.advance((idleSeconds + 1) * 1_000)
  await expect(idle(getSession)).rejects.toMatchObject({ code: 'unauthorized' })
  const old = await test$.signIn()
  for (let gone = 0; gone < lifeSeconds; gone += idleSeconds / 2) {
    await old(getSession)
    test$.advance(idleSeconds * 500)
  }
  await expect(old(getSession)).rejects.toMatchObject({ code: 'unauthorized' })
})

test('a session may call what only people may', async () => {
  const call = await test$.signIn()
  expect((await call(listTokens)).items.length).toBeGreaterThan(0)
})

test('signing out leaves one record where it ended a session, and none where there was none, whoever asks', async () => {
  const ended = async () =>
    (await test$.call(listAudit, { query: { action: 'sessionDelete', limit: 100 } })).items.length
  const before = await ended()
  const session = await test$.signIn()
  for (const call of [session, session, test$.call, test$.call, test$.callWith({})]) await call(signOut)
  expect(await ended()).toBe(before + 1)
})

test('a sign-in of which a step is left ends the session that the browser had', async () => {
  const browser = openBrowser(test$)
  await addPerson(test$, 'before@example.com')
  await addPerson(test$, 'after@example.com')
  await browser.call(signIn, { body: { email: 'before@example.com', password: PASSWORD } })
  const kept = openBrowser(test$)
  for (const [name, value] of browser.cookies) kept.cookies.set(name, value)
  await kept.call(listTokens)

  await writeSignInPolicy(test$.database.db, { requiresSecondStep: true })
  const after = { email: 'after@example.com', password: PASSWORD }
  expect(await browser.call(signIn, { body: after })).toMatchObject({ needs: 'second_factor_setup' })
  expect([...browser.cookies.keys()]).toEqual(['metadeck_sign_in'])
  await expect(kept.call(listTokens)).rejects.toMatchObject({ status: 401 })
  await writeSignInPolicy(test$.database.db, { requiresSecondStep: false })
})
