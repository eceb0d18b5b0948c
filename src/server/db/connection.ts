import { Kysely, PostgresDialect, type Transaction } from 'kysely'
import pg from 'pg'

import type { Database } from './tables.ts'

/** Metadeck's own schema; user tables lie in schemas of their own. */
export const OWN_SCHEMA = 'metadeck'

/** A connection, or a transaction on one: what stores take. Unqualified tables are Metadeck's own. */
export type Db = Kysely<Database> | Transaction<Database>

export interface Connection {
  pool: pg.Pool
  db: Kysely<Database>
  /** A connection beside the pool, which is not open yet: for what has to hold one for long. */
  connectAlone(more: pg.ClientConfig): pg.Client
  close(): Promise<void>
}

/** Type oids of pg_type that the `pg` driver has no name for. */
const OID = {
  int8: 20,
  date: 1082,
  numeric: 1700,
  textArray: 1009,
  int8Array: 1016,
  dateArray: 1182,
  numericArray: 1231,
}

type Parser = (text: string) => unknown
const parserOf = pg.types.getTypeParser as (oid: number, format?: string) => Parser
const toTexts = parserOf(OID.textArray) as (text: string) => (string | null)[]
const toNumbers: Parser = (text) => toTexts(text).map((item) => (item === null ? null : Number(item)))

/** 64-bit ids and numerics are JSON numbers in the API; dates stay text (`2026-11-21`). */
const PARSERS = new Map<number, Parser>([
  [OID.int8, Number],
  [OID.numeric, Number],
  [OID.date, String],
  [OID.int8Array, toNumbers],
  [OID.numericArray, toNumbers],
  [OID.dateArray, toTexts],
])

const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: string) =>
    (format === 'binary' ? undefined : PARSERS.get(oid)) ??
    parserOf(oid, format)) as pg.CustomTypesConfig['getTypeParser'],
}

/** Opens a pool. Times are exchanged in UTC, whatever the server's zone is. */
export function connect(options: pg.PoolConfig): Connection {
  const all: pg.PoolConfig = {
    max: 20,
    connectionTimeoutMillis: 10_000,
    application_name: 'metadeck',
    ...options,
    options: '-c timezone=UTC -c datestyle=ISO -c intervalstyle=iso_8601 -c extra_float_digits=1',
    types,
  }
  const pool = new pg.Pool(all)
  // An idle connection that the server ends is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => undefined)
  // The same for one that is in use: whoever uses it gets the error with its next query.
  pool.on('connect', (client) => client.on('error', () => undefined))
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) }).withSchema(OWN_SCHEMA)
  return { pool, db, connectAlone: (more) => new pg.Client({ ...all, ...more }), close: () => pool.end() }
}

/** What the pool says when none of its connections came free in time; it gives this error no code. */
const EXHAUSTED = 'timeout exceeded when trying to connect'

/** True for the error of a pool whose connections are all taken: trying again soon helps. */
export function isPoolExhausted(error: unknown): boolean {
  return error instanceof Error && error.message === EXHAUSTED
}
