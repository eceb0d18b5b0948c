import type pg from 'pg'

import { asDatabaseError } from '../database-error.ts'
import type { TableDefinition } from '../definition.ts'
import { columnsOfObject } from '../object-names.ts'
import type { RowValues } from './row-reader.ts'

/** `Key (sku)=(A-17) already exists.`: the words differ by language, the parentheses do not. */
const KEY = /\([^()]*\)=\((?<value>.*)\)/s
/** `COPY items, line 17, column price`: PostgreSQL counts the rows of a COPY from 1. */
const LINE = /^COPY [^\n]*?, line (?<line>\d+)/
/** `Failing row contains (17, …).`: the id comes first. */
const FAILING = /\((?<id>[^,)]*)/

/**
 * Which of the rows PostgreSQL refused, from what it tells; undefined where that does not say. Where it checks a
 * whole statement at its end, it gives no position, only the value.
 */
export function locateRow(error: unknown, definition: TableDefinition, rows: readonly RowValues[]): number | undefined {
  const failure = asDatabaseError(error)
  if (failure === undefined) return undefined
  const line = LINE.exec(failure.where ?? '')?.groups?.['line']
  return line === undefined ? locateByDetail(failure, definition, rows) : Number(line) - 1
}

function locateByDetail(
  failure: pg.DatabaseError,
  definition: TableDefinition,
  rows: readonly RowValues[],
): number | undefined {
  if (failure.detail === undefined) return undefined
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
