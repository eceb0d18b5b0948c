import type { PreviewTable, RestorePreview } from '#api/contract/restores.ts'
import { formatCount } from '#console/lib/format.ts'

const RANK: Record<PreviewTable['effect'], number> = { removed: 0, replaced: 1, added: 2 }

/** What would be lost comes first, the largest loss on top. */
export function sortTables(tables: readonly PreviewTable[]): PreviewTable[] {
  return tables.toSorted(
    (a, b) => RANK[a.effect] - RANK[b.effect] || (b.rowsNow ?? 0) - (a.rowsNow ?? 0) || a.name.localeCompare(b.name),
  )
}

/** Each thing that is there now and would not be there any more as it is. */
export function lossLines({ tables, apiGroups, summary }: RestorePreview): string[] {
  const lines = sortTables(tables).flatMap((table) => {
    const now = formatCount(table.rowsNow ?? 0, 'row')
    if (table.effect === 'removed') return [`Table ${table.name} with ${now} is removed: the archive does not have it`]
    if (table.effect !== 'replaced') return []
    const verb = table.rowsNow === 1 ? 'is' : 'are'
    if (!summary.includesRows) return [`${now} in ${table.name} ${verb} removed: the archive holds no rows`]
    return [
      `${now} in ${table.name} ${verb} replaced by the ${formatCount(table.rowsInArchive ?? 0, 'row')} of the archive`,
    ]
  })
  const removed = apiGroups.removed.map((name) => `API group ${name} is removed: the archive does not have it`)
  const replaced = apiGroups.replaced.map((name) => `API group ${name} is replaced by that of the archive`)
  return [...lines, ...removed, ...replaced]
}

const countOf = (tables: readonly PreviewTable[], effect: PreviewTable['effect']): number =>
  tables.filter((table) => table.effect === effect).length

/** The button's words: the effect and the target. */
export function effectLabel({ tables, target }: Pick<RestorePreview, 'tables' | 'target'>, targetName: string): string {
  if (target === null) return `Create workspace ${targetName}`
  const replaced = countOf(tables, 'replaced')
  const removed = countOf(tables, 'removed')
  const added = countOf(tables, 'added')
  if (replaced > 0 && removed > 0)
    return `Overwrite ${formatCount(replaced, 'table')} and remove ${removed} in ${targetName}`
  if (replaced > 0) return `Overwrite ${formatCount(replaced, 'table')} in ${targetName}`
  if (removed > 0) return `Remove ${formatCount(removed, 'table')} from ${targetName}`
  return added > 0 ? `Add ${formatCount(added, 'table')} to ${targetName}` : `Replace the definitions of ${targetName}`
}

/** `3 tables and 12,430 rows would be overwritten or removed`. */
export function lossSummary({ tables }: Pick<RestorePreview, 'tables'>): string {
  const lost = tables.filter(({ effect }) => effect !== 'added')
  const rows = lost.reduce((sum, { rowsNow }) => sum + (rowsNow ?? 0), 0)
  return `${formatCount(lost.length, 'table')} with ${formatCount(rows, 'row')} would be overwritten or removed`
}
