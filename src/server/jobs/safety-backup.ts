import { readBranch } from '../db/workspace.ts'
import { AppError } from '../errors.ts'
import { removeBackup } from '../resources/backups/remove-backup.ts'
import {
  type BackupChange,
  type BackupRow,
  findBackup,
  insertBackup,
  updateBackup,
} from '../resources/backups/store.ts'
import { findRestore, type RestoreRow, updateRestore } from '../resources/restores/store.ts'
import { getWorkspace } from '../resources/workspaces/store.ts'
import { makeBackup } from './make-backup.ts'
import { isOwn, Superseded } from './restore-attempt.ts'
import type { JobDeps } from './run.ts'

export interface SafetyInput {
  workspaceId: number
  /** Label; empty = the live branch. */
  branch: string
  definitionOnly: boolean
  includesFiles: boolean
  /** Of the archive that is restored; kept with the safety backup, so that an undo asks for none. Empty = none. */
  password: string
  signal: AbortSignal
  onChange: (change: BackupChange) => void
}

/** States in which a backup was read back and found whole. */
const WHOLE = new Set(['succeeded', 'warnings', 'looks_wrong'])

/**
 * Backs up what a restore is about to change, and names that backup in the restore. Throws where it does not come out
 * whole: then the restore must not go on.
 */
export async function takeSafetyBackup(deps: JobDeps, restore: RestoreRow, input: SafetyInput): Promise<void> {
  const row = await insertSafetyBackup(deps, restore, input)
  await makeBackup(deps, row, input)
  const made = await findBackup(deps.connection.db, row.id)
  if (made !== undefined && made.object_name !== null && WHOLE.has(made.status)) return
  throw new AppError(
    'not_ready',
    'The safety backup did not come out whole, so the restore did not begin. Nothing was changed.',
    { payload: { reason: 'safety_backup' } },
  )
}

async function insertSafetyBackup(
  { connection: { db }, vault, hub, now }: JobDeps,
  restore: RestoreRow,
  { workspaceId, branch, definitionOnly, includesFiles, password }: SafetyInput,
): Promise<BackupRow> {
  const workspace = await getWorkspace(db, workspaceId)
  const { label } = await readBranch(db, workspaceId, branch)
  const row = await db.transaction().execute(async (trx) => {
    const { id } = await insertBackup(trx, {
      workspace_id: workspaceId,
      workspace_name: workspace.name,
      branch: label,
      kind: 'safety',
      definition_only: definitionOnly,
      includes_files: includesFiles,
      encrypted: password !== '',
      sealed_password: password === '' ? null : vault.seal(password),
      note: `Before restore ${restore.id}`,
      created_by: restore.created_by,
      created_at: now(),
    })
    const named = await updateRestore(trx, restore.id, { safety_backup_id: id })
    if (!isOwn(named, restore)) throw new Superseded()
    return updateBackup(trx, id, { status: 'running' })
  })
  await hub.publish(db, { type: 'changed', resource: 'backups', id: row.id })
  return row
}

/**
 * Deletes the safety backup of a restore that changed nothing: nobody needs it, and rows may have been written since it
 * was made. Never throws; one that stays is harmless.
 */
export async function discardSafetyBackup(deps: JobDeps, restoreId: number): Promise<void> {
  const { connection, log, hub } = deps
  try {
    const restore = await findRestore(connection.db, restoreId)
    if (restore === undefined || restore.status === 'succeeded' || restore.safety_backup_id === null) return
    const row = await findBackup(connection.db, restore.safety_backup_id)
    if (row === undefined) return
    await removeBackup(deps, row)
    await hub.publish(connection.db, { type: 'changed', resource: 'backups', id: row.id })
  } catch (error) {
    log.warn({ err: error, restoreId }, 'the safety backup of a restore that changed nothing could not be deleted')
  }
}
