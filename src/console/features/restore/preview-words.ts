import type { ArchiveSummary } from '#api/contract/backups.ts'
import type { PreviewTable, RestorePreview } from '#api/contract/restores.ts'
import { formatCount, formatNumber } from '#console/lib/format.ts'

import { constructLines, draftLines, fileLines, logicLosses } from './preview-logic-words.ts'

/** How many rows more there would be; negative where rows are lost. */
export const differenceOf = ({ rowsNow, rowsInArchive }: Pick<PreviewTable, 'rowsNow' | 'rowsInArchive'>): number =>
  (rowsInArchive ?? 0) - (rowsNow ?? 0)

/** `−1`, `+12`, `=`. */
export function differenceWords(table: Pick<PreviewTable, 'rowsNow' | 'rowsInArchive'>): string {
  const difference = differenceOf(table)
  if (difference === 0) return '='
  return `${difference < 0 ? '−' : '+'}${formatNumber(Math.abs(difference))}`
}

/** What is really lost comes first: whole tables, then rows; what only grows or stays comes after. */
function rankOf(table: PreviewTable): number {
  if (table.effect === 'removed') return 0
  if (table.effect === 'added') return 4
  const difference = differenceOf(table)
  if (difference < 0) return 1
  return difference > 0 ? 2 : 3
}

/** What would be lost comes first, the largest loss on top. */
export function sortTables(tables: readonly PreviewTable[]): PreviewTable[] {
  return tables.toSorted(
    (a, b) =>
      rankOf(a) - rankOf(b) ||
      Math.abs(differenceOf(b)) - Math.abs(differenceOf(a)) ||
      (b.rowsNow ?? 0) - (a.rowsNow ?? 0) ||
      a.name.localeCompare(b.name),
  )
}

const isEqual = (table: PreviewTable): boolean => table.effect === 'replaced' && differenceOf(table) === 0

/** One line for all tables whose number of rows stays, lest they hide those that lose some. */
function equalLines(tables: readonly PreviewTable[], includesRows: boolean): string[] {
  const equal = tables.filter(isEqual)
  const [only] = equal
  if (only === undefined) return []
  const isOne = equal.length === 1
  const subject = isOne ? `Table ${only.name}` : formatCount(equal.length, 'table')
  if (!includesRows) return [`${subject} ${isOne ? 'has' : 'have'} no rows now and none afterwards`]
  return isOne
    ? [`${subject} has the same number of rows; its rows are replaced by those of the archive`]
    : [`${subject} have the same number of rows; their rows are replaced by those of the archive`]
}

/** Each thing that is there now and would not be there any more as it is; what only changes comes last. */
export function lossLines({ tables, apiGroups, constructs, files, summary }: RestorePreview): string[] {
  const lines = sortTables(tables).flatMap((table) => {
    const now = formatCount(table.rowsNow ?? 0, 'row')
    if (table.effect === 'removed') return [`Table ${table.name} with ${now} is removed: the archive does not have it`]
    if (table.effect !== 'replaced' || isEqual(table)) return []
    const verb = table.rowsNow === 1 ? 'is' : 'are'
    if (!summary.includesRows) return [`${now} in ${table.name} ${verb} removed: the archive holds no rows`]
    return [
      `${now} in ${table.name} ${verb} replaced by the ${formatCount(table.rowsInArchive ?? 0, 'row')} of the archive (${differenceWords(table)})`,
    ]
  })
  const removed = apiGroups.removed.map((name) => `API group ${name} is removed: the archive does not have it`)
  const replaced = apiGroups.replaced.map((name) => `API group ${name} is replaced by that of the archive`)
  const logic = [...draftLines(constructs), ...removed, ...constructLines(constructs), ...fileLines(files)]
  return [...lines, ...logic, ...equalLines(tables, summary.includesRows), ...replaced]
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

/** `3 tables with 12,430 rows, 1 API group and 5 constructs would be overwritten or removed`. */
export function lossSummary({ tables, apiGroups, ...logic }: Omit<RestorePreview, 'summary' | 'target'>): string {
  const lost = tables.filter(({ effect }) => effect !== 'added')
  const rows = lost.reduce((sum, { rowsNow }) => sum + (rowsNow ?? 0), 0)
  const groups = apiGroups.removed.length + apiGroups.replaced.length
  const parts = [
    ...(lost.length === 0 ? [] : [`${formatCount(lost.length, 'table')} with ${formatCount(rows, 'row')}`]),
    ...(groups === 0 ? [] : [formatCount(groups, 'API group')]),
    ...logicLosses(logic),
  ]
  const last = parts.pop()
  if (last === undefined) return 'Nothing that is there would be overwritten or removed'
  const words = parts.length === 0 ? last : `${parts.join(', ')} and ${last}`
  return `${words} would be overwritten or removed`
}

/** `3 tables, 12,430 rows, 1 API group, 5 constructs and no stored files`: what the archive holds. */
export function archiveWords({ tables, rows, apiGroups, constructs, includesFiles, files }: ArchiveSummary): string {
  const parts = [
    formatCount(new Set(tables.map(({ name }) => name)).size, 'table'),
    formatCount(rows, 'row'),
    formatCount(apiGroups, 'API group'),
    constructs === null ? 'no constructs' : formatCount(constructs, 'construct'),
  ]
  return `${parts.join(', ')} and ${includesFiles ? formatCount(files, 'stored file') : 'no stored files'}`
}
