import type { Readable } from 'node:stream'

import type { Failure } from '#api/contract/backups.ts'

import { corrupted } from '../archive/archive-error.ts'
import type { ArchiveSource } from '../archive/envelope.ts'
import type { Manifest } from '../archive/manifest.ts'
import { verifyArchive } from '../archive/verify.ts'
import { AppError } from '../errors.ts'
import { isUntouched } from '../resources/backups/open-backup.ts'
import type { BackupRow } from '../resources/backups/store.ts'
import { failureOf, type JobDeps } from './run.ts'
import { unlessAborted } from './unless-aborted.ts'
import { Watched } from './watched.ts'

export interface StoredCheck {
  /** Name of the object. */
  name: string
  /** Undefined = it is not known: only the stored bytes are compared with their checksum. */
  password: string | undefined
  signal: AbortSignal
  /** Told of rows and bytes read so far. */
  onProgress: (done: { rows?: number; bytes?: number }) => void
}

/** What a stored archive was found to be. `manifest` is null where only its bytes were compared. */
export type Finding =
  | { isWhole: true; sha256: string; manifest: Manifest | null }
  | { isWhole: false; failure: Failure }

/**
 * Reads a stored archive back, whole, and compares it with what is known of it. Bytes that are not the noted ones are told
 * as that, whatever they look like: a changed header looks like a wrong password. Throws where nothing can be told: the
 * store cannot be reached, or the password is another one.
 */
export async function checkStored(deps: JobDeps, row: BackupRow, check: StoredCheck): Promise<Finding> {
  const storage = await deps.targets.open(row.target_id)
  const { name, signal, onProgress } = check
  let read: Watched | undefined
  const source: ArchiveSource = {
    async open() {
      const { stream } = await unlessAborted(signal, storage.read(name), (late) => late.stream.destroy())
      read = new Watched(stream, signal, { onBytes: (bytes) => onProgress({ bytes }) })
      return read.stream
    },
  }
  let manifest: Manifest | null
  try {
    manifest = await readContents(source, check)
  } catch (error) {
    // A reading that fails ends early: the rest of the bytes is needed to tell whether they are the noted ones.
    const isReadable = isCode(error, 'wrong_password') || isCode(error, 'bad_archive')
    const isChanged = isReadable && row.sha256 !== null && !(await isUntouched(row, source))
    if (isChanged) return { isWhole: false, failure: failureOf(changed()) }
    if (isDamage(error)) return { isWhole: false, failure: damageOf(error) }
    throw error
  }
  const sha256 = read?.sha256() ?? ''
  const difference = differenceOf(row, sha256, manifest)
  if (difference !== null) return { isWhole: false, failure: failureOf(difference) }
  return { isWhole: true, sha256, manifest }
}

async function readContents(source: ArchiveSource, { password, onProgress }: StoredCheck): Promise<Manifest | null> {
  if (password !== undefined) return (await verifyArchive(source, password, onProgress)).manifest
  const stream: Readable = await source.open()
  for await (const chunk of stream) void chunk
  return null
}

/** What is not as it is noted; null = nothing. */
function differenceOf({ summary, ...row }: BackupRow, sha256: string, manifest: Manifest | null): AppError | null {
  if (row.sha256 !== null && row.sha256 !== sha256) return changed()
  if (manifest === null || summary === null || manifest.counts.rows === summary.rows) return null
  return corrupted(`it holds ${manifest.counts.rows} rows where ${summary.rows} were written`)
}

function changed(): AppError {
  return corrupted('the stored bytes are not the ones that were written')
}

function isCode(error: unknown, code: AppError['code']): boolean {
  return error instanceof AppError && error.code === code
}

/** True where the store answered, and what it holds is not the archive. */
function isDamage(error: unknown): error is AppError {
  if (!(error instanceof AppError)) return false
  if (error.code === 'target_refused') return error.payload?.reason === 'target_damaged'
  return ['bad_archive', 'archive_too_new', 'not_found'].includes(error.code)
}

function damageOf(error: AppError): Failure {
  if (error.code !== 'not_found') return failureOf(error)
  return {
    code: 'not_found',
    message:
      'The archive is not in its target any more: somebody deleted or moved it there. Bring it back and verify again, or use another backup.',
  }
}
