import { type RawBuilder, sql } from 'kysely'

import type { Db } from '../../db/connection.ts'
import { describeDatabaseError, withDatabaseErrors } from '../database-error.ts'
import { columnsSet, recordset } from './recordset.ts'
import type { RowValues } from './row-reader.ts'
import type { TablePlace } from './table-place.ts'

interface Found {
  id: string
}

/** Gives the same values to every row that `where` holds for (a condition on the table `t`); answers their ids. */
export async function updateFound(
  db: Db,
  { schema, definition }: TablePlace,
  where: RawBuilder<boolean>,
  values: RowValues,
): Promise<string[]> {
  const columns = columnsSet(definition, values)
  const settings = sql.join(columns.map((column) => sql`${sql.id(column.name)} = ${sql.id('r', column.name)}`))
  try {
    const changed = await sql<Found>`
      update ${sql.id(schema, definition.name)} as t set ${settings}
      from ${recordset(columns, [values])} where ${where} returning t.id::text as id`.execute(db)
    return changed.rows.map((row) => row.id)
  } catch (error) {
    const paramOf = (column: string): string => (column === '' ? 'updates' : `updates.${column}`)
    throw describeDatabaseError(error, { definition, paramOf })
  }
}

/** Deletes every row that `where` holds for; answers their ids. Refused while other rows refer to one of them. */
export async function deleteFound(
  db: Db,
  { schema, definition }: TablePlace,
  where: RawBuilder<boolean>,
): Promise<string[]> {
  return withDatabaseErrors({ definition, isDelete: true }, async () => {
    const gone = await sql<Found>`
      delete from ${sql.id(schema, definition.name)} as t where ${where} returning t.id::text as id`.execute(db)
    return gone.rows.map((row) => row.id)
  })
}
