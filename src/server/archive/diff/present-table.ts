import type { FieldDiff, TableDiff } from '#api/contract/diffs.ts'

import type { ComparedTable } from './line-up-tables.ts'

/** The differences of a table as the API answers them. Without rows in the archive nothing is said of rows. */
export function presentTable(table: ComparedTable, fields: FieldDiff[], includesRows: boolean): TableDiff {
  const { pair, tally } = table
  const effect = effectOf(table, fields)
  const named = pair.archived?.definition ?? pair.live
  const common = { table: named?.name ?? '', effect, fields, samples: tally.samples }
  if (!includesRows) return { ...common, added: null, changed: null, removed: null, same: null, newestRemovedAt: null }
  const { added, changed, removed } = tally.counts
  const archived = (pair.archived?.listed.rows ?? []).reduce((sum, { count }) => sum + count, 0)
  return {
    ...common,
    added,
    changed,
    removed,
    // Rows that are the same were never counted: they passed as bytes.
    same: archived - added - changed,
    newestRemovedAt: tally.newestRemoved === null ? null : new Date(tally.newestRemoved).toISOString(),
  }
}

function effectOf({ pair, tally }: ComparedTable, fields: readonly FieldDiff[]): TableDiff['effect'] {
  if (pair.archived === null) return 'removed'
  if (pair.live === null) return 'added'
  const { added, changed, removed } = tally.counts
  return fields.length + added + changed + removed === 0 ? null : 'changed'
}

const RANK = { removed: 0, changed: 1, added: 2, none: 3 }

/** What is lost first, what stays as it is last. */
export function byEffect(a: TableDiff, b: TableDiff): number {
  return RANK[a.effect ?? 'none'] - RANK[b.effect ?? 'none'] || a.table.localeCompare(b.table)
}
