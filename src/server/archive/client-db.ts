import { Kysely, PostgresDialect, type PostgresPoolClient } from 'kysely'
import type pg from 'pg'

import { type Connection, type Db, OWN_SCHEMA } from '../db/connection.ts'
import type { Database } from '../db/tables.ts'

/**
 * A query builder on one client that somebody else opened: COPY needs the client itself, the stores need a builder,
 * and both must be in the same transaction.
 */
export function dbOn(client: pg.ClientBase): Db {
  const borrowed = {
    query: (text: string, values: readonly unknown[]) => client.query(text, [...values]),
    release: () => undefined,
  } as unknown as PostgresPoolClient
  const pool = { options: {}, connect: () => Promise.resolve(borrowed), end: () => Promise.resolve() }
  return new Kysely<Database>({ dialect: new PostgresDialect({ pool }) }).withSchema(OWN_SCHEMA)
}

/** A client of the pool for longer work. `release(true)` throws it away, whatever state it is in. */
export interface CheckedOut {
  client: pg.ClientBase
  release: (isBroken: boolean) => void
}

/**
 * Takes a client out of the pool. The pool watches over idle ones only: without a listener here, a connection that is
 * lost meanwhile would end the process. The loss shows in the query that is running, or in the next one.
 */
export async function checkOut(connection: Connection): Promise<CheckedOut> {
  const client = await connection.pool.connect()
  const ignore = (): void => undefined
  let isReleased = false
  client.on('error', ignore)
  return {
    client,
    release(isBroken) {
      if (isReleased) return
      isReleased = true
      client.release(isBroken)
      // A broken one may still report its end.
      if (!isBroken) client.removeListener('error', ignore)
    },
  }
}
