import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'

import { badArchive } from '../../archive/archive-error.ts'
import { type ArchiveSource, openArchive } from '../../archive/envelope.ts'
import type { Caller } from '../../caller.ts'
import type { Db } from '../../db/connection.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import { unknownContents } from '../backups/receive-upload.ts'
import type { BackupRow } from '../backups/store.ts'
import { lenderOf } from '../schedules/lent-rights.ts'
import type { Slots } from '../transfer/slots.ts'
import { deleteUpload, isBusy, lockUpload, missingOf, noUpload, type UploadRow } from './store.ts'
import { openUploadFile, putIntoStore, removeUploadFile, sizeOf } from './upload-file.ts'

type CompleteDeps = Pick<Deps, 'config' | 'connection' | 'targets' | 'jobs' | 'vault' | 'now'> & {
  /** Each completion reads a whole archive, and holds a connection meanwhile. */
  slots: Slots
}

/** How long a call waits for the end of another one that completes the same upload. */
const BUSY_WAIT_MS = 20_000
const BUSY_LOOK_MS = 200

/** Name of the stored object that an upload becomes. */
export function objectOf(uploadId: string): string {
  return `upload-${uploadId}.xano`
}

/** What a look at the first bytes tells. `locked` = encrypted, and no password was given. */
type Looks = 'plain' | 'encrypted' | 'locked'

/**
 * Makes an upload that is whole a backup, which a job then verifies. A second call answers the same backup. Throws 409
 * while chunks are missing; `wrong_password`, and the upload stays; `bad_archive` or `archive_too_new` for a file that
 * can be no backup, of which nothing stays; `not_ready` or `too_many_requests` where others are at it: ask again then.
 */
export async function completeUpload(
  deps: CompleteDeps,
  caller: Caller,
  id: string,
  password: string,
): Promise<BackupRow> {
  const { db } = deps.connection
  try {
    const row = await whenFree(deps.slots, () =>
      db.transaction().execute(async (trx) => {
        const upload = await lockUpload(trx, caller, id, { alone: true })
        if (upload === undefined) return findCompleted(trx, caller, id)
        return makeBackup(deps, trx, upload, { caller, password })
      }),
    )
    await removeUploadFile(deps.config, id)
    return row
  } catch (error) {
    if (isHopeless(error)) {
      await deleteUpload(db, id)
      await removeUploadFile(deps.config, id)
    }
    throw error
  }
}

/** Waits without a connection while the upload is busy, and throws what says so where that takes too long. */
async function whenFree<Result>(slots: Slots, work: () => Promise<Result>): Promise<Result> {
  for (let waited = 0; ; waited += BUSY_LOOK_MS) {
    const leave = await slots.take()
    try {
      return await work()
    } catch (error) {
      if (!isBusy(error) || waited >= BUSY_WAIT_MS) throw error
    } finally {
      leave()
    }
    await sleep(BUSY_LOOK_MS)
  }
}

/** True where sending the same bytes again would not help. */
function isHopeless(error: unknown): boolean {
  return error instanceof AppError && (error.code === 'bad_archive' || error.code === 'archive_too_new')
}

/** The backup that an earlier call made, whose answer may have been lost. */
async function findCompleted(trx: Db, caller: Caller, id: string): Promise<BackupRow> {
  const row = await trx
    .selectFrom('backup')
    .selectAll()
    .where('object_name', '=', objectOf(id))
    .where('created_by', '=', caller.label)
    .executeTakeFirst()
  if (row === undefined) throw noUpload(id)
  return row
}

async function makeBackup(
  deps: CompleteDeps,
  trx: Db,
  upload: UploadRow,
  { caller, password }: { caller: Caller; password: string },
): Promise<BackupRow> {
  await requireWhole(deps, upload)
  const source: ArchiveSource = { open: () => openUploadFile(deps.config, upload.id) }
  const looks = await look(source, password)
  const sha256 = await hashOf(source)
  if (upload.sha256 !== null && upload.sha256 !== sha256) {
    throw badArchive(
      'corrupted',
      'The file that arrived is not the one that was announced: its SHA-256 differs. Upload it again.',
    )
  }
  const store = await deps.targets.open(null)
  await putIntoStore(deps.config, upload.id, store, objectOf(upload.id))
  try {
    const row = await insertBackup(trx, upload, { looks, sha256, createdBy: caller.label, at: deps.now() })
    await deleteUpload(trx, upload.id)
    if (looks !== 'locked') {
      const sealedPassword = looks === 'plain' ? null : deps.vault.seal(password)
      await deps.jobs.enqueue('verify', { backupId: row.id, sealedPassword, by: await lenderOf(trx, caller) }, trx)
    }
    return row
  } catch (error) {
    await store.delete(objectOf(upload.id))
    throw error
  }
}

async function requireWhole({ config }: CompleteDeps, upload: UploadRow): Promise<void> {
  const missing = missingOf(upload).length
  if (missing > 0) {
    const are = missing === 1 ? 'chunk has' : 'chunks have'
    throw new AppError(
      'conflict',
      `${missing} ${are} not arrived yet, of ${upload.received.length}. Send what is missing first.`,
      {
        payload: { reason: 'chunks_missing', missing },
      },
    )
  }
  if ((await sizeOf(config, upload.id)) === upload.bytes) return
  throw new AppError(
    'conflict',
    'The bytes that had arrived are not whole any more. Remove this upload and begin anew.',
    {
      payload: { reason: 'upload_lost' },
    },
  )
}

/** Reads the first block: finds what is no archive, and proves the password. */
async function look(source: ArchiveSource, password: string): Promise<Looks> {
  try {
    const { encrypted, tar } = await openArchive(source, password)
    try {
      await tar.next()
    } finally {
      await tar.return(undefined)
    }
    return encrypted ? 'encrypted' : 'plain'
  } catch (error) {
    if (error instanceof AppError && error.payload?.reason === 'password_required') return 'locked'
    throw error
  }
}

async function hashOf(source: ArchiveSource): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of (await source.open()) as AsyncIterable<Buffer>) hash.update(chunk)
  return hash.digest('hex')
}

async function insertBackup(
  trx: Db,
  upload: UploadRow,
  found: { looks: Looks; sha256: string; createdBy: string; at: Date },
): Promise<BackupRow> {
  const isLocked = found.looks === 'locked'
  return trx
    .insertInto('backup')
    .values({
      ...unknownContents(upload.name),
      ...(isLocked ? {} : { status: 'running', warnings: '[]' }),
      encrypted: found.looks !== 'plain',
      workspace_id: null,
      kind: 'uploaded',
      stage: isLocked ? 'done' : 'verifying',
      bytes: upload.bytes,
      object_name: objectOf(upload.id),
      sha256: found.sha256,
      created_by: found.createdBy,
      created_at: found.at,
      started_at: found.at,
      finished_at: isLocked ? found.at : null,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
}
