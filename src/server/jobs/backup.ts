import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'

import { type ArchiveSource } from '../archive/envelope.ts'
import { summaryOf } from '../archive/manifest.ts'
import { type VerifiedArchive, verifyArchive } from '../archive/verify.ts'
import { writeArchive, type WriteProgress } from '../archive/write.ts'
import { AppError } from '../errors.ts'
import { type BackupRow, findBackup, isUnderWay, toBackup, updateBackup } from '../resources/backups/store.ts'
import type { Storage } from '../storage/storage.ts'
import { createProgress, type Progress } from './progress.ts'
import type { JobPayloads } from './queue.ts'
import { failureOf, HandedBack, isFinal, type JobDeps, jobLock, type JobRun, TryAgain, withJobLock } from './run.ts'
import { findAbandoned } from './sweep.ts'

type Change = Parameters<typeof updateBackup>[2]
type BackupProgress = Progress<Change>

/** Name of a backup's object. One name for all attempts: a later one writes over what an earlier one left. */
function objectName(backupId: number): string {
  return `backup-${backupId}.xano`
}

/**
 * Makes the archive of a backup, stores it and reads it back. It has succeeded only when what was read back is what
 * the database held at that moment.
 */
export async function runBackup(deps: JobDeps, run: JobRun<JobPayloads['backup']>): Promise<void> {
  const { backupId } = run.payload
  await withJobLock(deps, jobLock('backup', backupId), async () => {
    const row = await findBackup(deps.connection.db, backupId)
    if (row === undefined || !isUnderWay(row)) return
    const progress = createProgress<Change>(
      (change) => show(deps, backupId, change).then(() => undefined),
      (error) => deps.log.warn({ err: error, backupId }, 'the progress of a backup could not be written'),
    )
    try {
      await show(deps, backupId, startOver(deps.now()))
      const done = await makeArchive(deps, row, run, progress)
      await progress.stop()
      await finish(deps, backupId, done)
    } catch (error) {
      await progress.stop()
      await fail(deps, row, run, error)
    }
  })
}

function startOver(now: Date): Change {
  return {
    status: 'running',
    stage: 'definitions',
    current: null,
    tables_done: 0,
    tables_total: null,
    rows: 0,
    bytes: 0,
    started_at: now,
    failure: null,
    object_name: null,
    sha256: null,
  }
}

async function makeArchive(
  deps: JobDeps,
  row: BackupRow,
  { payload, signal }: JobRun<JobPayloads['backup']>,
  progress: BackupProgress,
): Promise<Change> {
  signal.throwIfAborted()
  if (row.workspace_id === null) throw new AppError('not_found', 'The workspace was deleted before the backup began.')
  const password = payload.sealedPassword === null ? '' : deps.vault.open(payload.sealedPassword)
  const { stream } = await writeArchive(deps.connection, {
    workspaceId: row.workspace_id,
    branch: row.branch,
    password,
    includesRows: !row.definition_only,
    files: row.definition_only ? undefined : deps.files,
    version: deps.version,
    now: deps.now(),
    onProgress: (step) => progress.note(changeOf(step)),
  })
  const name = objectName(row.id)
  const written = new Watched(stream, signal, (bytes) => progress.note({ bytes }))
  const storage = await deps.targets.open(row.target_id)
  const bytes = await storage.write(name, written.stream)
  progress.note({ stage: 'verifying', current: null, bytes })
  const archive = await readBack(storage, name, password, written.sha256(), signal)
  const { counts } = archive.manifest
  return {
    bytes,
    object_name: name,
    sha256: written.sha256(),
    rows: counts.rows,
    tables_done: counts.tables,
    tables_total: counts.tables,
    summary: JSON.stringify(summaryOf(archive.manifest)),
  }
}

function changeOf(step: WriteProgress): Change {
  const { stage, current, tablesDone, tablesTotal, rows } = step
  return { stage, current, rows, tables_done: tablesDone, tables_total: tablesTotal }
}

