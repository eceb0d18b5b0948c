import type { TableDefinition } from '../../tables/definition.ts'
import type { ManifestTable } from '../manifest.ts'
import type { ReadContents } from '../read-contents.ts'

type ReadTable = ReadContents['definitions'][number]

/** A table of the archive: how it reads, and where its rows are. */
export interface ArchivedTable {
  definition: ReadTable
  listed: ManifestTable
}

/** A table on both sides, or on one. */
export type TablePair =
  | { archived: ArchivedTable; live: TableDefinition }
  | { archived: ArchivedTable; live: null }
  | { archived: null; live: TableDefinition }

/**
 * Which table takes the place of which when the archive is restored (`plan-definitions.ts`): by name without regard to
 * case, else, where that counts, by guid. First those of the archive, in its order.
 */
export function pairTables(
  archived: readonly ArchivedTable[],
  live: readonly TableDefinition[],
  byGuid: boolean,
): TablePair[] {
  const free = new Set(live)
  const take = (fits: (table: TableDefinition) => boolean): TableDefinition | null => {
    const found = [...free].find(fits) ?? null
    if (found !== null) free.delete(found)
    return found
  }
  const byName = archived.map(({ definition: { name } }) =>
    take((table) => table.name.toLowerCase() === name.toLowerCase()),
  )
  const pairs = archived.map((table, at): TablePair => {
    const { guid } = table.definition
    const isSought = byGuid && guid !== ''
    return { archived: table, live: byName[at] ?? (isSought ? take((known) => known.guid === guid) : null) }
  })
  return [...pairs, ...[...free].map((table): TablePair => ({ archived: null, live: table }))]
}
