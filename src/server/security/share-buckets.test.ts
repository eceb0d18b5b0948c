import { afterAll, beforeAll, expect, test } from 'vitest'

import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts'
import { type Buckets, createBuckets } from './buckets.ts'
import { forgetQuietUse, shareUse } from './share-buckets.ts'

let database: TestDatabase
const NOW = new Date('2026-01-01T00:00:00Z')

beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())

/** One process: ten at once, one a second. */
const openProcess = (): { token: Buckets } => ({ token: createBuckets({ perMinute: 60, atOnce: 10 }) })
const use = ({ token }: { token: Buckets }, key: string, count: number): number =>
  Array.from({ length: count }, () => token.take(key, NOW.getTime())).filter((wait) => wait === 0).length
const share = (books: { token: Buckets }) => shareUse(database.db, books, NOW)
const stored = async () =>
  (await database.pool.query<{ key: string; used: number }>('select key, used from metadeck.rate_limit order by key'))
    .rows

test('what one process lets through is missing in the other after a round', async () => {
  const [one, two] = [openProcess(), openProcess()]
  use(one, 'a', 1)
  use(two, 'a', 1)
  await share(one)
  await share(two)
  use(one, 'a', 6)
  await share(one)
  use(two, 'a', 1)
  await share(two)
  expect(use(two, 'a', 10)).toBe(2)
  expect(await stored()).toContainEqual({ key: 'token a', used: 9 })
})

test('rounds of many processes at once lose nothing and never wait in a circle', async () => {
  const processes = Array.from({ length: 6 }, openProcess)
  const keys = Array.from({ length: 40 }, (_, at) => `many ${at}`)
  for (const [at, one] of processes.entries())
    for (const key of at % 2 === 0 ? keys : keys.toReversed()) use(one, key, 3)
  await Promise.all(processes.map(share))
  const rows = (await stored()).filter(({ key }) => key.startsWith('token many'))
  expect(rows.map(({ used }) => used)).toEqual(keys.map(() => 18))
})

test('a round without use asks the database nothing; a failed one is made up for', async () => {
  const one = openProcess()
  const gone = await createTestDatabase()
  await gone.close()
  await shareUse(gone.db, one, NOW)
  use(one, 'later', 5)
  await expect(shareUse(gone.db, one, NOW)).rejects.toThrow()
  await share(one)
  expect(await stored()).toContainEqual({ key: 'token later', used: 5 })
})

test('rows of keys that went quiet are cleared away', async () => {
  const one = openProcess()
  use(one, 'quiet', 5)
  await share(one)
  await forgetQuietUse(database.db, NOW)
  expect((await stored()).map(({ key }) => key)).toContain('token quiet')
  await forgetQuietUse(database.db, new Date(NOW.getTime() + 11 * 60_000))
  expect(await stored()).toEqual([])
})
