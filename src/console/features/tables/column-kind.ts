import type { Column, ColumnType } from '#api/contract/columns.ts'

/** How the values of a column are shown, typed in and compared. */
export type ColumnKind = 'whole' | 'decimal' | 'text' | 'bool' | 'choice' | 'moment' | 'day' | 'secret' | 'json'

const KIND_BY_TYPE: Partial<Record<ColumnType, ColumnKind>> = {
  int: 'whole',
  decimal: 'decimal',
  text: 'text',
  email: 'text',
  uuid: 'text',
  bool: 'bool',
  enum: 'choice',
  timestamp: 'moment',
  date: 'day',
  password: 'secret',
}

/** Lists and everything with an inner structure are JSON to the reader. */
export function columnKind(column: Pick<Column, 'type' | 'style'>): ColumnKind {
  if (column.style === 'list') return 'json'
  return KIND_BY_TYPE[column.type] ?? 'json'
}

/** True for what is lined up by its last digit. */
export function isNumeric(column: Pick<Column, 'type' | 'style'>): boolean {
  const kind = columnKind(column)
  return kind === 'whole' || kind === 'decimal'
}

/** `text`, `text list`, `enum (open, paid)`: the type in words. */
export function typeWords(column: Column): string {
  const list = column.style === 'list' ? ' list' : ''
  if (column.type === 'enum' && column.values !== undefined && column.values.length > 0) {
    return `enum${list} (${column.values.join(', ')})`
  }
  if (column.type === 'vector' && column.vector !== undefined) return `vector(${column.vector.size})${list}`
  return `${column.type}${list}`
}

/** `may be null, required, default 0`: what a row may leave out; empty where there is nothing to say. */
export function ruleWords({ nullable, required, default: value }: Column): string {
  const rules = [
    nullable === true ? 'may be null' : '',
    required === true ? 'required' : '',
    value === undefined || value === null || value === '' ? '' : `default ${String(value)}`,
  ]
  return rules.filter(Boolean).join(', ')
}
