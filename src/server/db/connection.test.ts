import { inject, expect, test } from 'vitest'

import { connect, isPoolExhausted } from './connection.ts'

test('a pool without a free connection is told apart from other failures', async () => {
  const connection = connect({ ...inject('postgres').options, max: 1, connectionTimeoutMillis: 20 })
  const client = await connection.pool.connect()
  const failure: unknown = await connection.db
    .selectFrom('workspace')
    .select('id')
    .execute()
    .catch((error: unknown) => error)
  expect(isPoolExhausted(failure)).toBe(true)
  const other: unknown = await client.query('select nothing').catch((error: unknown) => error)
  expect(isPoolExhausted(other)).toBe(false)
  expect(isPoolExhausted('timeout exceeded when trying to connect')).toBe(false)
  client.release()
  await connection.close()
})
