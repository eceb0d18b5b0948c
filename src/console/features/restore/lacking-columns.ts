import type { PreviewTable, RestorePreview } from '#api/contract/restores.ts'

import { listAll } from './part-words.ts'
import type { Parts } from './parts.ts'
import { listWords } from './scope-words.ts'

/** A table whose rows are merged, and columns of the backup that it has not. */
export interface LackingColumns {
  table: string
  columns: string[]
}

/** Chosen tables that keep their definition and have no place for some values of the backup. */
export function lackingColumns(
  parts: Parts | undefined,
  { tables }: { tables: readonly Pick<PreviewTable, 'name' | 'missingColumns'>[] },
): LackingColumns[] {
  if (parts === undefined || parts.rows === 'replace') return []
  const chosen = new Set(parts.tables)
  return tables.flatMap(({ name, missingColumns = [] }) =>
    missingColumns.length === 0 || !chosen.has(name) ? [] : [{ table: name, columns: missingColumns }],
  )
}

/** True where somebody has yet to say what becomes of values that have no place. */
export function needsColumnChoice(parts: Parts | undefined, effect: Pick<RestorePreview, 'tables'>): boolean {
  return parts?.dropColumns !== true && lackingColumns(parts, effect).length > 0
}

/** `orders has no column price now.`, `users has no columns a, b and c now.`: all of them, as their values would be left. */
export function lackingColumnWords({ table, columns }: LackingColumns): string {
  return `${table} has no ${columns.length === 1 ? 'column' : 'columns'} ${listAll(columns)} now.`
}

/** `price and note`; of several tables `price of orders and email of users`. */
export function columnNames(lacking: readonly LackingColumns[]): string {
  if (lacking.length === 1) return listWords(lacking[0]?.columns ?? [])
  return listWords(lacking.map(({ table, columns }) => `${listWords(columns)} of ${table}`))
}
