import { createHash } from 'node:crypto'

import { type ArchiveSource, provePassword } from '../../archive/envelope.ts'
import type { Manifest } from '../../archive/manifest.ts'
import { verifyArchive } from '../../archive/verify.ts'
import type { Deps } from '../../deps.ts'
import { readManifest, saveManifest } from './manifest-store.ts'
import { provenChange } from './proven.ts'
import { readSlots } from './read-slots.ts'
import { type BackupRow, storedObject, updateBackup } from './store.ts'

type OpenDeps = Pick<Deps, 'connection' | 'targets' | 'vault' | 'hub' | 'now'>

/** A backup whose password is proven and whose table of contents is known. */
export interface OpenedBackup {
  source: ArchiveSource
  /** The one that was given, else the one the server keeps; empty where it is not encrypted. */
  password: string
  manifest: Manifest
}

/** The password of a backup: the one that was given, else the one that is kept with it. */
export function passwordOf(
  { vault }: Pick<Deps, 'vault'>,
  row: Pick<BackupRow, 'sealed_password'>,
  given: string,
): string {
  return given === '' && row.sealed_password !== null ? vault.open(row.sealed_password) : given
}

/** The stored archive of a backup. Throws 409 while there is none. */
export async function sourceOf({ targets }: Pick<Deps, 'targets'>, row: BackupRow): Promise<ArchiveSource> {
  const name = storedObject(row)
  const storage = await targets.open(row.target_id)
  return { open: async () => (await storage.read(name)).stream }
}

/**
 * Opens a backup for reading. An archive that was never read with its password, because it was uploaded without, is
 * verified now, whole; only some at a time, whoever asks. Throws `wrong_password`, `bad_archive`, `conflict`, and
 * `too_many_requests` where others are being read.
 */
export async function openBackup(deps: OpenDeps, row: BackupRow, given: string): Promise<OpenedBackup> {
  const source = await sourceOf(deps, row)
  const password = passwordOf(deps, row, given)
  const known = await readManifest(deps.connection.db, row.id)
  if (known !== undefined) return openKnown(row, { source, password, manifest: known })
  const leave = await readSlots(deps).take()
  try {
    // Whoever had the place before may have read this very archive.
    const manifest = await readManifest(deps.connection.db, row.id)
    if (manifest !== undefined) return await openKnown(row, { source, password, manifest })
    return { source, password, manifest: await verifyNow(deps, row, source, password) }
  } finally {
    leave()
  }
}

async function openKnown(row: BackupRow, opened: OpenedBackup): Promise<OpenedBackup> {
  if (row.encrypted) await provePassword(opened.source, opened.password)
  return opened
}

async function verifyNow(
  { connection: { db }, hub, now }: OpenDeps,
  row: BackupRow,
  source: ArchiveSource,
  password: string,
): Promise<Manifest> {
  const hash = createHash('sha256')
  const hashed: ArchiveSource = {
    async open() {
      const stream = await source.open()
      stream.on('data', (chunk: Buffer) => hash.update(chunk))
      stream.pause()
      return stream
    },
  }
  const { manifest } = await verifyArchive(hashed, password)
  await saveManifest(db, row.id, manifest)
  await updateBackup(db, row.id, provenChange(row, manifest, hash.digest('hex'), now()))
  await hub.publish(db, { type: 'changed', resource: 'backups', id: row.id })
  return manifest
}

/** True where the stored bytes are the ones whose contents were proven: their SHA-256 is the one that was noted. */
export async function isUntouched(row: Pick<BackupRow, 'sha256'>, source: ArchiveSource): Promise<boolean> {
  const hash = createHash('sha256')
  for await (const chunk of (await source.open()) as AsyncIterable<Buffer>) hash.update(chunk)
  return row.sha256 !== null && hash.digest('hex') === row.sha256
}
