import { type RawBuilder, sql } from 'kysely'
import pg from 'pg'

import type { Db } from '../db/connection.ts'
import { AppError } from '../errors.ts'

/** An import that was broken off a moment ago may not have let go yet: that long a second one waits. */
const LOCK_WAIT_MS = 2_000

function keyOf(workspaceId: number): RawBuilder<unknown> {
  return sql`hashtextextended(${`metadeck.import.${workspaceId}`}, 0)`
}

/** One import of a workspace at a time; held to the end of the transaction. Throws `conflict`. */
export async function lockImports(db: Db, workspaceId: number): Promise<void> {
  const setWait = (ms: number): Promise<unknown> => sql`set local lock_timeout = ${sql.lit(ms)}`.execute(db)
  await setWait(LOCK_WAIT_MS)
  try {
    await sql`select pg_advisory_xact_lock(${keyOf(workspaceId)})`.execute(db)
  } catch (error) {
    if (!(error instanceof pg.DatabaseError) || error.code !== '55P03') throw error
    throw importInProgress(error)
  }
  await setWait(0)
}

/** Throws `conflict` while an import of the workspace runs; none begins before the transaction ends. */
export async function requireNoImport(trx: Db, workspaceId: number): Promise<void> {
  // Without waiting: whoever asks may hold what the import needs next.
  const { rows } = await sql<{ free: boolean }>`
    select pg_try_advisory_xact_lock(${keyOf(workspaceId)}) as free`.execute(trx)
  if (rows[0]?.free !== true) throw importInProgress()
}

function importInProgress(cause?: unknown): AppError {
  return new AppError('conflict', 'Another restore or import of this workspace is running. Wait until it is done.', {
    payload: { reason: 'import_in_progress' },
    cause,
  })
}
