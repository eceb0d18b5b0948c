import type { Failure, Verification } from '#api/contract/backups.ts'

import type { Manifest } from '../archive/manifest.ts'
import { saveManifest } from '../resources/backups/manifest-store.ts'
import { goodAgain, provenChange } from '../resources/backups/proven.ts'
import { type BackupChange, type BackupRow, updateBackup } from '../resources/backups/store.ts'
import { holdReading } from './own-reading.ts'
import type { JobDeps } from './run.ts'
import { announce } from './show-backup.ts'
import { tellDamage, tellUnverified } from './tell-backup.ts'

/** How a verification ended. */
export type VerifiedAs =
  | { status: 'proven'; sha256: string; manifest: Manifest | null }
  | { status: 'disproven' | 'unreachable'; failure: Failure }
  | { status: 'cancelled'; failure: null }

/**
 * Writes the end of a verification and what it says of the backup, and tells of a bad one. Of an uploaded archive that
 * was never good nothing stays, nor of one whose sender may not bring it in any more. Writes and tells nothing where
 * somebody cancelled it or began another one meanwhile.
 */
export async function markVerified(deps: JobDeps, row: BackupRow, begun: Verification, as: VerifiedAs): Promise<void> {
  const { db } = deps.connection
  const now = deps.now()
  const isArriving = row.kind === 'uploaded' && row.status === 'running'
  const verification = ended(begun, as, now)
  const change = as.status === 'proven' ? whole(row, as, now) : notWhole(as, isArriving)
  const store = isArriving && leavesNothing(as) ? await deps.targets.open(row.target_id) : undefined
  const isWritten = await db.transaction().execute(async (trx) => {
    if (!(await holdReading(trx, { work: 'verify', backupId: row.id, at: begun.at }))) return false
    if (row.object_name !== null) await store?.delete(row.object_name)
    if (as.status === 'proven' && as.manifest !== null) await saveManifest(trx, row.id, as.manifest)
    await updateBackup(trx, row.id, {
      ...change,
      verification: JSON.stringify(verification),
      ...(isArriving ? { stage: 'done', finished_at: now } : {}),
    })
    return true
  })
  if (!isWritten) return
  await announce(deps, row.id)
  if (!isArriving) await tell(deps, row, as)
}

function ended(begun: Verification, as: VerifiedAs, now: Date): Verification {
  const isProof = as.status === 'proven' && begun.depth === 'content'
  return {
    ...begun,
    status: as.status,
    ms: now.getTime() - Date.parse(begun.at),
    failure: as.status === 'proven' ? null : as.failure,
    content: isProof ? null : (begun.content ?? null),
  }
}

async function tell(deps: JobDeps, row: BackupRow, as: VerifiedAs): Promise<void> {
  if (as.status === 'disproven') await tellDamage(deps, { ...row, status: 'failed' }, as.failure)
  if (as.status === 'unreachable' && as.failure.code !== 'wrong_password') await tellUnverified(deps, row, as.failure)
}

function whole(row: BackupRow, as: VerifiedAs & { status: 'proven' }, now: Date): BackupChange {
  if (as.manifest !== null) return provenChange(row, as.manifest, as.sha256, now)
  // Of an archive that nobody could read yet, the bytes say only that they are the same as before.
  return row.summary === null ? { sha256: as.sha256 } : goodAgain(row)
}

/** True where an archive that is just arriving goes again: damaged, called off, or its sender may not bring it in. */
function leavesNothing(as: VerifiedAs): boolean {
  if (as.status === 'unreachable') return as.failure.code === 'access_denied'
  return as.status === 'cancelled' || as.status === 'disproven'
}

function notWhole(as: Exclude<VerifiedAs, { status: 'proven' }>, isArriving: boolean): BackupChange {
  if (as.status === 'cancelled') return isArriving ? { status: 'cancelled', object_name: null } : {}
  const failed = { status: 'failed', failure: JSON.stringify(as.failure) }
  if (as.failure.code === 'wrong_password') return isArriving ? locked() : {}
  if (isArriving) return leavesNothing(as) ? { ...failed, object_name: null } : failed
  return as.status === 'disproven' ? failed : {}
}

/** Listed as an archive is that came without its password. */
function locked(): BackupChange {
  const message = 'The password that came with it does not open it. Give the right one to prove its contents.'
  return { status: 'warnings', warnings: JSON.stringify([{ code: 'unproven', message }]) }
}
