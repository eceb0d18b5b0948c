import type { TableDiff } from '#api/contract/diffs.ts'
import type { RowsMode } from '#api/contract/restore-scope.ts'
import { formatCount, formatNumber } from '#console/lib/format.ts'

import type { Parts } from './parts.ts'

type RowChoice = Pick<Parts, 'rows' | 'rowIds'>

/** What happens to the rows of a table where those that are there stay. */
export interface MergeEffect {
  added: number
  changed: number
  /** Changed rows that stay as they are now. */
  keptChanged: number
  /** Rows that the backup lacks. */
  keptNewer: number
  /** Rows chosen by an id of which no sample tells what it does. */
  unknown: number
}

/** True where the rows of the table meet those that are there; one that is not there comes whole. */
export const isMerged = ({ effect }: Pick<TableDiff, 'effect'>, rows: RowsMode): boolean =>
  rows !== 'replace' && effect !== 'added'

export function mergeEffect(table: TableDiff, { rows, rowIds }: RowChoice): MergeEffect {
  const overwrites = rows === 'missing_and_changed'
  const all = { added: table.added ?? 0, changed: table.changed ?? 0, keptNewer: table.removed ?? 0 }
  const ids = rowIds[table.table]
  if (ids === undefined) {
    const changed = overwrites ? all.changed : 0
    return { ...all, changed, keptChanged: all.changed - changed, unknown: 0 }
  }
  const chosen = new Set(ids)
  const among = (samples: TableDiff['samples']['added']) => samples.filter(({ id }) => chosen.has(id)).length
  const added = among(table.samples.added)
  const differing = among(table.samples.changed)
  const changed = overwrites ? differing : 0
  const unknown = ids.length - added - differing
  return { added, changed, keptChanged: all.changed - changed, keptNewer: all.keptNewer, unknown }
}

/** The table's numbers as what will happen: nothing is removed, and its definition is left alone. */
export function mergedTable(table: TableDiff, choice: RowChoice): TableDiff {
  if (!isMerged(table, choice.rows)) return table
  const { added, changed, unknown } = mergeEffect(table, choice)
  const there = (table.same ?? 0) + (table.changed ?? 0) + (table.removed ?? 0)
  const acts = added + changed + unknown > 0
  return { ...table, effect: acts ? 'changed' : null, added, changed, removed: 0, same: there - changed, fields: [] }
}

/** `3 rows come back, nothing is deleted, 12 changed rows stay as they are`. */
export function mergeWords(tables: readonly TableDiff[], choice: RowChoice): string {
  const effects = tables.map((table) => mergeEffect(table, choice))
  const sum = (pick: (effect: MergeEffect) => number): number => effects.reduce((all, one) => all + pick(one), 0)
  const [added, changed, unknown] = [sum((one) => one.added), sum((one) => one.changed), sum((one) => one.unknown)]
  return [
    ...(added > 0 || changed + unknown === 0 ? [comeBack(added)] : []),
    ...(changed > 0 ? [goesBack(changed)] : []),
    ...(unknown > 0 ? [byId(unknown)] : []),
    'nothing is deleted',
    ...kept(
      sum((one) => one.keptChanged),
      sum((one) => one.keptNewer),
    ),
  ].join(', ')
}

function comeBack(rows: number): string {
  if (rows === 0) return 'no row comes back'
  return `${formatCount(rows, 'row')} ${rows === 1 ? 'comes' : 'come'} back`
}

const goesBack = (rows: number): string =>
  `${formatCount(rows, 'changed row')} ${rows === 1 ? 'goes' : 'go'} back to what the backup holds`

const byId = (rows: number): string => `${formatCount(rows, 'row')} chosen by id ${rows === 1 ? 'is' : 'are'} looked up`

function kept(changed: number, newer: number): string[] {
  const items = [
    ...(changed > 0 ? [formatCount(changed, 'changed row')] : []),
    ...(newer > 0 ? [`${newer === 1 ? '1 row' : `${formatNumber(newer)} rows`} that the backup lacks`] : []),
  ]
  if (items.length === 0) return []
  return [`${items.join(' and ')} ${changed + newer === 1 ? 'stays as it is' : 'stay as they are'}`]
}
