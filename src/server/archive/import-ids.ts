import { sql } from 'kysely'

import { type Db, OWN_SCHEMA } from '../db/connection.ts'
import { readBranch } from '../db/workspace.ts'

/** What an import can take away and an undo brings back, with what finds it again: archives hold no ids. */
const KINDS = ['table_definition', 'api_group', 'construct', 'file'] as const
type Kind = (typeof KINDS)[number]

/** Ids by key. Keys: a table's name in lower case, a group's guid, a construct's kind and guid, a file's path. */
export type IdBook = Record<Kind, Record<string, number>>

/** The key of a construct in an `IdBook`. */
export function constructKey({ kind, guid }: { kind: string; guid: string }): string {
  return `${kind} ${guid}`
}

/** Ids of what a restore of the workspace replaces: its tables and files, and the logic of its live branch. */
export async function readIds(db: Db, workspaceId: number): Promise<IdBook> {
  const { id: branchId } = await readBranch(db, workspaceId, '')
  const tables = await db
    .selectFrom('table_definition')
    .select(['id', sql<string>`lower(name)`.as('key')])
    .where('workspace_id', '=', workspaceId)
    .execute()
  const groups = await db
    .selectFrom('api_group')
    .select(['id', 'guid as key'])
    .where('branch_id', '=', branchId)
    .execute()
  const constructs = await db
    .selectFrom('construct')
    .select(['id', 'kind', 'guid'])
    .where('branch_id', '=', branchId)
    .execute()
  const files = await db
    .selectFrom('file')
    .select(['id', 'path as key'])
    .where('workspace_id', '=', workspaceId)
    .execute()
  return {
    table_definition: bookOf(tables),
    api_group: bookOf(groups),
    construct: bookOf(constructs.map(({ id, ...row }) => ({ id, key: constructKey(row) }))),
    file: bookOf(files),
  }
}

function bookOf(rows: readonly { id: number; key: string }[]): Record<string, number> {
  return Object.fromEntries(rows.map(({ key, id }) => [key, id]))
}

/** What `before` has and `after` has not. */
export function goneIds(before: IdBook, after: IdBook): IdBook {
  const gone = (kind: Kind): Record<string, number> => {
    const left = new Set(Object.values(after[kind]))
    return Object.fromEntries(Object.entries(before[kind]).filter(([, id]) => !left.has(id)))
  }
  return {
    table_definition: gone('table_definition'),
    api_group: gone('api_group'),
    construct: gone('construct'),
    file: gone('file'),
  }
}

/** The book without the ids that something has again. */
export async function freeIds(db: Db, book: IdBook | undefined): Promise<IdBook> {
  const free: IdBook = { table_definition: {}, api_group: {}, construct: {}, file: {} }
  for (const kind of KINDS) {
    const entries = Object.entries(book?.[kind] ?? {})
    if (entries.length === 0) continue
    const ids = entries.map(([, id]) => id)
    const { rows } = await sql<{ id: number }>`
      select id from ${sql.id(OWN_SCHEMA, kind)} where id = any(${ids}::bigint[])`.execute(db)
    const used = new Set(rows.map(({ id }) => id))
    free[kind] = Object.fromEntries(entries.filter(([, id]) => !used.has(id)))
  }
  return free
}

export const NO_IDS: IdBook = { table_definition: {}, api_group: {}, construct: {}, file: {} }
