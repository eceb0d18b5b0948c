import type { Column } from '#api/contract/columns.ts'

import { isList, isStoredAsJson, zeroValue } from '../column-type.ts'
import { BadValue } from './bad-value.ts'
import { convertValue } from './convert.ts'

/** True where a default was given; empty text is how the API spells "none". */
export function hasDefault(column: Column): boolean {
  return column.default !== undefined && column.default !== null && column.default !== ''
}

/** True for `default: "now"` on a moment or a date: the time of each insert. */
export function isNowDefault(column: Column): boolean {
  return column.default === 'now' && !isList(column) && (column.type === 'timestamp' || column.type === 'date')
}

/** The default as the API stores it: text. */
export function defaultText(value: Column['default']): string {
  return value === undefined || value === null ? '' : String(value)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new BadValue('must be JSON text')
  }
}

/** Defaults are text: this is the value that the text stands for. */
function readDefault(column: Column): unknown {
  const text = defaultText(column.default)
  if (isList(column) || column.type === 'vector' || isStoredAsJson(column)) return parseJson(text)
  if (column.type === 'bool') {
    if (text === 'true' || text === '1') return true
    return text === 'false' || text === '0' ? false : text
  }
  return column.type === 'timestamp' && /^-?\d+$/.test(text) ? Number(text) : text
}

/** The default as a value of the column; undefined where none was given. Throws `BadValue` where it does not fit. */
export function givenDefault(column: Column, now: Date): unknown {
  if (!hasDefault(column)) return undefined
  if (column.type === 'password') throw new BadValue('a password column takes no default')
  return convertValue(column, readDefault(column), now)
}

/** What a row gets where nothing was sent: the default, else the zero of the type, else null. */
export function fallbackValue(column: Column, now: Date): unknown {
  return givenDefault(column, now) ?? zeroValue(column) ?? null
}