/** Reads the stored object as a restore would; its bytes must be the ones that were written. */
async function readBack(
  storage: Storage,
  name: string,
  password: string,
  sha256: string,
  signal: AbortSignal,
): Promise<VerifiedArchive> {
  let read: Watched | undefined
  const source: ArchiveSource = {
    open: async () => {
      read = new Watched((await storage.read(name)).stream, signal)
      return read.stream
    },
  }
  const archive = await verifyArchive(source, password)
  if (read?.sha256() === sha256) return archive
  throw new AppError(
    'bad_archive',
    'What was read back from the store is not what was written to it. Check the disk, and make another backup.',
  )
}

/** A stream whose bytes are counted and hashed as they pass, and that an abort breaks. */
class Watched {
  readonly stream: Readable
  readonly #hash = createHash('sha256')
  #digest: string | undefined

  constructor(source: Readable, signal: AbortSignal, onBytes?: (bytes: number) => void) {
    const hash = this.#hash
    const pass = async function* (): AsyncGenerator<Buffer> {
      let bytes = 0
      for await (const chunk of source as AsyncIterable<Buffer>) {
        hash.update(chunk)
        bytes += chunk.length
        onBytes?.(bytes)
        yield chunk
      }
    }
    const abort = (): void => void source.destroy(new HandedBack())
    signal.addEventListener('abort', abort, { once: true })
    this.stream = Readable.from(pass(), { objectMode: false })
    this.stream.once('close', () => {
      signal.removeEventListener('abort', abort)
      source.destroy()
    })
  }

  sha256(): string {
    this.#digest ??= this.#hash.digest('hex')
    return this.#digest
  }
}

async function finish(deps: JobDeps, backupId: number, done: Change): Promise<void> {
  const now = deps.now()
  await show(deps, backupId, {
    ...done,
    status: 'succeeded',
    stage: 'done',
    current: null,
    finished_at: now,
    verified_at: now,
  })
  await deps.hub.publish(deps.connection.db, { type: 'changed', resource: 'backups', id: backupId })
}

/** Notes a failure for good, or hands the job back to be started over. */
async function fail(deps: JobDeps, row: BackupRow, run: JobRun<unknown>, error: unknown): Promise<void> {
  const backupId = row.id
  const storage = await deps.targets.open(row.target_id)
  await storage.delete(objectName(backupId))
  const isHandedBack = run.signal.aborted
  if (isHandedBack || (!isFinal(error) && !run.isLastAttempt)) {
    if (!isHandedBack) deps.log.warn({ err: error, backupId }, 'a backup failed and will be tried again')
    await show(deps, backupId, { status: 'queued', stage: 'queued', current: null })
    throw isHandedBack ? new HandedBack() : new TryAgain('The backup failed and will be tried again')
  }
  deps.log.error({ err: error, backupId }, 'a backup failed')
  await markFailed(deps, backupId, failureOf(error))
}

async function markFailed(deps: JobDeps, backupId: number, failure: { code: string; message: string }): Promise<void> {
  const change = { status: 'failed', current: null, object_name: null, finished_at: deps.now() }
  await show(deps, backupId, { ...change, failure: JSON.stringify(failure) })
  await deps.hub.publish(deps.connection.db, { type: 'changed', resource: 'backups', id: backupId })
}

async function show({ connection: { db }, hub }: JobDeps, backupId: number, change: Change): Promise<void> {
  const row = await updateBackup(db, backupId, change)
  await hub.publish(db, { type: 'progress', resource: 'backups', id: backupId, item: toBackup(row) })
}

/** Ends backups whose job is gone: their process died once too often. */
export async function sweepBackups(deps: JobDeps): Promise<void> {
  for (const id of await findAbandoned(deps, 'backup')) {
    const row = await findBackup(deps.connection.db, id)
    const storage = await deps.targets.open(row?.target_id ?? null)
    await storage.delete(objectName(id))
    await markFailed(deps, id, {
      code: 'abandoned',
      message: 'The server ended in the middle of the backup, several times over. Make another one.',
    })
  }
}
