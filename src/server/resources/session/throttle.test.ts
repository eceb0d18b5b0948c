import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

import { AppError } from '../../errors.ts'
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.ts'
import { raceWith } from './race-fixture.ts'
import {
  codeLimits,
  countAgainst,
  countAttempt,
  forgetAttempt,
  forgetOver,
  linkLimits,
  linkUseLimits,
  recoveryLimits,
  uncount,
} from './throttle.ts'

const NOW = new Date('2026-11-21T12:00:00Z')

let database: TestDatabase

beforeAll(async () => {
  database = await createTestDatabase()
})
beforeEach(async () => {
  await database.db.deleteFrom('throttle').execute()
})
afterAll(() => database.close())

/** How many of so many attempts were let through. */
async function passing(times: number, attempt: () => Promise<void>): Promise<number> {
  let passed = 0
  for (let n = 0; n < times; n += 1) {
    await attempt().then(
      () => (passed += 1),
      (error: unknown) => expect(error).toMatchObject({ code: 'too_many_requests' }),
    )
  }
  return passed
}

const guess = (email: string, address: string) => () => countAttempt(database.db, email, address, NOW)

test('one address guesses five times at an account, and locks nobody out elsewhere', async () => {
  expect(await passing(120, guess('ann@example.com', '192.0.2.1'))).toBe(5)
  expect(await passing(1, guess('ann@example.com', '192.0.2.2'))).toBe(1)
})

test('one address guesses thirty times, over all accounts', async () => {
  let passed = 0
  for (let n = 0; n < 40; n += 1) passed += await passing(1, guess(`person-${n}@example.com`, '192.0.2.1'))
  expect(passed).toBe(30)
})

test('who is locked out of one account keeps nobody else at the address from signing in', async () => {
  expect(await passing(60, guess('ann@example.com', '192.0.2.1'))).toBe(5)
  expect(await passing(5, guess('bob@example.com', '192.0.2.1'))).toBe(5)
})

test('an attempt that is refused for its address uses up nothing of the account', async () => {
  const later = new Date(NOW.getTime() + 10 * 60_000)
  for (let n = 0; n < 30; n += 1) await guess(`person-${n}@example.com`, '192.0.2.1')()
  const late = (now: Date) => () => countAttempt(database.db, 'ann@example.com', '192.0.2.1', now)
  expect(await passing(20, late(later))).toBe(0)
  expect(await passing(5, late(new Date(NOW.getTime() + 15 * 60_000)))).toBe(5)
})

test('one IPv6 network of a customer does not use up what everybody may guess at an account', async () => {
  let passed = 0
  for (let n = 0; n < 40; n += 1)
    passed += await passing(5, guess('ann@example.com', `2001:db8:0:${n.toString(16)}::1`))
  expect(passed).toBe(20)
  expect(await passing(1, guess('ann@example.com', '2001:db8:0:100::1'))).toBe(1)
  expect(await passing(1, guess('ann@example.com', '192.0.2.1'))).toBe(1)
})

test('counts are taken back in one order, so that two who do so never wait for each other', async () => {
  const { db } = database
  const row = { failures: 1, window_ends_at: NOW }
  await db
    .insertInto('throttle')
    .values(['b', 'a'].map((key) => ({ key, ...row })))
    .execute()
  const limits = ['b', 'a'].map((key) => ({ key, attempts: 1, windowMs: 1, tooMany: '' }))
  const bump = (trx: typeof db, key: string) =>
    trx.updateTable('throttle').set({ failures: 7 }).where('key', '=', key).execute()
  await raceWith(db, {
    hold: (trx) => bump(trx as typeof db, 'a'),
    meanwhile: () => uncount(db, limits),
    change: (trx) => bump(trx as typeof db, 'b'),
  })
  expect(await db.selectFrom('throttle').select('failures').execute()).toEqual([{ failures: 6 }, { failures: 6 }])
})

test('many addresses guess a hundred times at an account', async () => {
  let passed = 0
  for (let n = 0; n < 25; n += 1) passed += await passing(5, guess('ann@example.com', `192.0.2.${n}`))
  expect(passed).toBe(100)
})

test('a sign-in that succeeds gives its address no new guesses at other accounts', async () => {
  for (let n = 0; n < 29; n += 1) await guess(`person-${n}@example.com`, '192.0.2.1')()
  await guess('ann@example.com', '192.0.2.1')()
  await forgetAttempt(database.db, 'ann@example.com', '192.0.2.1')
  expect(await passing(3, guess('bob@example.com', '192.0.2.1'))).toBe(1)
})

test('fifteen minutes after the first guess the next ones are let through, however many were refused meanwhile', async () => {
  const later = (minutes: number) => () =>
    countAttempt(database.db, 'ann@example.com', '192.0.2.1', new Date(NOW.getTime() + minutes * 60_000))
  expect(await passing(5, later(0))).toBe(5)
  expect(await passing(5, later(14))).toBe(0)
  expect(await passing(6, later(15))).toBe(5)
})

test('whoever has to wait is told for what', async () => {
  const words: string[] = []
  for (const limits of [codeLimits(1), recoveryLimits(1), linkLimits('x', '192.0.2.1'), linkUseLimits('x')]) {
    for (let n = 0; n < 21; n += 1) {
      const refused: unknown = await countAgainst(database.db, limits, NOW).catch((error: unknown) => error)
      if (refused instanceof AppError) words.push(refused.message)
    }
  }
  const wait = 'Wait 15 minutes, then try again.'
  expect([...new Set(words)]).toEqual([
    `Too many codes were wrong. ${wait}`,
    `Too many links that are not valid were used. ${wait}`,
    `This link was used too often at once. ${wait}`,
  ])
})

test('bad links from an address keep nobody there from signing in', async () => {
  const use = (link: string) => () => countAgainst(database.db, linkLimits(link, '192.0.2.1'), NOW)
  expect(await passing(10, use('one link'))).toBe(5)
  let passed = 0
  for (let n = 0; n < 40; n += 1) passed += await passing(1, use(`link ${n}`))
  expect(passed).toBe(25)
  expect(await passing(1, guess('ann@example.com', '192.0.2.1'))).toBe(1)
})

test('counts whose time is over are cleared away, others stay', async () => {
  await guess('ann@example.com', '192.0.2.1')()
  await forgetOver(database.db, new Date(NOW.getTime() + 15 * 60_000 - 1))
  expect(await database.db.selectFrom('throttle').select('key').execute()).toHaveLength(3)
  await forgetOver(database.db, new Date(NOW.getTime() + 15 * 60_000))
  expect(await database.db.selectFrom('throttle').select('key').execute()).toEqual([])
})
