import type { ArchiveDiff, TableDiff } from '#api/contract/diffs.ts'
import type { RestorePreview } from '#api/contract/restores.ts'
import { formatCount, formatNumber } from '#console/lib/format.ts'

/** What knows how many rows are there now, for archives that hold none to compare. */
export type RowsNow = Pick<RestorePreview, 'tables'>

/** Rows of a table of the target, whatever the case of its name; 0 where it is not known. */
export function rowsNow(table: string, { tables }: RowsNow): number {
  return tables.find(({ name }) => name.toLowerCase() === table.toLowerCase())?.rowsNow ?? 0
}

/** `214 rows are lost, 18 change and 2 come back`; what there is none of is left out. */
export function rowWords({ tables }: Pick<ArchiveDiff, 'tables'>, rows: RowsNow): string {
  const sum = (pick: (table: TableDiff) => number): number => tables.reduce((total, table) => total + pick(table), 0)
  const removed = sum((table) => table.removed ?? rowsNow(table.table, rows))
  const changed = sum((table) => table.changed ?? 0)
  const added = sum((table) => table.added ?? 0)
  const parts = [
    [removed, removed === 1 ? 'is lost' : 'are lost'],
    [changed, changed === 1 ? 'changes' : 'change'],
    [added, added === 1 ? 'comes back' : 'come back'],
  ] as const
  const said = parts
    .filter(([count]) => count > 0)
    .map(([count, verb], at) => `${at === 0 ? formatCount(count, 'row') : formatNumber(count)} ${verb}`)
  const last = said.pop()
  if (last === undefined) return 'no row changes'
  return said.length === 0 ? last : `${said.join(', ')} and ${last}`
}
