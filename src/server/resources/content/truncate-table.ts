import { sql } from 'kysely'

import type { Db } from '../../db/connection.ts'
import { withDatabaseErrors } from '../../tables/database-error.ts'
import { listDefinitions } from '../../tables/definition-store.ts'
import type { TablePlace } from '../../tables/rows/table-place.ts'
import { truncateRows } from '../../tables/rows/truncate-rows.ts'

/** Longest wait for readers of the table, such as a backup. */
const LOCK_TIMEOUT = '15s'

/** Deletes every row of a table in one data source. */
export async function truncateTable(db: Db, { definition, schema }: TablePlace, reset: boolean): Promise<void> {
  await withDatabaseErrors({ definition }, () =>
    db.transaction().execute(async (trx) => {
      await sql`select set_config('lock_timeout', ${LOCK_TIMEOUT}, true)`.execute(trx)
      const tables = await listDefinitions(trx, definition.workspaceId)
      await truncateRows(trx, schema, definition, tables, reset)
    }),
  )
}
