import { randomUUID } from 'node:crypto'

import type { Drill } from '#api/contract/backups.ts'

import { importArchive } from '../archive/import.ts'
import { explainDamage, requireUndamaged } from '../resources/backups/explain-damage.ts'
import { type BackupRow, findBackup } from '../resources/backups/store.ts'
import { notify } from '../resources/notifications/notify.ts'
import { countRestored } from './count-restored.ts'
import { countCallable } from './find-endpoints.ts'
import { openArchive } from './open-archive.ts'
import { type OwnReading, watchReading, writeReading } from './own-reading.ts'
import type { JobPayloads } from './queue.ts'
import {
  failureOf,
  HandedBack,
  isFinal,
  type JobDeps,
  jobLock,
  type JobRun,
  openPassword,
  TryAgain,
  withJobLock,
} from './run.ts'
import { announce } from './show-backup.ts'
import { drillNeeds, whileAllowed } from './still-allowed.ts'
import { Cancelled } from './watch-cancel.ts'

type DrillRun = JobRun<JobPayloads['drill']>

interface Rehearsal {
  row: BackupRow
  /** Empty = the one that is kept with the backup, if any. */
  password: string
  signal: AbortSignal
}

/**
 * Rehearses a restore of a backup: all of it is built in one transaction, counted, checksummed, and rolled back, so that
 * nobody ever sees it and a kill leaves nothing. Somebody may cancel it at any moment. This release runs no endpoints, so
 * it tells how many could be called and calls none of them.
 */
export async function runDrill(deps: JobDeps, run: DrillRun): Promise<void> {
  const { backupId } = run.payload
  await withJobLock(deps, jobLock('drill', backupId), async () => {
    const row = await findBackup(deps.connection.db, backupId)
    const drill = row?.drill
    if (row === undefined || drill == null || (drill.status !== 'queued' && drill.status !== 'running')) return
    const own: OwnReading = { work: 'drill', backupId, at: drill.at }
    try {
      await show(deps, own, { ...drill, status: 'running', failure: null })
      const { by, sealedPassword } = run.payload
      const asked = { by, needs: drillNeeds(row), stopped: 'The drill was stopped, and nothing of it stays' }
      const done = await whileAllowed(deps, asked, run.signal, (allowed) => {
        requireUndamaged(row)
        const password = openPassword(deps, sealedPassword)
        return watchReading(deps.connection.db, own, allowed, (signal) => {
          const reading = { row, password, signal }
          return explainDamage(deps, reading, () => rehearse(deps, reading, drill))
        })
      })
      await show(deps, own, done)
    } catch (error) {
      await settle(deps, row, run, { error, own })
    }
  })
}

/** The result of a rehearsal; `ms` is what a restore takes, without the counting. */
async function rehearse(deps: JobDeps, { row, password, signal }: Rehearsal, drill: Drill): Promise<Drill> {
  const started = deps.now()
  const opened = await openArchive(deps, row, { password, signal, onRows: () => undefined })
  const { manifest, contents } = opened.archive
  let tables: Drill['tables'] = []
  let countingMs = 0
  await importArchive(deps.connection, opened.archive, {
    source: opened.source,
    sha256: opened.sha256,
    password: opened.password,
    // Nobody sees it; its name is none that a workspace could be waiting for.
    target: { newWorkspace: `Drill ${randomUUID()}` },
    now: started,
    signal,
    async rehearse(rehearsed) {
      const before = deps.now().getTime()
      tables = await countRestored(rehearsed, manifest)
      countingMs = deps.now().getTime() - before
    },
  })
  return {
    ...drill,
    status: 'succeeded',
    at: deps.now().toISOString(),
    ms: deps.now().getTime() - started.getTime() - countingMs,
    tables,
    rows: tables.reduce((sum, { rows }) => sum + rows, 0),
    endpoints: noneCalled(countCallable(contents.constructs)),
    failure: null,
    // It is the newest one itself.
    last: null,
  }
}

function noneCalled(found: number): Drill['endpoints'] {
  const reason = found === 0 ? null : 'This release cannot run endpoints yet, so none was called.'
  return { found, called: 0, failed: [], reason }
}

/** Notes a failure for good and tells of it, or hands the job back to be started over. */
async function settle(
  deps: JobDeps,
  row: BackupRow,
  run: DrillRun,
  { error, own }: { error: unknown; own: OwnReading },
): Promise<void> {
  // Whoever cancelled it has written that.
  if (error instanceof Cancelled) return
  const current = (await findBackup(deps.connection.db, row.id))?.drill
  if (current == null) return
  if (run.signal.aborted) {
    await show(deps, own, { ...current, status: 'queued' })
    throw new HandedBack()
  }
  const failure = failureOf(error)
  if (isFinal(error) || run.isLastAttempt) {
    deps.log.error({ err: error, backupId: row.id }, 'a drill failed')
    const isWritten = await show(deps, own, { ...current, status: 'failed', at: deps.now().toISOString(), failure })
    return isWritten ? tell(deps, row, failure.message) : undefined
  }
  deps.log.warn({ err: error, backupId: row.id }, 'a drill failed and will be tried again')
  if (!(await show(deps, own, { ...current, status: 'queued', failure }))) return
  throw new TryAgain('The drill failed and will be tried again')
}

async function tell(deps: JobDeps, row: BackupRow, message: string): Promise<void> {
  await notify(deps, {
    event: 'failed',
    subject: `The restore drill of a backup of "${row.workspace_name}" failed`,
    message,
    workspace: row.workspace_id === null ? null : { id: row.workspace_id, name: row.workspace_name },
    schedule: null,
    backup: { id: row.id, status: row.status },
    path: row.workspace_id === null ? '/' : `/w/${row.workspace_id}/backups/${row.id}`,
  })
}

/** False, and nothing is written, where somebody cancelled it or began another one. */
async function show(deps: JobDeps, own: OwnReading, drill: Drill): Promise<boolean> {
  const isWritten = await writeReading(deps.connection.db, own, drill)
  if (isWritten) await announce(deps, own.backupId)
  return isWritten
}
