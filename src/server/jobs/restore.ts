import type { Failure } from '#api/contract/backups.ts'

import { ImportRefused } from '../archive/refusal.ts'
import { pruneMemories } from '../resources/restores/memory.ts'
import { findRestore, type RestoreChange, type RestoreRow, updateUnderWay } from '../resources/restores/store.ts'
import { performRestore } from './perform-restore.ts'
import { createProgress } from './progress.ts'
import type { JobPayloads } from './queue.ts'
import { isOwn } from './restore-attempt.ts'
import { isExpected, restoreFailure } from './restore-failure.ts'
import { RestoreFigures } from './restore-figures.ts'
import {
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
import { discardSafetyBackup } from './safety-backup.ts'
import { announce, showProgress } from './show-restore.ts'
import { restoreNeeds, whileAllowed } from './still-allowed.ts'
import { findAbandoned } from './sweep.ts'
import { Cancelled, watchCancel } from './watch-cancel.ts'

type RestoreRun = JobRun<JobPayloads['restore']>

/**
 * Restores a backup, or takes a restore back. Everything is done by one transaction, whose last statement says that the
 * restore has succeeded. An attempt that follows a killed one starts over, or finds that there is nothing left to do.
 */
export async function runRestore(deps: JobDeps, run: RestoreRun): Promise<void> {
  const { restoreId, sealedPassword, by } = run.payload
  await withJobLock(deps, jobLock('restore', restoreId), async () => {
    const row = await begin(deps, restoreId, run.attempt)
    if (row === undefined) return
    const progress = createProgress<RestoreChange>(
      (change) => showProgress(deps, restoreId, { ...change, stages: figures.stages }),
      (error) => deps.log.warn({ err: error, restoreId }, 'the progress of a restore could not be written'),
    )
    const figures = new RestoreFigures(deps.now, (change) => progress.note(change))
    try {
      // What an attempt before this one saved may be older than what is there now.
      await discardSafetyBackup(deps, restoreId)
      const what = row.undo_of === null ? 'restore' : 'undo'
      const stopped = `The ${what} was stopped before it took effect, and nothing was changed`
      const asked = { by, needs: await restoreNeeds(deps, row), stopped }
      await whileAllowed(deps, asked, run.signal, (allowed) => {
        const password = openPassword(deps, sealedPassword)
        return watchCancel(deps.connection.db, { table: 'restore', id: restoreId }, allowed, (signal) =>
          performRestore(deps, row, { password, signal, figures, progress }),
        )
      })
      await progress.stop()
      await announce(deps, restoreId, 'all')
    } catch (error) {
      await progress.stop()
      await settle(deps, restoreId, run, error)
    }
  })
}

/** Marks the row as running; undefined where there is nothing to do any more. */
async function begin(deps: JobDeps, restoreId: number, attempt: number): Promise<RestoreRow | undefined> {
  const row = await updateUnderWay(deps.connection.db, restoreId, {
    status: 'running',
    stage: 'checking',
    current: null,
    tables_done: 0,
    tables_total: null,
    rows: 0,
    rows_total: null,
    stages: '[]',
    attempt,
    next_attempt_at: null,
    started_at: deps.now(),
    failure: null,
  })
  if (row !== undefined) await announce(deps, restoreId, 'restores')
  return row
}

/** Notes how an attempt ended that changed nothing; hands the job back where another one may do better. */
async function settle(deps: JobDeps, restoreId: number, run: RestoreRun, error: unknown): Promise<void> {
  const row = await findRestore(deps.connection.db, restoreId)
  // The commit went through although its answer was lost.
  if (row?.status === 'succeeded') return announce(deps, restoreId, 'all')
  // What is told and tidied here is that of another attempt, or the restore was ended.
  if (!isOwn(row, run)) throw new TryAgain('Another attempt has taken the restore over, or it was ended')
  if (error instanceof Cancelled || row?.is_cancelled === true) return end(deps, restoreId, { status: 'cancelled' })
  if (run.signal.aborted) {
    await wait(deps, restoreId, { next_attempt_at: null })
    throw new HandedBack()
  }
  if (isFinal(error) || error instanceof ImportRefused || run.isLastAttempt) {
    const failure = restoreFailure(error)
    if (isExpected(error)) deps.log.warn({ restoreId, ...codeOf(failure) }, 'a restore was refused')
    else deps.log.error({ err: error, restoreId }, 'a restore failed')
    return end(deps, restoreId, { status: 'failed', failure: JSON.stringify(failure) })
  }
  deps.log.warn({ err: error, restoreId }, 'a restore failed and will be tried again')
  const failure = JSON.stringify(restoreFailure(error))
  await wait(deps, restoreId, { failure, next_attempt_at: nextAttemptAt(run, deps.now()) })
  throw new TryAgain('The restore failed and will be tried again')
}

/** Names of tables and columns are the user's business: the log tells only what kind of refusal it was. */
function codeOf({ code, reason }: Failure): Pick<Failure, 'code' | 'reason'> {
  return { code, ...(reason === undefined ? {} : { reason }) }
}

/** Puts the row back to where it waits for its next attempt. */
async function wait(deps: JobDeps, restoreId: number, change: RestoreChange): Promise<void> {
  const waiting = { status: 'queued', stage: 'queued', current: null, rows: 0, tables_done: 0 }
  await updateUnderWay(deps.connection.db, restoreId, { ...waiting, ...change })
  await announce(deps, restoreId, 'restores')
}

/** Ends a restore that changed nothing. */
async function end(deps: JobDeps, restoreId: number, change: RestoreChange): Promise<void> {
  const ended = { current: null, rows: 0, tables_done: 0, next_attempt_at: null, finished_at: deps.now() }
  await discardSafetyBackup(deps, restoreId)
  await updateUnderWay(deps.connection.db, restoreId, { ...ended, ...change })
  await announce(deps, restoreId, 'restores')
}

/** Ends restores whose job is gone: their process died once too often. Forgets what no undo needs any more. */
export async function sweepRestores(deps: JobDeps): Promise<void> {
  for (const id of await findAbandoned(deps, 'restore')) {
    const message =
      'The server ended in the middle of the restore, several times over. Nothing was changed; start it again.'
    await end(deps, id, { status: 'failed', failure: JSON.stringify({ code: 'abandoned', message }) })
  }
  await pruneMemories(deps.connection.db)
}
