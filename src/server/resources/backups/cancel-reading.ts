import type { Drill, Verification } from '#api/contract/backups.ts'

import type { Deps } from '../../deps.ts'
import { AppError, notFound } from '../../errors.ts'
import { cancelJobs } from '../../jobs/cancel-jobs.ts'
import { type BackupRow, isUnderWay, updateBackup } from './store.ts'

/**
 * Ends the verification or the drill of a backup: for whoever looks at once, for its job within a second. Throws 409 where
 * none is under way, and for the verification of an archive that is just arriving: ending that ends the backup.
 */
export async function cancelReading(
  { connection: { db }, hub, now }: Pick<Deps, 'connection' | 'hub' | 'now'>,
  id: number,
  work: 'verify' | 'drill',
): Promise<BackupRow> {
  const row = await db.transaction().execute(async (trx) => {
    const held = await trx.selectFrom('backup').selectAll().where('id', '=', id).forNoKeyUpdate().executeTakeFirst()
    if (held === undefined) throw notFound(`Backup ${id}`)
    const change = work === 'verify' ? endVerification(held, now()) : endDrill(held, now())
    await cancelJobs(trx, work, id)
    return updateBackup(trx, id, change)
  })
  await hub.publish(db, { type: 'changed', resource: 'backups', id })
  return row
}

function endVerification(row: BackupRow, now: Date): { verification: string } {
  if (row.kind === 'uploaded' && isUnderWay(row)) {
    throw new AppError(
      'conflict',
      'The archive is just arriving and is verified for that. Cancel the backup: that ends both.',
    )
  }
  const { verification } = row
  if (verification?.status !== 'running') throw nothingToCancel('verification')
  const ms = now.getTime() - Date.parse(verification.at)
  const ended: Verification = { ...verification, status: 'cancelled', ms, failure: null }
  return { verification: JSON.stringify(ended) }
}

function endDrill({ drill }: BackupRow, now: Date): { drill: string } {
  if (drill?.status !== 'queued' && drill?.status !== 'running') throw nothingToCancel('drill')
  const ended: Drill = { ...drill, status: 'cancelled', at: now.toISOString(), failure: null }
  return { drill: JSON.stringify(ended) }
}

function nothingToCancel(what: string): AppError {
  return new AppError('conflict', `No ${what} of this backup is under way, so there is nothing to cancel.`)
}
