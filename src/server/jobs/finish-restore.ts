import type { Db } from '../db/connection.ts'
import { findRestore, type RestoreChange, type RestoreRow, updateRestore } from '../resources/restores/store.ts'
import { isOwn, type RestoreAttempt, Superseded } from './restore-attempt.ts'
import type { JobDeps } from './run.ts'
import { Cancelled } from './watch-cancel.ts'

/**
 * Marks a restore as succeeded, in the transaction that does it. Throws `Cancelled` where somebody asked for its end, or
 * the reason of the signal where that was aborted; from here on nobody can end it: a cancellation waits for the row and
 * finds the restore done. Throws `Superseded` where the restore has ended meanwhile or belongs to a later attempt, so that
 * it is done once.
 */
export async function finishRestore(
  { now }: Pick<JobDeps, 'now'>,
  db: Db,
  own: RestoreRow,
  { figures, progress, signal }: Pick<RestoreAttempt, 'figures' | 'progress' | 'signal'>,
  change: RestoreChange,
): Promise<void> {
  const { id, backup_id: backupId } = own
  // The row is locked from here to the commit: nobody else may be waiting to write it.
  await progress.stop()
  await db.selectFrom('restore').select('id').where('id', '=', id).forUpdate().execute()
  const row = await findRestore(db, id)
  if (row?.is_cancelled === true) throw new Cancelled()
  // Deletions do not look at the signal while they wait for tables.
  signal.throwIfAborted()
  if (!isOwn(row, own)) throw new Superseded()
  const done = { status: 'succeeded', stage: 'done', current: null, finished_at: now(), failure: null }
  await updateRestore(db, id, { ...figures.end(), ...done, ...change })
  if (backupId !== null) await db.updateTable('backup').set({ restored_at: now() }).where('id', '=', backupId).execute()
}
