import type { Deps } from '../../deps.ts'
import { AppError, notFound } from '../../errors.ts'
import { findUnderWay } from '../restores/store.ts'
import { removeBackup } from './remove-backup.ts'
import { type BackupRow, findBackup, isUnderWay } from './store.ts'

/**
 * Deletes a backup with its archive. Throws 409 for one that is pinned, or that something works with. Answers what the
 * audit log should say: the restores that cannot be undone any more.
 */
export async function deleteBackup(
  deps: Pick<Deps, 'connection' | 'targets'>,
  row: BackupRow,
): Promise<Record<string, unknown>> {
  const { db } = deps.connection
  if (isUnderWay(row)) throw conflict('The backup is still being made. Wait until it is done, or cancel it.')
  if (row.is_pinned) throw pinned()
  if (row.drill?.status === 'queued' || row.drill?.status === 'running') {
    throw conflict('A drill is reading this backup. Wait until it is done.')
  }
  if ((await findUnderWay(db, { backupId: row.id })) !== undefined) {
    throw conflict('A restore is reading this backup. Wait until it is done.')
  }
  const restores = await db
    .selectFrom('restore')
    .select(['id', 'status'])
    .where('safety_backup_id', '=', row.id)
    .execute()
  if (restores.some(isUnderWay)) throw conflict('A restore needs this backup. Wait until it is done.')
  if (!(await removeBackup(deps, row))) {
    throw (await findBackup(db, row.id)) === undefined ? notFound(`Backup ${row.id}`) : pinned()
  }
  return restores.length === 0 ? {} : { noUndoOfRestores: restores.map(({ id }) => id) }
}

function pinned(): AppError {
  return conflict('The backup is pinned. Unpin it first.')
}

function conflict(message: string): AppError {
  return new AppError('conflict', message)
}
