import { type Insertable, sql } from 'kysely'

import { type Db, OWN_SCHEMA } from '../db/connection.ts'
import type { Database } from '../db/tables.ts'

type WithId = 'table_definition' | 'api_group' | 'construct' | 'file'

/** Inserts a row under the id it says, which identity columns take only with these words; without one it gets the next. */
export async function insertRow<Name extends WithId>(
  db: Db,
  table: Name,
  { id, ...row }: Omit<Insertable<Database[Name]>, 'id'> & { id: number | undefined },
): Promise<number> {
  const known = id ?? (await nextId(db, table))
  const columns = sql.join(['id', ...Object.keys(row)].map((name) => sql.id(name)))
  await sql`insert into ${sql.id(OWN_SCHEMA, table)} (${columns}) overriding system value
    values (${sql.join([known, ...Object.values(row)])})`.execute(db)
  return known
}

/** An id that no row of the table has or will get. */
export async function nextId(db: Db, table: WithId): Promise<number> {
  const name = `${OWN_SCHEMA}.${table}`
  const next = await sql<{ id: number }>`select nextval(pg_get_serial_sequence(${name}, 'id')) as id`.execute(db)
  const id = next.rows[0]?.id
  if (id === undefined) throw new Error(`The table ${table} gives no ids`)
  return id
}
