import { sql } from 'kysely'

import type { Db } from '../../db/connection.ts'
import { AppError } from '../../errors.ts'
import { hasForeignKey } from '../column-type.ts'
import { withDatabaseErrors } from '../database-error.ts'
import { referencesTo, type TableDefinition } from '../definition.ts'
import { setNextId } from '../id-counter.ts'

/**
 * Deletes every row of a table; `reset` starts its ids at 1 again. Refused while rows of other tables refer to some
 * row. PostgreSQL's TRUNCATE refuses as soon as a foreign key could, even from an empty table: then rows are deleted.
 */
export async function truncateRows(
  trx: Db,
  schema: string,
  definition: TableDefinition,
  tables: readonly TableDefinition[],
  reset: boolean,
): Promise<void> {
  const referring = tables.filter(
    (table) => table.id !== definition.id && referencesTo(table, definition.id).some(hasForeignKey),
  )
  const holding: string[] = []
  for (const table of referring) if (await refers(trx, schema, table, definition.id)) holding.push(`"${table.name}"`)
  if (holding.length > 0) {
    throw new AppError(
      'invalid_input',
      `The table "${definition.name}" cannot be emptied, because rows of ${holding.join(', ')} refer to its rows. Empty those first.`,
      { payload: { reason: 'referenced' } },
    )
  }
  const table = sql.id(schema, definition.name)
  await withDatabaseErrors({ definition, isDelete: true }, async () => {
    await (referring.length === 0 ? sql`truncate ${table}` : sql`delete from ${table}`).execute(trx)
    if (reset) await setNextId(trx, schema, definition, 1)
  })
}

async function refers(trx: Db, schema: string, table: TableDefinition, targetId: number): Promise<boolean> {
  const conditions = referencesTo(table, targetId)
    .filter(hasForeignKey)
    .map((column) => sql`${sql.id(column.name)} is not null`)
  const found = await sql`
    select 1 from ${sql.id(schema, table.name)} where ${sql.join(conditions, sql` or `)} limit 1`.execute(trx)
  return found.rows.length > 0
}
