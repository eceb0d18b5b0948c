import type { Selectable } from 'kysely'
import { sql } from 'kysely'

import type { File, ListFiles } from '#api/contract/files.ts'
import { metaTime } from '#api/contract/names.ts'

import type { Db } from '../../db/connection.ts'
import type { FileTable } from '../../db/tables.ts'
import type { Deps } from '../../deps.ts'
import { notFound } from '../../errors.ts'
import type { Storage } from '../../storage/storage.ts'
import { newFilePath } from './file-name.ts'
import type { ReceivedFile } from './receive-file.ts'
import { signedQuery } from './signed-link.ts'

export type FileRow = Selectable<FileTable>

/** One page of a workspace's files, and whether there is more. */
export async function pageFiles(
  db: Db,
  workspaceId: number,
  query: ListFiles,
): Promise<{ rows: FileRow[]; hasMore: boolean }> {
  const { type, access } = query
  const rows = await db
    .selectFrom('file')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .$if(type !== undefined, (select) => select.where('type', '=', type ?? 'attachment'))
    .$if(access !== undefined, (select) => select.where('access', '=', access ?? 'public'))
    .$if(query.search !== '', (select) =>
      select.where(sql<boolean>`strpos(lower(name), ${query.search.toLowerCase()}) > 0`),
    )
    .orderBy(query.sort === 'name' ? 'name' : 'created_at', query.order)
    .orderBy('id', query.order)
    .limit(query.per_page + 1)
    .offset((query.page - 1) * query.per_page)
    .execute()
  return { rows: rows.slice(0, query.per_page), hasMore: rows.length > query.per_page }
}

const FOREIGN_KEY_VIOLATION = '23503'

/** Lists a received file; throws 404 where its workspace was deleted meanwhile. */
export async function insertFile(db: Db, workspaceId: number, file: ReceivedFile, now: Date): Promise<FileRow> {
  return db
    .insertInto('file')
    .values({
      workspace_id: workspaceId,
      name: file.name,
      type: file.type,
      mime: file.mime,
      access: file.access,
      size: file.size,
      sha256: file.sha256,
      path: newFilePath(file.name),
      object_name: file.objectName,
      meta: JSON.stringify(file.meta),
      created_at: now,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
    .catch((error: unknown) => {
      if ((error as { code?: unknown }).code === FOREIGN_KEY_VIOLATION) throw notFound(`Workspace ${workspaceId}`)
      throw error
    })
}

/** Takes files off the list, all or none: throws 404 naming the first unknown id. Their objects are still there. */
export async function removeFiles(trx: Db, workspaceId: number, ids: readonly number[]): Promise<FileRow[]> {
  if (ids.length === 0) return []
  const rows = await trx
    .deleteFrom('file')
    .where('workspace_id', '=', workspaceId)
    .where('id', 'in', ids)
    .returningAll()
    .execute()
  const removed = new Set(rows.map((row) => row.id))
  const unknown = ids.find((id) => !removed.has(id))
  if (unknown !== undefined) throw notFound(`File ${unknown}`)
  return rows
}

/**
 * Names of the objects of a workspace's files. Read them in the transaction that deletes the workspace, and remove
 * the objects by `deleteObjects` once it is committed: an object without a row is harmless, the reverse is not.
 */
export async function objectsOfWorkspace(db: Db, workspaceId: number): Promise<string[]> {
  const rows = await db.selectFrom('file').select('object_name').where('workspace_id', '=', workspaceId).execute()
  return rows.map((row) => row.object_name)
}

/** Removes objects that no row names any more. One that cannot be removed stays: the log says so, nobody can reach it. */
export async function deleteObjects(
  { files, log }: { files: Storage; log: Deps['log'] },
  names: readonly string[],
): Promise<void> {
  for (const name of names) {
    await files.delete(name).catch((error: unknown) => {
      log.warn({ err: error }, 'the object of a deleted file could not be removed')
    })
  }
}

/** The file served under this path; undefined when there is none. */
export async function findFileByPath(db: Db, path: string): Promise<FileRow | undefined> {
  return db.selectFrom('file').selectAll().where('path', '=', path).executeTakeFirst()
}

/** A file as the API answers it; a private one with a link that is good from `now` on for its 15 minutes. */
export function toFile(row: FileRow, { publicUrl, vault, now }: Pick<Deps, 'publicUrl' | 'vault' | 'now'>): File {
  const query = row.access === 'private' ? signedQuery(vault, row.path, now()) : ''
  return {
    id: row.id,
    created_at: metaTime(row.created_at),
    name: row.name,
    size: row.size,
    type: row.type,
    mime: row.mime,
    access: row.access,
    path: row.path,
    url: `${publicUrl()}${row.path}${query}`,
    meta: row.meta,
  }
}
