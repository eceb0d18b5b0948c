import { badArchive } from '../archive/archive-error.ts'
import type { ArchiveSource } from '../archive/envelope.ts'
import { readDefinitions } from '../archive/read-definitions.ts'
import { type VerifiedArchive, verifyArchive } from '../archive/verify.ts'
import { readManifest } from '../resources/backups/manifest-store.ts'
import { isUntouched, passwordOf, sourceOf } from '../resources/backups/open-backup.ts'
import type { BackupRow } from '../resources/backups/store.ts'
import type { JobDeps } from './run.ts'
import { unlessAborted } from './unless-aborted.ts'

export interface OpenArchive {
  archive: VerifiedArchive
  /** Breaks once the signal is aborted. */
  source: ArchiveSource
  /** Of the stored bytes, where they are those whose contents were proven. */
  sha256?: string
  /** Empty = it is not encrypted. */
  password: string
}

interface Opening {
  /** Empty = the one that is kept with the backup, if any. */
  password: string
  signal: AbortSignal
  /** Told of rows while the archive is read whole. */
  onRows: (rows: number) => void
}

/**
 * Opens the archive of a backup for an import. Where the stored bytes are those whose contents were proven, only its
 * definitions are read: members are compared with the kept manifest as they are loaded. Anything else is read whole
 * first. Throws `wrong_password`, and `bad_archive` for an archive that is not the one of this backup.
 */
export async function openArchive(
  deps: JobDeps,
  backup: BackupRow,
  { password: given, signal, onRows }: Opening,
): Promise<OpenArchive> {
  const stored = await sourceOf(deps, backup)
  const source: ArchiveSource = {
    async open() {
      const stream = await unlessAborted(signal, stored.open(), (late) => late.destroy())
      const abort = (): void => void stream.destroy(signal.reason as Error)
      signal.addEventListener('abort', abort, { once: true })
      // It may break while nobody reads it; whoever reads is told all the same.
      stream.on('error', () => undefined)
      stream.once('close', () => signal.removeEventListener('abort', abort))
      return stream
    },
  }
  const password = passwordOf(deps, backup, given)
  const manifest = await readManifest(deps.connection.db, backup.id)
  const isProven = await isUntouched(backup, source)
  if (isProven && backup.sha256 !== null && manifest !== undefined) {
    const contents = await readDefinitions(source, password, manifest)
    return { archive: { manifest, encrypted: backup.encrypted, contents }, source, sha256: backup.sha256, password }
  }
  const archive = await verifyArchive(source, password, ({ rows }) => onRows(rows))
  if (!isProven && backup.sha256 !== null) {
    throw badArchive(
      'corrupted',
      'The stored archive is another one than this backup made. Upload it as an archive of its own to restore it.',
    )
  }
  return { archive, source, password }
}
