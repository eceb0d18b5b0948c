import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

import { createTestDatabase, type TestDatabase } from '../../testing/test-database.ts'
import { countAgainst, countAttempt, forgetOver, linkLimits } from './throttle.ts'

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

test('many addresses guess a hundred times at an account', async () => {
  let passed = 0
  for (let n = 0; n < 25; n += 1) passed += await passing(5, guess('ann@example.com', `192.0.2.${n}`))
  expect(passed).toBe(100)
})

test('bad links from an address keep nobody there from signing in', async () => {
  const use = (link: string) => () => countAgainst(database.db, linkLimits(link, '192.0.2.1'), NOW)
  expect(await passing(10, use('one link'))).toBe(5)
  let passed = 0
  for (let n = 0; n < 40; n += 1) passed += await passing(1, use(`link ${n}`))
  expect(passed).toBe(20)
  expect(await passing(1, guess('ann@example.com', '192.0.2.1'))).toBe(1)
})

test('counts whose time is over are cleared away, others stay', async () => {
  await guess('ann@example.com', '192.0.2.1')()
  await forgetOver(database.db, new Date(NOW.getTime() + 15 * 60_000 - 1))
  expect(await database.db.selectFrom('throttle').select('key').execute()).toHaveLength(3)
  await forgetOver(database.db, new Date(NOW.getTime() + 15 * 60_000))
  expect(await database.db.selectFrom('throttle').select('key').execute()).toEqual([])
})
