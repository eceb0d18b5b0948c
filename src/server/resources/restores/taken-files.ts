import { sql } from 'kysely'

import type { TakenFiles } from '#api/contract/restores.ts'

import type { Manifest } from '../../archive/manifest.ts'
import type { Db } from '../../db/connection.ts'

/** More than anybody reads through. */
export const FILES_TOLD = 1_000

/**
 * Stored files of the archive whose address a file of another workspace has. Which one is not told: whoever asks need not
 * reach it.
 */
export async function findTakenFiles(
  db: Db,
  { files }: Pick<Manifest, 'files'>,
  targetId: number | null,
): Promise<TakenFiles> {
  if (files.length === 0) return { count: 0, paths: [] }
  const wanted = files.map(({ path }) => path)
  const rows = await db
    .selectFrom('file')
    .select('path')
    .where(sql<boolean>`path = any(${wanted}::text[])`)
    .$if(targetId !== null, (select) => select.where('workspace_id', '!=', targetId ?? 0))
    .orderBy('path')
    .execute()
  return { count: rows.length, paths: rows.slice(0, FILES_TOLD).map(({ path }) => path) }
}
