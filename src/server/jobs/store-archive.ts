import type { Readable } from 'node:stream'

import type { Manifest } from '../archive/manifest.ts'
import { verifyArchive } from '../archive/verify.ts'
import { writeArchive } from '../archive/write.ts'
import { AppError } from '../errors.ts'
import type { BackupRow } from '../resources/backups/store.ts'
import type { Storage } from '../storage/storage.ts'
import type { BackupFigures } from './backup-figures.ts'
import type { JobDeps } from './run.ts'
import { unlessAborted } from './unless-aborted.ts'
import { Watched } from './watched.ts'

export interface ArchiveRun {
  /** Empty = not encrypted. */
  password: string
  signal: AbortSignal
  figures: BackupFigures
}

/** An archive that lies in the store and was read back from there, whole. */
export interface StoredArchive {
  bytes: number
  sha256: string
  manifest: Manifest
}

/**
 * Writes the archive of a backup into its store under this name, and reads it back as a restore would. Throws what the
 * database, the store or the check says, and the signal's reason once that is aborted.
 */
export async function storeArchive(
  deps: JobDeps,
  row: BackupRow,
  name: string,
  run: ArchiveRun,
): Promise<StoredArchive> {
  const { signal, figures } = run
  signal.throwIfAborted()
  const storage = await deps.targets.open(row.target_id)
  const source = await openWorkspace(deps, row, run)
  const written = new Watched(source, signal, {
    onBytes: (bytes) => figures.sent(bytes),
    onEnd: () => figures.storing(),
  })
  // A store that fails before it reads leaves the stream as it is, and with that a transaction open.
  const bytes = await storage.write(name, written.stream).finally(() => written.stream.destroy())
  signal.throwIfAborted()
  figures.verifying(bytes)
  const sha256 = written.sha256()
  return { bytes, sha256, manifest: await readBack(storage, name, sha256, run) }
}

async function openWorkspace(
  deps: JobDeps,
  row: BackupRow,
  { password, signal, figures }: ArchiveRun,
): Promise<Readable> {
  if (row.workspace_id === null) throw new AppError('not_found', 'The workspace was deleted before the backup began.')
  const opening = writeArchive(deps.connection, {
    workspaceId: row.workspace_id,
    branch: row.branch,
    password,
    includesRows: !row.definition_only,
    files: row.includes_files && !row.definition_only ? told(deps.files, () => figures.files()) : undefined,
    version: deps.version,
    now: deps.now(),
    onProgress: (step) => figures.wrote(step),
  })
  // It may wait for somebody's lock on a table for long; a cancellation does not.
  const { stream } = await unlessAborted(signal, opening, (late) => late.stream.destroy())
  return stream
}

/** The store, telling when something is read from it. */
function told(storage: Storage, onRead: () => void): Storage {
  return {
    ...storage,
    read(name, range) {
      onRead()
      return storage.read(name, range)
    },
  }
}

async function readBack(
  storage: Storage,
  name: string,
  sha256: string,
  { password, signal, figures }: ArchiveRun,
): Promise<Manifest> {
  let read: Watched | undefined
  const open = async (): Promise<Readable> => {
    const { stream } = await unlessAborted(signal, readWritten(storage, name), (late) => late.stream.destroy())
    read = new Watched(stream, signal, { onBytes: (bytes) => figures.readBack({ bytes }) })
    return read.stream
  }
  const { manifest } = await verifyArchive({ open }, password, ({ rows }) => figures.readBack({ rows }))
  if (read?.sha256() === sha256) return manifest
  throw new AppError(
    'bad_archive',
    'What was read back from the store is not what was written to it. Check the disk, and make another backup.',
  )
}

/** An object that is gone although it was written is a store that went away: worth another attempt. */
async function readWritten(storage: Storage, name: string): ReturnType<Storage['read']> {
  try {
    return await storage.read(name)
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'not_found') throw error
    throw new AppError(
      'not_ready',
      'The archive was gone from its target right after it had been written. Check the target.',
      { payload: { reason: 'target_unreachable' }, cause: error },
    )
  }
}
