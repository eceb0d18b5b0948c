import type pg from 'pg'

import type { Connection } from '../../db/connection.ts'

/** A transaction on a client of the pool, for statements that need the client itself, as COPY does. */
export async function inTransaction<Result>(
  connection: Pick<Connection, 'pool'>,
  work: (client: pg.ClientBase) => Promise<Result>,
): Promise<Result> {
  const client = await connection.pool.connect()
  let isBroken = true
  try {
    await client.query('begin')
    const result = await work(client)
    await client.query('commit')
    isBroken = false
    return result
  } catch (error) {
    isBroken = !(await rollBack(client))
    throw error
  } finally {
    client.release(isBroken)
  }
}

async function rollBack(client: pg.ClientBase): Promise<boolean> {
  try {
    await client.query('rollback')
    return true
  } catch {
    return false
  }
}
