import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

import { lookAtRecovery, finishRecovery } from '#api/contract/recovery.ts'
import { getSession, signIn } from '#api/contract/session.ts'

import { sha256 } from '../../credentials.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { addMember, type SignedIn } from '../members/member-fixture.ts'
import { holdAccount } from '../second-factor/factors.ts'
import { openBrowser } from '../session/browser-fixture.ts'
import { SESSION_COOKIE } from '../session/store.ts'
import { makeRecoveryLink, RECOVERY_LIFE_MS } from './make-link.ts'

const PASSWORD = 'seven quiet harbours'

let test$: TestApp
let owner: SignedIn

beforeAll(async () => {
  test$ = await createTestApp()
})
beforeEach(async () => {
  owner = await addMember(test$, 'owner')
})
afterAll(() => test$.close())

const make = (resetsTwoStep = false, email = owner.email) =>
  makeRecoveryLink(test$.database.db, { email, resetsTwoStep }, test$.deps.now())
const look = (token: string) => test$.callWith({})(lookAtRecovery, { body: { token } })
const finish = (token: string, password = PASSWORD) => test$.callWith({})(finishRecovery, { body: { token, password } })
const DEAD = { status: 403, payload: { param: 'token', reason: 'recovery' } }

async function addApp(): Promise<void> {
  const now = test$.deps.now()
  const app = { user_id: owner.id, sealed_secret: 'x', created_at: now, confirmed_at: now }
  await test$.database.db.insertInto('totp').values(app).execute()
  const code = { user_id: owner.id, hash: sha256('code'), created_at: now }
  await test$.database.db.insertInto('recovery_code').values(code).execute()
}

test('a link sets a new password once, signs in, and every older session has ended', async () => {
  const made = await make()
  expect(made).toMatchObject({ email: owner.email, endedSessions: 1 })
  await expect(owner.call(getSession)).rejects.toMatchObject({ status: 401 })
  const expiresAt = made.expiresAt.toISOString()
  expect(await look(made.secret)).toEqual({ email: owner.email, expiresAt, resetsTwoStep: false })
  expect(await finish(made.secret)).toMatchObject({ user: { email: owner.email, role: 'owner' } })
  await expect(finish(made.secret, 'another long password')).rejects.toMatchObject(DEAD)
  await expect(look(made.secret)).rejects.toMatchObject(DEAD)
  const body = { email: owner.email, password: PASSWORD }
  expect(await test$.callWith({})(signIn, { body })).toMatchObject({ user: { id: owner.id } })
})

