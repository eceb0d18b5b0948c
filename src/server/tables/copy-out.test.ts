import type pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts'
import { CopyOut } from './copy-out.ts'

describe('the lines of a COPY', () => {
  let database: TestDatabase
  let client: pg.PoolClient

  beforeAll(async () => {
    database = await createTestDatabase()
  })
  afterAll(() => database.close())
  beforeEach(async () => {
    client = await database.pool.connect()
  })
  afterEach(() => client.release(true))

  function copy(query: string): CopyOut {
    return client.query(new CopyOut(`copy (${query}) to stdout (format csv, header)`))
  }

  it('come out as the server wrote them, whatever is in them and however long they are', async () => {
    const text = `case when n % 700 = 0 then repeat(E'"a\\n', n) when n % 3 = 0 then '' else repeat('x', n % 40) end`
    const query = `select n, ${text} as t from generate_series(1, 20000) n`
    const { rows } = await client.query<{ n: number; t: string }>(query)
    const lines = copy(query)
    const pieces: Buffer[] = []
    for await (const piece of lines) pieces.push(piece)
    const quoted = (t: string): string => (t === '' || t.includes('"') ? `"${t.replaceAll('"', '""')}"` : t)
    expect(Buffer.concat(pieces).toString()).toBe(`n,t\n${rows.map(({ n, t }) => `${n},${quoted(t)}\n`).join('')}`)
    expect(lines.rowCount).toBe(20_000)
  })

  it('fill a buffer with whole lines only, and tell the length of the next one', async () => {
    const lines = copy(`select * from (values ('aaaa'), ('b'), (repeat('c', 100000)), ('d')) v (x)`)
    const buffer = Buffer.alloc(8)
    const filled = async (): Promise<string> => {
      const { end } = await lines.fill(buffer, 0)
      return buffer.toString('latin1', 0, end)
    }
    expect([await filled(), await lines.next()]).toEqual(['x\naaaa\n', 2])
    expect([await filled(), await lines.next(), await filled()]).toEqual(['b\n', 100_001, ''])
    let length = 0
    for await (const piece of lines.line()) length += piece.length
    expect([length, await filled(), await lines.next(), lines.rowCount]).toEqual([100_001, 'd\n', 0, 4])
  })

  it('leave the client ready for the next statement, after the last one and after an error', async () => {
    for await (const _ of copy('select 1 as a'));
    const failing = copy('select 1 / (5000 - n) from generate_series(1, 9000) n')
    const reading = (async () => {
      for await (const _ of failing);
    })()
    await expect(reading).rejects.toMatchObject({ code: '22012' })
    await expect(copy('select nothing from nowhere').next()).rejects.toMatchObject({ code: '42P01' })
    expect((await client.query('select 2 as a')).rows).toEqual([{ a: 2 }])
  })

  it('are not taken for whole when the connection ends in the middle', async () => {
    const lines = copy(`select repeat('x', 1000) from generate_series(1, 100000)`)
    await lines.next()
    await database.pool.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query ilike 'copy %'",
    )
    const reading = (async () => {
      for await (const _ of lines);
    })()
    await expect(reading).rejects.toThrow(/terminat/i)
  })

  it('are not read ahead without bound: the server waits for the reader', async () => {
    const lines = copy(`select repeat('x', 1000) from generate_series(1, 300000)`)
    await lines.next()
    const stream = (client as unknown as { connection: pg.Connection }).connection.stream as unknown as {
      bytesRead: number
    }
    await expect.poll(() => stream.bytesRead, { interval: 50 }).toBeGreaterThan(200_000)
    for (let turn = 0; turn < 5; turn += 1) await database.pool.query('select pg_sleep(0.02)')
    expect(stream.bytesRead).toBeLessThan(2_000_000)
  })
})
