import type { Column } from '#api/contract/columns.ts'

import { isList, isStoredAsJson } from '../column-type.ts'
import { toWire } from '../values/wire.ts'
import { createMomentWriter } from './moment-text.ts'
import type { RowValues } from './row-reader.ts'

const NULL = String.raw`\N`
const NEEDS_ESCAPE = /[\\\n\r\t]/
const ESCAPES: Record<string, string> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/** Characters with a meaning in COPY's text format, escaped. Most values hold none. */
function escaped(text: string): string {
  return NEEDS_ESCAPE.test(text) ? text.replaceAll(/[\\\n\r\t]/g, (character) => ESCAPES[character] ?? '') : text
}

/** An item of an array literal. */
function item(value: unknown): string {
  if (value === null) return 'NULL'
  return typeof value === 'string' ? `"${value.replaceAll(/["\\]/g, String.raw`\$&`)}"` : String(value)
}

/** How values of a column are written; only text can hold what has to be escaped. */
function writerOf(column: Column): (value: unknown) => string {
  if (isStoredAsJson(column)) return (value) => escaped(JSON.stringify(toWire(column, value)))
  if (isList(column) || column.type === 'vector') {
    return (value) => escaped(`{${(toWire(column, value) as unknown[]).map(item).join(',')}}`)
  }
  if (column.type === 'timestamp') return createMomentWriter()
  return (value) => (typeof value === 'string' ? escaped(value) : String(value))
}

/** Prepares writing rows in COPY's text format, the columns in the order given: a line for each row. */
export function createLineWriter(columns: readonly Column[]): (row: RowValues) => string {
  const [first, ...rest] = columns.map((column) => {
    const write = writerOf(column)
    return (row: RowValues): string => {
      const value = row[column.name] ?? null
      return value === null ? NULL : write(value)
    }
  })
  return (row) => {
    let line = first?.(row) ?? ''
    for (const field of rest) line += `\t${field(row)}`
    return `${line}\n`
  }
}
