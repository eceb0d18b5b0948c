import { createHash, randomUUID } from 'node:crypto'

import type { FastifyRequest } from 'fastify'

import { type BackupWarning, uploadBackup } from '#api/contract/backups.ts'

import { summaryOf } from '../../archive/manifest.ts'
import { type VerifiedArchive, verifyArchive } from '../../archive/verify.ts'
import type { Caller } from '../../caller.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import { parseInput } from '../../route.ts'
import { readForm } from '../transfer/read-form.ts'
import { saveManifest } from './manifest-store.ts'
import type { BackupRow } from './store.ts'

type UploadDeps = Pick<Deps, 'connection' | 'targets' | 'now'>

interface Stored {
  object: string
  bytes: number
  sha256: string
  /** The name the file had. */
  fileName: string
}

/** Said of an archive that nobody could read yet. */
const UNPROVEN: BackupWarning = {
  code: 'unproven',
  message: 'It is encrypted and came without its password: what is in it is not proven. Verify it with the password.',
}

/**
 * Takes an archive into the store and the list. It is read whole before it is listed; one that is encrypted and came
 * without its password is listed with a warning, and checked when somebody gives it. Nothing of a refused one stays.
 */
export async function receiveUpload(request: FastifyRequest, caller: Caller, deps: UploadDeps): Promise<BackupRow> {
  requireWholeReach(caller)
  const object = `upload-${randomUUID()}.xano`
  const storage = await deps.targets.open(null)
  try {
    const stored: Stored = { object, bytes: 0, sha256: '', fileName: '' }
    const form = await readForm(request, async (file) => {
      const hash = createHash('sha256')
      file.stream.on('data', (chunk: Buffer) => hash.update(chunk)).pause()
      stored.bytes = await storage.write(object, file.stream)
      stored.sha256 = hash.digest('hex')
      stored.fileName = file.name
    })
    const { password } = parseInput(uploadBackup.body, form)
    const source = { open: async () => (await storage.read(object)).stream }
    return await insertUploaded(deps, caller, stored, await verifyWhereReadable(source, password))
  } catch (error) {
    await storage.delete(object)
    throw error
  }
}

/** An uploaded archive belongs to no workspace yet, so that only who reaches all of them may see it. Throws 403. */
export function requireWholeReach(caller: Caller): void {
  if (caller.workspaces === 'all') return
  throw new AppError(
    'access_denied',
    'Access Denied. This token reaches chosen workspaces only, so it cannot add archives.',
    {
      payload: { reason: 'workspace' },
    },
  )
}

/** Null for an encrypted archive without a password. */
async function verifyWhereReadable(
  source: Parameters<typeof verifyArchive>[0],
  password: string,
): Promise<VerifiedArchive | null> {
  try {
    return await verifyArchive(source, password)
  } catch (error) {
    if (error instanceof AppError && error.payload?.reason === 'password_required') return null
    throw error
  }
}

async function insertUploaded(
  { connection, now }: UploadDeps,
  caller: Caller,
  stored: Stored,
  archive: VerifiedArchive | null,
): Promise<BackupRow> {
  const at = now()
  return connection.db.transaction().execute(async (trx) => {
    const row = await trx
      .insertInto('backup')
      .values({
        ...(archive === null ? unknownContents(stored.fileName) : knownContents(archive, at)),
        workspace_id: null,
        kind: 'uploaded',
        stage: 'done',
        bytes: stored.bytes,
        object_name: stored.object,
        sha256: stored.sha256,
        created_by: caller.label,
        created_at: at,
        started_at: at,
        finished_at: at,
      })
      .returningAll()
      .executeTakeFirstOrThrow()
    if (archive !== null) await saveManifest(trx, row.id, archive.manifest)
    return row
  })
}

/** Of an archive that nobody could read yet: encrypted, and the password was not given. */
export function unknownContents(fileName: string) {
  return {
    workspace_name: nameFrom(fileName),
    branch: '',
    definition_only: false,
    encrypted: true,
    status: 'warnings',
    summary: null,
    warnings: JSON.stringify([UNPROVEN]),
    verified_at: null,
  }
}

function knownContents({ manifest, encrypted }: VerifiedArchive, at: Date) {
  const summary = summaryOf(manifest)
  return {
    workspace_name: summary.workspace,
    branch: summary.branch,
    definition_only: !summary.includesRows,
    includes_files: summary.includesFiles,
    encrypted,
    status: 'succeeded',
    tables_done: manifest.counts.tables,
    tables_total: manifest.counts.tables,
    rows: summary.rows,
    summary: JSON.stringify(summary),
    verified_at: at,
    ...(encrypted ? { password_proven_at: at } : {}),
  }
}

/** What people called the file, without its ending and anything a list should not show. */
function nameFrom(fileName: string): string {
  const name = fileName
    .replace(/\.[a-z]{1,5}$/i, '')
    .replaceAll(/\p{Cc}/gu, '')
    .trim()
    .slice(0, 200)
  return name === '' ? 'Uploaded archive' : name
}
