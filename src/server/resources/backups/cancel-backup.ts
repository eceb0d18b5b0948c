import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import type { BackupRow } from './store.ts'

/**
 * Asks for the end of a run. One that waits ends at once; one that runs is ended by its job, which looks every half
 * second. Throws 409 for one that is done, and for a safety backup: that would end its restore, which asks for more.
 */
export async function cancelBackup(
  { connection: { db }, hub, now }: Pick<Deps, 'connection' | 'hub' | 'now'>,
  { id, kind }: Pick<BackupRow, 'id' | 'kind'>,
): Promise<BackupRow> {
  if (kind === 'safety') {
    throw new AppError('conflict', 'This backup is made by a restore. Cancel the restore: that ends both.')
  }
  const row = await db.transaction().execute(async (trx) => {
    const waiting = await trx
      .updateTable('backup')
      .set({ is_cancelled: true, status: 'cancelled', failure: null, next_attempt_at: null, finished_at: now() })
      .where('id', '=', id)
      .where('status', '=', 'queued')
      .returningAll()
      .executeTakeFirst()
    if (waiting !== undefined) return waiting
    return trx
      .updateTable('backup')
      .set({ is_cancelled: true })
      .where('id', '=', id)
      .where('status', '=', 'running')
      .returningAll()
      .executeTakeFirst()
  })
  if (row === undefined) {
    throw new AppError('conflict', 'The backup is done already, so there is nothing to cancel. Delete it instead.')
  }
  await hub.publish(db, { type: 'changed', resource: 'backups', id })
  return row
}
