import { asDatabaseError } from '../database-error.ts'
import type { TableDefinition } from '../definition.ts'
import { columnsOfObject } from '../object-names.ts'
import type { RowValues } from './row-reader.ts'

/** `Key (sku)=(A-17) already exists.`: the words differ by language, the parentheses do not. */
const KEY = /\([^()]*\)=\((?<value>.*)\)/s
/** `Failing row contains (17, …).`: the id comes first. */
const FAILING = /\((?<id>[^,)]*)/

/**
 * Which of the rows PostgreSQL refused, from what it tells; undefined where that does not say. PostgreSQL checks whole
 * statements and gives no position, only the value.
 */
export function locateRow(error: unknown, definition: TableDefinition, rows: readonly RowValues[]): number | undefined {
  const failure = asDatabaseError(error)
  if (failure?.detail === undefined) return undefined
  const columns = failure.constraint === undefined ? [] : (columnsOfObject(definition, failure.constraint) ?? [])
  const [name] = columns
  const value = KEY.exec(failure.detail)?.groups?.['value']
  if (value !== undefined && name !== undefined && columns.length === 1) {
    return found(rows.findLastIndex((row) => String(row[name]) === value))
  }
  const id = FAILING.exec(failure.detail)?.groups?.['id']
  return found(rows.findIndex((row) => String(row['id']) === id))
}

function found(index: number): number | undefined {
  return index === -1 ? undefined : index
}