test('of two uses at once one succeeds', async () => {
  const { secret } = await make()
  const ended = await Promise.allSettled([finish(secret), finish(secret, 'another long password')])
  expect(ended.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
})

test('at most five who use one link have their passwords hashed at once, wherever they are', async () => {
  const { secret } = await make()
  const statuses: number[] = []
  const body = { token: secret, password: PASSWORD }
  // Who got to the hash waits here afterwards.
  const all = await test$.database.db.transaction().execute(async (trx) => {
    await holdAccount(trx, owner.id)
    const calls = Array.from({ length: 12 }, (_, n) =>
      openBrowser(test$, { address: `192.0.2.${n}` })
        .call(finishRecovery, { body })
        .then(
          () => statuses.push(200),
          (error: unknown) => statuses.push((error as { status: number }).status),
        ),
    )
    await expect.poll(() => statuses, { timeout: 8_000 }).toEqual(Array(7).fill(429))
    return calls
  })
  await Promise.all(all)
  expect(statuses.slice(7).toSorted((a, b) => a - b)).toEqual([200, 403, 403, 403, 403])
})

test('a link ends after a quarter of an hour, and when a newer one is made', async () => {
  const old = await make()
  const newer = await make()
  await expect(look(old.secret)).rejects.toMatchObject(DEAD)
  test$.advance(RECOVERY_LIFE_MS - 1_000)
  await look(newer.secret)
  test$.advance(1_000)
  await expect(finish(newer.secret)).rejects.toMatchObject(DEAD)
})

test.each([
  ['disabled', { disabled_at: new Date() }],
  ['no owner any more', { role: 'member' }],
] as const)('the link of an account that is %s opens nothing', async (_what, changed) => {
  const { secret } = await make()
  await test$.database.db.updateTable('user').set(changed).where('id', '=', owner.id).execute()
  await expect(finish(secret)).rejects.toMatchObject(DEAD)
})

test('the second step stays, and is asked for, unless it was asked to go; until the use of the link nothing goes', async () => {
  await addApp()
  const left = async (): Promise<number> =>
    (await test$.database.db.selectFrom('totp').where('user_id', '=', owner.id).selectAll().execute()).length
  expect(await finish((await make()).secret)).toMatchObject({ needs: 'second_factor' })
  const { secret } = await make(true)
  expect([await left(), await look(secret)]).toMatchObject([1, { resetsTwoStep: true }])
  expect(await finish(secret)).toMatchObject({ user: { id: owner.id } })
  const codes = test$.database.db.selectFrom('recovery_code').where('user_id', '=', owner.id).selectAll()
  expect([await left(), await codes.execute()]).toEqual([0, []])
})

test('whoever was signed in in the browser is so no more, also where a second step is left', async () => {
  await addApp()
  const before = await addMember(test$, 'admin')
  const payload = { token: (await make()).secret, password: PASSWORD }
  const reply = await test$.app.inject({
    method: 'POST',
    url: finishRecovery.path,
    payload,
    headers: { ...before.headers, 'user-agent': 'test' },
  })
  expect(reply.json()).toMatchObject({ needs: 'second_factor' })
  expect(reply.cookies.find(({ name }) => name === SESSION_COOKIE)).toMatchObject({ value: '', maxAge: 0 })
  await expect(before.call(getSession)).rejects.toMatchObject({ status: 401 })
})

test('a password that is easily guessed is refused, and the link stays good', async () => {
  const { secret } = await make()
  for (const weak of ['short', 'password123456', 'a1', 'a2', 'a3', 'a4']) {
    await expect(finish(secret, weak)).rejects.toMatchObject({ status: 400, payload: { param: 'password' } })
  }
  await look(secret)
})

test('who is no owner is refused, the owners being told so that only they know themselves', async () => {
  const admin = await addMember(test$, 'admin')
  await expect(make(false, admin.email)).rejects.toMatchObject({ code: 'not_found' })
  const refused: unknown = await make(false, 'nobody@example.com').catch((error: unknown) => error)
  expect(refused).toMatchObject({ message: expect.stringContaining('o…@example.com') as string })
  expect((refused as Error).message).not.toContain(owner.email)
  await test$.database.db.updateTable('user').set({ disabled_at: new Date() }).where('id', '=', owner.id).execute()
  await expect(make()).rejects.toMatchObject({ code: 'conflict' })
})

test('link and use are in the audit log, and the secret is nowhere', async () => {
  const { secret } = await make(true)
  await finish(secret)
  const records = await test$.database.db
    .selectFrom('audit_record')
    .select(['action', 'actor_kind', 'actor_label', 'target', 'detail'])
    .where('action', 'in', ['ownerRecover', finishRecovery.id])
    .orderBy('sequence', 'desc')
    .limit(2)
    .execute()
  const target = { kind: 'user', id: owner.id, name: owner.email }
  expect(records).toMatchObject([
    { action: finishRecovery.id, target, detail: { resetsTwoStep: true, endedSessions: 0 } },
    { action: 'ownerRecover', actor_kind: 'system', target, detail: { how: 'recovered at the command line' } },
  ])
  expect(JSON.stringify(records)).not.toContain(secret)
  const { rows } = await test$.database.pool.query('select * from metadeck.recovery_link')
  expect(JSON.stringify(rows)).not.toContain(secret)
})

test('guesses are counted', async () => {
  const statuses: unknown[] = []
  for (let n = 0; n < 7; n += 1) {
    statuses.push(await look('guess').catch((error: unknown) => (error as { status: number }).status))
  }
  expect(statuses.slice(-2)).toEqual([429, 429])
})
