import type { TableDiff } from '#api/contract/diffs.ts'
import type { RowsMode } from '#api/contract/restore-scope.ts'

import { withRowIds } from '../parts.ts'
import { isMerged } from '../rows-words.ts'
import type { RestoreWizard } from '../use-restore-wizard.ts'

/** Single rows of a table that are chosen, where that is possible. */
export interface RowPick {
  mode: RowsMode
  ids: readonly string[]
  onChange: (ids: readonly string[]) => void
}

/** Undefined where the table is not one of those chosen, is made anew, or is replaced as a whole. */
export function rowPickOf({ parts, refine }: RestoreWizard, table: TableDiff): RowPick | undefined {
  if (parts === undefined || !parts.tables.includes(table.table) || !isMerged(table, parts.rows)) return undefined
  return {
    mode: parts.rows,
    ids: parts.rowIds[table.table] ?? [],
    onChange: (ids) => refine({ parts: withRowIds(parts, table.table, ids) }),
  }
}

/** The choice with or without this row. */
export const toggled = (ids: readonly string[], id: string): string[] =>
  ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id]
