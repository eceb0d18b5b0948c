import { sql } from 'kysely'

import type { Db } from '../db/connection.ts'
import { newGuid } from '../ids.ts'
import type { TableDefinition } from '../tables/definition.ts'
import type { ReadDefinition } from './table-text.ts'

type Known = Pick<TableDefinition, 'id' | 'name' | 'guid' | 'createdAt'>

/** What of a workspace the tables of an archive take the place of. */
export interface DefinitionPlace {
  workspaceId: number
  before: readonly Known[]
  /** Ids that tables had before an earlier restore took them away, by name in lower case. */
  remembered: Readonly<Record<string, number>>
  now: Date
}

/**
 * Gives the tables of an archive their ids. A table that the workspace has already, by name or else by guid, keeps its
 * id, so that addresses and scripts that name it go on working; references follow.
 */
export async function planDefinitions(
  db: Db,
  read: readonly ReadDefinition[],
  { workspaceId, before, remembered, now }: DefinitionPlace,
): Promise<TableDefinition[]> {
  const kept = matchTables(read, before)
  const known = read.map(({ name }, at) => kept[at]?.id ?? remembered[name.toLowerCase()])
  const fresh = await newTableIds(db, known.filter((id) => id === undefined).length)
  const ids = known.map((id) => id ?? fresh.shift() ?? 0)
  return read.map((definition, at) => ({
    ...definition,
    id: ids[at] ?? 0,
    workspaceId,
    guid: definition.guid === '' ? newGuid() : definition.guid,
    columns: definition.columns.map((column) => ({
      ...column,
      tableref_id: column.tableref_id == null ? null : (ids[column.tableref_id - 1] ?? null),
    })),
    createdAt: kept[at]?.createdAt ?? now,
    updatedAt: now,
  }))
}

/** For each table the one that it takes the place of; none is taken twice. */
function matchTables(read: readonly ReadDefinition[], before: readonly Known[]): (Known | undefined)[] {
  const free = new Set(before)
  const take = (fits: (known: Known) => boolean): Known | undefined => {
    const found = [...free].find(fits)
    if (found !== undefined) free.delete(found)
    return found
  }
  const byName = read.map(({ name }) => take((known) => known.name.toLowerCase() === name.toLowerCase()))
  return read.map(({ guid }, at) => byName[at] ?? (guid === '' ? undefined : take((known) => known.guid === guid)))
}

/** Ids that no table has or will get. */
export async function newTableIds(db: Db, count: number): Promise<number[]> {
  const taken = await sql<{ id: number }>`
    select nextval(pg_get_serial_sequence('metadeck.table_definition', 'id')) as id
    from generate_series(1, ${count}::int)`.execute(db)
  return taken.rows.map((row) => row.id)
}
