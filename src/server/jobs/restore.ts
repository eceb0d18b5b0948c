import type { EventResource } from '#api/contract/event-resource.ts'

import type { ArchiveSource } from '../archive/envelope.ts'
import { importArchive, type ImportProgress, type ImportTarget } from '../archive/import.ts'
import { verifyArchive } from '../archive/verify.ts'
import { AppError } from '../errors.ts'
import { findBackup, storedObject } from '../resources/backups/store.ts'
import { findRestore, type RestoreRow, toRestore, updateRestore } from '../resources/restores/store.ts'
import { createProgress, type Progress } from './progress.ts'
import type { JobPayloads } from './queue.ts'
import { failureOf, HandedBack, isFinal, type JobDeps, jobLock, type JobRun, TryAgain, withJobLock } from './run.ts'
import { findAbandoned } from './sweep.ts'

type Change = Parameters<typeof updateRestore>[2]

/** Lists that a restore makes stale. */
const STALE: readonly EventResource[] = [
  'restores',
  'workspaces',
  'tables',
  'content',
  'api-groups',
  'constructs',
  'files',
]

/**
 * Restores a backup: reads the archive whole, then brings it in by one transaction, whose last statement says that the
 * restore has succeeded. An attempt that follows a killed one starts over, or finds that there is nothing left to do.
 */
export async function runRestore(deps: JobDeps, run: JobRun<JobPayloads['restore']>): Promise<void> {
  const { restoreId } = run.payload
  await withJobLock(deps, jobLock('restore', restoreId), async () => {
    const row = await findRestore(deps.connection.db, restoreId)
    if (row === undefined || (row.status !== 'queued' && row.status !== 'running')) return
    const progress = createProgress<Change>(
      (change) => show(deps, restoreId, change),
      (error) => deps.log.warn({ err: error, restoreId }, 'the progress of a restore could not be written'),
    )
    try {
      await show(deps, restoreId, startOver(deps.now()))
      await bringIn(deps, row, run, progress)
      await progress.stop()
      await announce(deps, restoreId)
    } catch (error) {
      await progress.stop()
      await fail(deps, restoreId, run, error)
    }
  })
}

function startOver(now: Date): Change {
  return {
    status: 'running',
    stage: 'checking',
    current: null,
    tables_done: 0,
    tables_total: null,
    rows: 0,
    rows_total: null,
    started_at: now,
    failure: null,
  }
}

async function bringIn(
  deps: JobDeps,
  row: RestoreRow,
  { payload, signal }: JobRun<JobPayloads['restore']>,
  progress: Progress<Change>,
): Promise<void> {
  signal.throwIfAborted()
  const source = await sourceOf(deps, row, signal)
  const password = payload.sealedPassword === null ? '' : deps.vault.open(payload.sealedPassword)
  const archive = await verifyArchive(source, password, ({ rows }) => progress.note({ rows }))
  await importArchive(deps.connection, archive, {
    source,
    password,
    target: targetOf(row),
    files: deps.files,
    now: deps.now(),
    signal,
    onProgress: (step) => progress.note(changeOf(step)),
    async beforeCommit(db, workspaceId) {
      // The row is locked from here to the commit: nobody else may be waiting to write it.
      await progress.stop()
      const { tables, rows } = archive.manifest.counts
      await updateRestore(db, row.id, {
        status: 'succeeded',
        stage: 'done',
        current: null,
        finished_at: deps.now(),
        workspace_id: workspaceId,
        tables_done: tables,
        tables_total: tables,
        rows,
        rows_total: rows,
      })
    },
  })
}

function targetOf(row: RestoreRow): ImportTarget {
  if (row.into_new) return { newWorkspace: row.workspace_name }
  if (row.workspace_id !== null) return { workspaceId: row.workspace_id }
  throw new AppError('not_found', 'The workspace was deleted before the restore began.')
}

async function sourceOf(deps: JobDeps, row: RestoreRow, signal: AbortSignal): Promise<ArchiveSource> {
  const backup = row.backup_id === null ? undefined : await findBackup(deps.connection.db, row.backup_id)
  if (backup === undefined) throw new AppError('not_found', 'The backup was deleted before the restore began.')
  const name = storedObject(backup)
  return {
    open: async () => {
      signal.throwIfAborted()
      const { stream } = await (await deps.targets.open(backup.target_id)).read(name)
      signal.addEventListener('abort', () => stream.destroy(new HandedBack()), { once: true })
      return stream
    },
  }
}

function changeOf(step: ImportProgress): Change {
  const { stage, current, tablesDone, tablesTotal, rows, rowsTotal } = step
  return { stage, current, rows, tables_done: tablesDone, tables_total: tablesTotal, rows_total: rowsTotal }
}

/** Notes a failure for good, or hands the job back to be started over. */
async function fail(deps: JobDeps, restoreId: number, run: JobRun<unknown>, error: unknown): Promise<void> {
  const row = await findRestore(deps.connection.db, restoreId)
  if (row?.status === 'succeeded') return
  const isHandedBack = run.signal.aborted
  if (isHandedBack || (!isFinal(error) && !run.isLastAttempt)) {
    if (!isHandedBack) deps.log.warn({ err: error, restoreId }, 'a restore failed and will be tried again')
    await show(deps, restoreId, { status: 'queued', stage: 'queued', current: null, rows: 0, tables_done: 0 })
    throw isHandedBack ? new HandedBack() : new TryAgain('The restore failed and will be tried again')
  }
  deps.log.error({ err: error, restoreId }, 'a restore failed')
  await markFailed(deps, restoreId, failureOf(error))
}

async function markFailed(deps: JobDeps, restoreId: number, failure: { code: string; message: string }): Promise<void> {
  const change = { status: 'failed', current: null, finished_at: deps.now(), failure: JSON.stringify(failure) }
  await show(deps, restoreId, change)
  await deps.hub.publish(deps.connection.db, { type: 'changed', resource: 'restores', id: restoreId })
}

async function show({ connection: { db }, hub }: JobDeps, restoreId: number, change: Change): Promise<void> {
  const row = await updateRestore(db, restoreId, change)
  await hub.publish(db, { type: 'progress', resource: 'restores', id: restoreId, item: toRestore(row) })
}

async function announce({ connection: { db }, hub }: JobDeps, restoreId: number): Promise<void> {
  const row = await findRestore(db, restoreId)
  if (row === undefined) return
  await hub.publish(db, { type: 'progress', resource: 'restores', id: restoreId, item: toRestore(row) })
  const workspace = row.workspace_id === null ? {} : { workspaceId: row.workspace_id }
  for (const resource of STALE) await hub.publish(db, { type: 'changed', resource, ...workspace })
}

/** Ends restores whose job is gone: their process died once too often. */
export async function sweepRestores(deps: JobDeps): Promise<void> {
  for (const id of await findAbandoned(deps, 'restore')) {
    const message =
      'The server ended in the middle of the restore, several times over. Nothing was changed; start it again.'
    await markFailed(deps, id, { code: 'abandoned', message })
  }
}
