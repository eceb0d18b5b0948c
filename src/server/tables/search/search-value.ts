import type { Column, ColumnType } from '#api/contract/columns.ts'

import { isList, isStoredAsJson } from '../column-type.ts'
import { BadValue } from '../values/bad-value.ts'
import { toJson } from '../values/json.ts'
import { toDate, toMoment } from '../values/moments.ts'
import { toBool, toDecimal, toInt, toText, toUuid } from '../values/scalars.ts'
import type { SearchOp } from './condition.ts'

const IN_MAX = 10_000
const TEXT_TYPES = new Set(['text', 'email', 'enum'])
const ORDERED_TYPES = new Set(['int', 'decimal', 'text', 'email', 'enum', 'timestamp', 'date', 'uuid'])
const PATTERN_OPS = new Set<SearchOp>(['like', 'not like', 'ilike', 'not ilike'])
const ITEM_OPS = new Set<SearchOp>(['contains', 'not contains', 'overlaps', 'not overlaps'])

type Convert = (value: unknown, now: Date) => unknown

/** A day is also found by any moment in it (UTC), in each form that a moment has. */
const toDay: Convert = (value, now) => {
  const isDay = typeof value === 'string' && /^\s*\d{4}-\d{2}-\d{2}\s*$/.test(value)
  return isDay ? toDate(value, now) : new Date(toMoment(value, now)).toISOString().slice(0, 10)
}

const CONVERTERS: Partial<Record<ColumnType, Convert>> = {
  int: toInt,
  decimal: toDecimal,
  bool: toBool,
  uuid: toUuid,
  timestamp: toMoment,
  date: toDay,
}

/** A value to compare with: its type must fit, the column's filters and choices do not matter. */
function scalar(column: Column, value: unknown, now: Date): unknown {
  return (CONVERTERS[column.type] ?? toText)(value, now)
}

/** Operators that a column of this kind takes. */
function opsOf(column: Column): readonly SearchOp[] {
  if (column.type === 'vector') return []
  if (isStoredAsJson(column)) return ['==', '!=', 'contains', 'not contains']
  if (isList(column)) return ['==', '!=', ...ITEM_OPS]
  const ops: SearchOp[] = ['==', '!=', 'in', 'not in']
  if (ORDERED_TYPES.has(column.type)) ops.push('>', '>=', '<', '<=', 'between', 'not between')
  if (TEXT_TYPES.has(column.type)) ops.push(...PATTERN_OPS, 'contains', 'not contains')
  return ops
}

/** Throws unless the operator works on the column, with the value that there is. */
function requireFit(column: Column, op: SearchOp, value: unknown): void {
  if (!opsOf(column).includes(op)) {
    throw new BadValue(`the operator "${op}" does not work on ${isList(column) ? 'a list' : `the type ${column.type}`}`)
  }
  if (value === null || value === undefined) throw new BadValue(`the operator "${op}" needs a value`)
}

/** The value of a condition, converted; throws `BadValue` where column, operator and value do not fit together. */
export function searchValue(column: Column, op: SearchOp, value: unknown, now: Date): unknown {
  if (column.type === 'password') throw new BadValue('a password column cannot be searched')
  if (value === null && (op === '==' || op === '!=')) return null
  requireFit(column, op, value)
  if (op === 'in' || op === 'not in') return choices(column, value, now)
  if (op === 'between' || op === 'not between') return bounds(column, value, now)
  if (isStoredAsJson(column)) return toJson(value)
  if (isList(column)) return listValue(column, op, value, now)
  const converted = scalar(column, value, now)
  if (PATTERN_OPS.has(op)) requireWholeEscapes(String(converted))
  return converted
}

function choices(column: Column, value: unknown, now: Date): unknown[] {
  if (!Array.isArray(value)) throw new BadValue('must be a list of values')
  if (value.length > IN_MAX) throw new BadValue(`must be a list of at most ${IN_MAX} values`)
  return value.map((item) => scalar(column, item, now))
}

function bounds(column: Column, value: unknown, now: Date): unknown[] {
  if (!Array.isArray(value) || value.length !== 2) throw new BadValue('must be a list of two values: [lowest, highest]')
  return value.map((item) => scalar(column, item, now))
}

function listValue(column: Column, op: SearchOp, value: unknown, now: Date): unknown[] {
  if (Array.isArray(value)) return value.map((item) => scalar(column, item, now))
  if (!ITEM_OPS.has(op)) throw new BadValue('must be a list')
  return [scalar(column, value, now)]
}

/** A pattern that ends in the middle of an escape is an error to PostgreSQL. */
function requireWholeEscapes(pattern: string): void {
  // Counted from the end: an expression would try every backslash of the text as the first one.
  let trailing = 0
  while (pattern.at(-1 - trailing) === '\\') trailing += 1
  if (trailing % 2 === 1) throw new BadValue('must not end with a single backslash; write \\\\ for a backslash itself')
}
