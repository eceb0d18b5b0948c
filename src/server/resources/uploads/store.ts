import { type Selectable, sql } from 'kysely'

import type { Upload } from '#api/contract/uploads.ts'

import type { Caller } from '../../caller.ts'
import type { Db } from '../../db/connection.ts'
import type { UploadTable } from '../../db/tables.ts'
import { AppError, notFound } from '../../errors.ts'

export type UploadRow = Selectable<UploadTable>

/** Who may go on with an upload: the very person or token that began it. */
export function creatorOf({ kind, id, label }: Caller): string {
  return `${kind} ${id} ${label}`
}

/** An upload as the API answers it. */
export function toUpload(row: UploadRow): Upload {
  return {
    id: row.id,
    name: row.name,
    bytes: row.bytes,
    chunkBytes: row.chunk_bytes,
    chunks: row.received.length,
    missing: missingOf(row),
    createdAt: row.created_at.toISOString(),
    touchedAt: row.touched_at.toISOString(),
  }
}

/** Chunks that are still to be sent, counted from 0. */
export function missingOf({ received }: Pick<UploadRow, 'received'>): number[] {
  return received.flatMap((isThere, index) => (isThere ? [] : [index]))
}

export async function insertUpload(db: Db, row: UploadRow): Promise<UploadRow> {
  return db.insertInto('upload').values(row).returningAll().executeTakeFirstOrThrow()
}

/** Uploads of the caller, newest first. */
export async function listUploads(db: Db, caller: Caller): Promise<Upload[]> {
  const rows = await db
    .selectFrom('upload')
    .selectAll()
    .where('created_by', '=', creatorOf(caller))
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute()
  return rows.map(toUpload)
}

/** How many uploads of the caller are not complete. */
export async function countUploads(db: Db, caller: Caller): Promise<number> {
  const { count } = await db
    .selectFrom('upload')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('created_by', '=', creatorOf(caller))
    .executeTakeFirstOrThrow()
  return count
}

/** Undefined where there is none, or somebody else's: who did not begin it learns nothing of it. */
export async function findUpload(db: Db, caller: Caller, id: string): Promise<UploadRow | undefined> {
  return selectOwn(db, caller, id).executeTakeFirst()
}

/** Throws 404 as `findUpload` finds none. */
export async function getUpload(db: Db, caller: Caller, id: string): Promise<UploadRow> {
  const row = await findUpload(db, caller, id)
  if (row === undefined) throw noUpload(id)
  return row
}

/** What `lockUpload` throws where somebody else holds the upload. */
const BUSY = { reason: 'upload_busy' }

/** True for the failure of a lock that another request holds. */
export function isBusy(error: unknown): boolean {
  return error instanceof AppError && error.payload?.reason === BUSY.reason
}

/**
 * The same, and nobody completes or removes it before the transaction ends; other chunks may be flagged meanwhile. With
 * `alone`, nobody else writes to it either. Never waits: completing a large upload takes minutes, and whoever waited in
 * the database would keep one of its connections. Throws `not_ready` instead.
 */
export async function lockUpload(
  trx: Db,
  caller: Caller,
  id: string,
  { alone }: { alone: boolean },
): Promise<UploadRow | undefined> {
  const select = selectOwn(trx, caller, id)
  const row = await (alone ? select.forUpdate() : select.forKeyShare()).skipLocked().executeTakeFirst()
  if (row !== undefined || (await findUpload(trx, caller, id)) === undefined) return row
  throw new AppError('not_ready', 'This upload is being completed, or written to. Ask again in a moment.', {
    payload: BUSY,
    retryAfterSeconds: 1,
  })
}

function selectOwn(db: Db, caller: Caller, id: string) {
  return db.selectFrom('upload').selectAll().where('id', '=', id).where('created_by', '=', creatorOf(caller))
}

/** 404 of an upload. */
export function noUpload(id: string): AppError {
  return notFound(`The upload ${id}`)
}

/** Notes that a chunk has arrived. Answers how many have not. */
export async function flagChunk(trx: Db, id: string, index: number, now: Date): Promise<number> {
  const { rows } = await sql<{ missing: number }>`
    update metadeck.upload set received[${index + 1}] = true, touched_at = ${now} where id = ${id}
    returning cardinality(array_positions(received, false)) as missing`.execute(trx)
  return rows[0]?.missing ?? 0
}

/** False where there is none any more: it was completed or removed meanwhile. */
export async function deleteUpload(db: Db, id: string): Promise<boolean> {
  const { numDeletedRows } = await db.deleteFrom('upload').where('id', '=', id).executeTakeFirstOrThrow()
  return numDeletedRows > 0n
}

/** Removes uploads that nobody has sent anything for since `before` nor completes now, and answers their ids. */
export async function deleteUntouched(db: Db, before: Date): Promise<string[]> {
  const rows = await db
    .deleteFrom('upload')
    .where('id', 'in', (select) =>
      select.selectFrom('upload').select('id').where('touched_at', '<', before).forUpdate().skipLocked(),
    )
    .returning('id')
    .execute()
  return rows.map(({ id }) => id)
}

/** Those of the ids that are uploads. */
export async function knownOf(db: Db, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const rows = await db
    .selectFrom('upload')
    .select('id')
    .where(sql<string>`id::text`, 'in', ids)
    .execute()
  return new Set(rows.map(({ id }) => id))
}
