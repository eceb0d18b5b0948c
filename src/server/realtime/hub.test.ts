import { afterAll, beforeAll, expect, test, vi } from 'vitest'

import type { ServerEvent } from '#api/contract/events.ts'

import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts'
import { type Hub, openHub } from './hub.ts'

let database: TestDatabase
let hub: Hub
let other: Hub

beforeAll(async () => {
  database = await createTestDatabase()
  hub = await openHub(database.options, () => undefined)
  other = await openHub(database.options, () => undefined)
})

afterAll(async () => {
  await hub.close()
  await other.close()
  await database.close()
})

const changed: ServerEvent = { type: 'changed', resource: 'tokens' }

const endListeners = (): Promise<unknown> =>
  database.pool.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'metadeck events' and datname = current_database()",
  )

test('an event reaches the listeners of every process on the database', async () => {
  const here: ServerEvent[] = []
  const there: ServerEvent[] = []
  const stop = [hub.subscribe((event) => here.push(event)), other.subscribe((event) => there.push(event))]
  await hub.publish(database.db, changed)
  await vi.waitFor(() => expect([here, there]).toEqual([[changed], [changed]]))
  for (const unsubscribe of stop) unsubscribe()
})

test('an event of a transaction that is rolled back never leaves', async () => {
  const seen: ServerEvent[] = []
  const stop = hub.subscribe((event) => seen.push(event))
  const work = database.db.transaction().execute(async (trx) => {
    await hub.publish(trx, { type: 'changed', resource: 'tables' })
    throw new Error('rolled back')
  })
  await expect(work).rejects.toThrow('rolled back')
  await hub.publish(database.db, changed)
  await vi.waitFor(() => expect(seen).toEqual([changed]))
  stop()
})

test('an event too large for the channel becomes a plain "changed"', async () => {
  const seen: ServerEvent[] = []
  const stop = hub.subscribe((event) => seen.push(event))
  await hub.publish(database.db, { type: 'progress', resource: 'backups', id: 4, item: { text: 'x'.repeat(9_000) } })
  await vi.waitFor(() => expect(seen).toEqual([{ type: 'changed', resource: 'backups', id: 4 }]))
  stop()
})

test('the listener comes back after its connection is lost', async () => {
  const seen: ServerEvent[] = []
  const stop = hub.subscribe((event) => seen.push(event))
  await endListeners()
  await vi.waitFor(
    async () => {
      await hub.publish(database.db, changed)
      expect(seen.length).toBeGreaterThan(0)
    },
    { timeout: 10_000, interval: 200 },
  )
  stop()
})

test('who listens is told when events may have been missed, once the connection is back', async () => {
  const one = await openHub(database.options, () => undefined)
  const heard: string[] = []
  one.subscribe(() => heard.push('event'))
  const stop = one.onGap(() => heard.push('gap'))
  await endListeners()
  await hub.publish(database.db, changed)
  await expect.poll(() => heard, { timeout: 5_000 }).toEqual(['gap'])
  await one.publish(database.db, changed)
  await expect.poll(() => heard).toEqual(['gap', 'event'])
  stop()
  await endListeners()
  await one.close()
  expect(heard).toEqual(['gap', 'event'])
})

test('a database that is away is asked once a second, however long it is, and heard when it is back', async () => {
  const options = { ...database.options }
  const errors: number[] = []
  const one = await openHub(options, () => errors.push(Date.now()))
  const seen: ServerEvent[] = []
  one.subscribe((event) => seen.push(event))
  // An address takes precedence over host and port.
  Object.assign(options, { connectionString: undefined, host: '127.0.0.1', port: 1 })
  await endListeners()
  await vi.waitFor(() => expect(errors.length).toBeGreaterThanOrEqual(4), { timeout: 10_000 })
  expect((errors[3] ?? 0) - (errors[0] ?? 0)).toBeGreaterThan(2_500)
  Object.assign(options, { host: undefined, port: undefined }, database.options)
  await vi.waitFor(
    async () => {
      await one.publish(database.db, changed)
      expect(seen).toContainEqual(changed)
    },
    { timeout: 10_000, interval: 100 },
  )
  await one.close()
})
