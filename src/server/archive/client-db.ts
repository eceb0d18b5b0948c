import { Kysely, PostgresDialect, type PostgresPoolClient } from 'kysely'
import type pg from 'pg'

import { type Db, OWN_SCHEMA } from '../db/connection.ts'
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
