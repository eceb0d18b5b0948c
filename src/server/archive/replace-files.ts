import { sql } from 'kysely'

import type { RenamedFile } from '#api/contract/restores.ts'

import type { Db } from '../db/connection.ts'
import { randomBase62 } from '../ids.ts'
import { insertRow } from './insert-row.ts'
import type { LoadedFile } from './load-files.ts'

/** Random characters of a new path: 142 bits, so that nobody guesses the address of a private file. */
const KEY_LENGTH = 24

/**
 * Makes these the stored files of the workspace. A file keeps its address, and its id where the workspace has it
 * already or had before (`remembered`, by path); an address that another workspace has is replaced.
 */
export async function replaceFiles(
  db: Db,
  workspaceId: number,
  files: readonly LoadedFile[],
  remembered: Readonly<Record<string, number>>,
): Promise<ReplacedFiles> {
  const before = await db.deleteFrom('file').where('workspace_id', '=', workspaceId).returningAll().execute()
  const written = await insertFiles(db, workspaceId, files, { before, remembered })
  return replacedBy(before, written)
}

/** What was done with stored files of a workspace. */
export interface ReplacedFiles {
  /** Names of the objects that no row names any more, to be deleted once this is committed. */
  replacedObjects: string[]
  /** Paths that were written or taken away. */
  paths: string[]
  /** Files that got another path than the archive says. */
  renamed: RenamedFile[]
}

/** The same of these files only, in the place of those with their paths; `going` are paths of files that go besides. */
export async function replaceSomeFiles(
  db: Db,
  workspaceId: number,
  files: readonly LoadedFile[],
  { going, remembered }: { going: readonly string[]; remembered: Readonly<Record<string, number>> },
): Promise<ReplacedFiles> {
  const places = [...new Set([...going, ...files.map(({ path }) => path)])]
  const before = await db
    .deleteFrom('file')
    .where('workspace_id', '=', workspaceId)
    .where(sql<boolean>`path = any(${places}::text[])`)
    .returningAll()
    .execute()
  const written = await insertFiles(db, workspaceId, files, { before, remembered })
  return replacedBy(before, written)
}

function replacedBy(
  before: readonly { path: string; object_name: string }[],
  written: readonly RenamedFile[],
): ReplacedFiles {
  return {
    replacedObjects: before.map(({ object_name: name }) => name),
    paths: [...new Set([...before.map(({ path }) => path), ...written.map(({ to }) => to)])],
    renamed: written.filter(({ from, to }) => from !== to),
  }
}

/** Answers the paths of the archive with those that the files have now, which differ where one is taken. */
async function insertFiles(
  db: Db,
  workspaceId: number,
  files: readonly LoadedFile[],
  {
    before,
    remembered,
  }: { before: readonly { path: string; id: number }[]; remembered: Readonly<Record<string, number>> },
): Promise<RenamedFile[]> {
  const known = new Map(before.map(({ path, id }) => [path, id]))
  const taken = await takenPaths(
    db,
    files.map(({ path }) => path),
  )
  const written: RenamedFile[] = []
  for (const file of files) {
    const path = taken.has(file.path) ? newPath(file.path) : file.path
    written.push({ from: file.path, to: path })
    await insertRow(db, 'file', {
      id: known.get(file.path) ?? remembered[file.path],
      workspace_id: workspaceId,
      name: file.name,
      type: file.type,
      mime: file.mime,
      access: file.access,
      size: file.size,
      sha256: file.sha256,
      path,
      object_name: file.objectName,
      meta: JSON.stringify(file.meta),
      created_at: new Date(file.created),
    })
  }
  return written
}

async function takenPaths(db: Db, paths: readonly string[]): Promise<Set<string>> {
  if (paths.length === 0) return new Set()
  const rows = await db
    .selectFrom('file')
    .select('path')
    .where(sql<boolean>`path = any(${paths}::text[])`)
    .execute()
  return new Set(rows.map(({ path }) => path))
}

/** `/vault/<random>/photo.png` with another random part. */
function newPath(path: string): string {
  return `/vault/${randomBase62(KEY_LENGTH)}/${path.split('/').at(-1) ?? 'file'}`
}
