import type { BackupRow } from '../resources/backups/store.ts'
import { applyRetention } from '../resources/schedules/apply-retention.ts'
import { attemptBackup, freshStart } from './attempt-backup.ts'
import type { Judgement } from './judge-backup.ts'
import { markCancelled, markFailed, markWaiting } from './mark-backup.ts'
import type { JobPayloads } from './queue.ts'
import {
  failureOf,
  HandedBack,
  isFinal,
  type JobDeps,
  jobLock,
  type JobRun,
  nextAttemptAt,
  openPassword,
  TryAgain,
  withJobLock,
} from './run.ts'
import { announce } from './show-backup.ts'
import { backupNeeds, whileAllowed } from './still-allowed.ts'
import { tellJudgement } from './tell-backup.ts'
import { Cancelled } from './watch-cancel.ts'

type BackupRun = JobRun<JobPayloads['backup']>

/**
 * Makes the archive of a backup, stores it and reads it back. It has succeeded only when what was read back is what
 * the database held at that moment. A target or a database that went away is tried again.
 */
export async function runBackup(deps: JobDeps, run: BackupRun): Promise<void> {
  const { backupId, sealedPassword, by } = run.payload
  await withJobLock(deps, jobLock('backup', backupId), async () => {
    const row = await begin(deps, backupId, run.attempt)
    if (row === undefined) return
    let judgement: Judgement
    try {
      const asked = { by, needs: backupNeeds(row), stopped: 'The backup was stopped, and nothing of it stays' }
      judgement = await whileAllowed(deps, asked, run.signal, (signal) => {
        const password = openPassword(deps, sealedPassword ?? row.sealed_password)
        return attemptBackup(deps, row, { password, signal })
      })
    } catch (error) {
      return settle(deps, backupId, run, error)
    }
    await afterwards(deps, row, judgement)
  })
}

/** Marks the row as running; undefined where there is nothing to do any more. */
async function begin(deps: JobDeps, backupId: number, attempt: number): Promise<BackupRow | undefined> {
  const row = await deps.connection.db
    .updateTable('backup')
    .set(freshStart(attempt, deps.now()))
    .where('id', '=', backupId)
    .where('status', 'in', ['queued', 'running'])
    .returningAll()
    .executeTakeFirst()
  if (row !== undefined) await announce(deps, backupId)
  return row
}

/** Notes a failure for good, or hands the job back to be started over. */
async function settle(deps: JobDeps, backupId: number, run: BackupRun, error: unknown): Promise<void> {
  if (error instanceof Cancelled) return markCancelled(deps, backupId)
  const at = nextAttemptAt(run, deps.now())
  if (run.signal.aborted) {
    await markWaiting(deps, backupId, { failure: null, at })
    throw new HandedBack()
  }
  if (isFinal(error) || run.isLastAttempt) {
    deps.log.error({ err: error, backupId }, 'a backup failed')
    return markFailed(deps, backupId, failureOf(error))
  }
  deps.log.warn({ err: error, backupId }, 'a backup failed and will be tried again')
  await markWaiting(deps, backupId, { failure: failureOf(error), at })
  throw new TryAgain('The backup failed and will be tried again')
}

/** The backup is made, whatever becomes of messages and of older ones. */
async function afterwards(deps: JobDeps, row: BackupRow, judgement: Judgement): Promise<void> {
  try {
    await tellJudgement(deps, { ...row, status: judgement.status }, judgement)
    if (row.kind === 'scheduled' && row.schedule_id !== null) await applyRetention(deps, row.schedule_id)
  } catch (error) {
    deps.log.warn({ err: error, backupId: row.id }, 'what follows a backup could not be done')
  }
}
