import { sql } from 'kysely'

import type { Db } from '../../db/connection.ts'
import { holdWorkspace } from '../../db/workspace.ts'
import { withDatabaseErrors } from '../../tables/database-error.ts'

/** Longest wait for a row that somebody else is changing, as for changes of tables; then 409. */
const LOCK_TIMEOUT = '3s'

/**
 * Runs a write of a workspace's settings or branches in a transaction, one at a time in its workspace. Throws
 * `not_found`, and `conflict` where another write keeps the workspace for too long.
 */
export async function changeWorkspace<Result>(
  db: Db,
  workspaceId: number,
  work: (trx: Db) => Promise<Result>,
): Promise<Result> {
  return withDatabaseErrors({}, () =>
    db.transaction().execute(async (trx) => {
      await sql`select set_config('lock_timeout', ${LOCK_TIMEOUT}, true)`.execute(trx)
      await holdWorkspace(trx, workspaceId)
      return work(trx)
    }),
  )
}
