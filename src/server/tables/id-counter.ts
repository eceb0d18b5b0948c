import { sql } from 'kysely'

import type { Db } from '../db/connection.ts'
import { idType, type TableDefinition } from './definition.ts'

type Counted = Pick<TableDefinition, 'name' | 'columns'>

interface Sequence {
  schema: string
  name: string
}

/** The sequence behind an identity column. Its name is PostgreSQL's own choice and does not follow a rename. */
async function sequenceOf(db: Db, schema: string, definition: Counted): Promise<Sequence | undefined> {
  if (idType(definition) === 'uuid') return undefined
  const found = await sql<Sequence>`
    select n.nspname as schema, c.relname as name
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.oid = pg_get_serial_sequence(format('%I.%I', ${schema}::text, ${definition.name}::text), 'id')::regclass
  `.execute(db)
  return found.rows[0]
}

/** The id that the next row gets; 1 for tables whose ids are uuids. */
export async function readNextId(db: Db, schema: string, definition: Counted): Promise<number> {
  const sequence = await sequenceOf(db, schema, definition)
  if (sequence === undefined) return 1
  const found = await sql<{ next: number }>`
    select case when is_called then last_value + 1 else last_value end as next
    from ${sql.id(sequence.schema, sequence.name)}`.execute(db)
  return found.rows[0]?.next ?? 1
}

/** Sets the id that the next row gets, rolled back with the transaction. Nothing to do where ids are uuids. */
export async function setNextId(trx: Db, schema: string, definition: Counted, next: number): Promise<void> {
  if (idType(definition) === 'uuid') return
  await sql`alter table ${sql.id(schema, definition.name)} alter column id restart with ${sql.lit(next)}`.execute(trx)
}

/**
 * Moves the counter on so that it gives no id up to `highest`. Other writers of the table wait until the transaction
 * ends; without that an id given out meanwhile could be given out again.
 */
export async function passIds(trx: Db, schema: string, definition: Counted, highest: bigint): Promise<void> {
  await sql`lock table ${sql.id(schema, definition.name)} in share row exclusive mode`.execute(trx)
  const sequence = await sequenceOf(trx, schema, definition)
  if (sequence === undefined) return
  await sql`
    select setval(format('%I.%I', ${sequence.schema}::text, ${sequence.name}::text)::regclass, ${highest.toString()}::bigint)
    from ${sql.id(sequence.schema, sequence.name)}
    where ${highest.toString()}::bigint >= case when is_called then last_value + 1 else last_value end`.execute(trx)
}

/**
 * Takes `count` ids from the counter, in order. The table is locked first, as by an insert, so that nobody in `passIds`
 * writes these ids before the caller does.
 */
export async function takeIds(trx: Db, schema: string, definition: Counted, count: number): Promise<number[]> {
  await sql`lock table ${sql.id(schema, definition.name)} in row exclusive mode`.execute(trx)
  const taken = await sql<{ id: number }>`
    with counter as materialized (
      select pg_get_serial_sequence(format('%I.%I', ${schema}::text, ${definition.name}::text), 'id')::regclass as oid
    )
    select nextval(counter.oid) as id from counter, generate_series(1, ${count}::int)`.execute(trx)
  return taken.rows.map((row) => row.id)
}
