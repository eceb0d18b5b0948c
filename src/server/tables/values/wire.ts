import type { Column, ColumnType } from '#api/contract/columns.ts'

import { isStoredAsJson } from '../column-type.ts'
import { fromIntText } from './scalars.ts'

/** 64-bit numbers come as text; any number may be one that JSON has no form for. */
const NUMBERS = new Set<ColumnType>(['int', 'decimal', 'vector'])

const toIso = (ms: unknown): string => new Date(Number(ms)).toISOString()

/** A converted value as it travels to PostgreSQL inside JSON: moments as ISO text, all else as it is. */
export function toWire(column: Column, value: unknown): unknown {
  if (value === null || column.type !== 'timestamp') return value
  return Array.isArray(value) ? value.map(toIso) : toIso(value)
}

/** SQL type in which a column is read: 64-bit numbers come as text, because the driver's number would lose digits. */
export function readType(column: Column): 'text' | undefined {
  return column.type === 'int' && !isStoredAsJson(column) ? 'text' : undefined
}

/** True for a column whose values the driver gives in another form than the API answers. */
export function isReadDifferently(column: Column): boolean {
  return !isStoredAsJson(column) && (column.type === 'timestamp' || NUMBERS.has(column.type))
}

function readItem(column: Column, value: unknown): unknown {
  if (column.type === 'int' && typeof value === 'string') return fromIntText(value)
  if (value instanceof Date) return value.getTime()
  // `infinity` and NaN have no JSON form; they come in by SQL only, never through the API.
  return typeof value === 'number' && !Number.isFinite(value) ? null : value
}

/** A value as the driver reads it, in the form in which the API answers it. */
export function fromDatabase(column: Column, value: unknown): unknown {
  if (value === null || value === undefined) return null
  if (isStoredAsJson(column)) return value
  return Array.isArray(value) ? value.map((item) => readItem(column, item)) : readItem(column, value)
}
