import type { Column, ColumnType } from '#api/contract/columns.ts'

import { isReference } from './definition.ts'

/** Size of a vector where none was said, as documented. */
export const VECTOR_SIZE_DEFAULT = 3

const SQL_TYPES: Record<ColumnType, string> = {
  int: 'bigint',
  decimal: 'numeric',
  text: 'text',
  email: 'text',
  password: 'text',
  enum: 'text',
  bool: 'boolean',
  uuid: 'uuid',
  // Milliseconds, as the API exchanges them: what a read answers is then what a search finds.
  timestamp: 'timestamptz(3)',
  date: 'date',
  vector: 'real[]',
  json: 'jsonb',
  object: 'jsonb',
  image: 'jsonb',
  video: 'jsonb',
  audio: 'jsonb',
  attachment: 'jsonb',
  geo_point: 'jsonb',
  geo_multipoint: 'jsonb',
  geo_linestring: 'jsonb',
  geo_multilinestring: 'jsonb',
  geo_polygon: 'jsonb',
  geo_multipolygon: 'jsonb',
}

const ZEROS: Partial<Record<ColumnType, string | number | boolean>> = {
  int: 0,
  decimal: 0,
  text: '',
  email: '',
  password: '',
  bool: false,
}

/** True for a column that holds several values of its type. */
export function isList(column: Pick<Column, 'style'>): boolean {
  return column.style === 'list'
}

/** True where the values lie in a `jsonb` column. A list of vectors has no array type of its own. */
export function isStoredAsJson(column: Pick<Column, 'type' | 'style'>): boolean {
  return SQL_TYPES[column.type] === 'jsonb' || (column.type === 'vector' && isList(column))
}

/** True for a reference that PostgreSQL keeps. Arrays have no foreign keys: the items of a list are not checked. */
export function hasForeignKey(column: Column): boolean {
  return isReference(column) && !isList(column)
}

/** The PostgreSQL type of a column, such as `bigint` or `text[]`. */
export function sqlType(column: Pick<Column, 'type' | 'style'>): string {
  if (isStoredAsJson(column)) return 'jsonb'
  return isList(column) ? `${SQL_TYPES[column.type]}[]` : SQL_TYPES[column.type]
}

/** The value an optional, not nullable column takes when none is sent; undefined where the type has none. */
export function zeroValue(column: Column): string | number | boolean | [] | undefined {
  if (column.nullable === true) return undefined
  if (isList(column)) return []
  return isReference(column) ? undefined : ZEROS[column.type]
}

/**
 * True where the column is NOT NULL: required, or with a zero value to fall back on. A reference never is: no row
 * to refer to is always possible.
 */
export function isNotNull(column: Column): boolean {
  if (column.nullable === true || hasForeignKey(column)) return false
  return column.required === true || zeroValue(column) !== undefined
}
