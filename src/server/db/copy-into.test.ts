import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'

import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts'
import { copyInto } from './copy-into.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())

it('a refusal while much is still to be sent is an error of the stream, and of nothing else', async () => {
  const client = new pg.Client(database.options)
  await client.connect()
  await client.query('create table public.small (id int, text text, check (id > 0))')
  const stream = copyInto(client, 'copy public.small from stdin', { highWaterMark: 1 })
  const failed = new Promise<Error>((resolve) => stream.once('error', resolve))
  const { connection } = client as unknown as { connection: NodeJS.EventEmitter }
  // What was written before the database is ready is sent in one go then, and stops where the socket is full. The pause
  // has the refusal come back before the socket asks for more: in the same turn, the refusal is seen first.
  connection.once('copyInResponse', () => setImmediate(() => pause(300)))
  for (let n = 0; n < 400; n += 1) stream.write(`${-1}\t${'x'.repeat(64_000)}\n`)
  await expect(failed).resolves.toMatchObject({ code: '23514' })
  expect(stream.destroyed).toBe(true)
  // The connection goes on: what else was in the socket is passed over by the database.
  expect((await client.query('select count(*)::int as n from public.small')).rows).toEqual([{ n: 0 }])
  await client.end()
})

function pause(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
}
