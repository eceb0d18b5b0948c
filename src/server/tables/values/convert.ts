import type { Column, ColumnType } from '#api/contract/columns.ts'

import { isList, isNotNull, VECTOR_SIZE_DEFAULT } from '../column-type.ts'
import { BadValue, missingValue } from './bad-value.ts'
import { changeText, judgeNumber, judgePassword, judgeText } from './filters.ts'
import { toGeo } from './geo.ts'
import { isPlainObject, toFile, toJson, toVector } from './json.ts'
import { toDate, toMoment } from './moments.ts'
import { requireEmail, toBool, toChoice, toDecimal, toInt, toText, toUuid } from './scalars.ts'

type Converter = (value: unknown, column: Column, now: Date) => unknown

const toNumber =
  (read: (value: unknown) => number | string): Converter =>
  (value, column) => {
    const number = read(value)
    judgeNumber(number, column.filters ?? {})
    return number
  }

const toFilteredText: Converter = (value, column) => {
  const text = changeText(toText(value), column.filters ?? {})
  if (column.type === 'email') requireEmail(text)
  judgeText(text, column.filters ?? {})
  return text
}

const toPassword: Converter = (value, column) => {
  const password = toText(value)
  judgePassword(password, column.filters ?? {})
  return password
}

const geo: Converter = (value, column) => toGeo(value, column.type)

const CONVERTERS: Record<ColumnType, Converter> = {
  int: toNumber(toInt),
  decimal: toNumber(toDecimal),
  text: toFilteredText,
  email: toFilteredText,
  password: toPassword,
  bool: toBool,
  uuid: toUuid,
  timestamp: (value, _column, now) => toMoment(value, now),
  date: (value, _column, now) => toDate(value, now),
  enum: (value, column) => toChoice(value, column.values ?? []),
  vector: (value, column) => toVector(value, column.vector?.size ?? VECTOR_SIZE_DEFAULT),
  json: (value) => toJson(value),
  object: (value, column, now) => toObject(value, column.children ?? [], now),
  image: toFile,
  video: toFile,
  audio: toFile,
  attachment: toFile,
  geo_point: geo,
  geo_multipoint: geo,
  geo_linestring: geo,
  geo_multilinestring: geo,
  geo_polygon: geo,
  geo_multipolygon: geo,
}

/** Runs `work`; a value refused in it is reported as lying under `key`. */
function under<Result>(key: string | number, work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    throw error instanceof BadValue ? error.inside(key) : error
  }
}

/** An object with children holds them and nothing else; without children, anything. */
function toObject(value: unknown, children: readonly Column[], now: Date): unknown {
  if (!isPlainObject(value)) throw new BadValue('must be an object')
  if (children.length === 0) return toJson(value)
  const unknown = Object.keys(value).find((key) => !children.some((child) => child.name === key))
  if (unknown !== undefined) throw new BadValue('is not a field of this object', [unknown])
  const result: Record<string, unknown> = {}
  for (const child of children) {
    const given = under(child.name, () => convertField(child, value[child.name], now))
    if (given !== undefined) result[child.name] = given
  }
  return result
}

/**
 * Converts a value to the form in which the API answers it: epoch milliseconds, `YYYY-MM-DD`, lower-case uuids,
 * filtered text. Throws `BadValue`. Passwords stay in the clear here; `hashPasswords` is the next step.
 */
export function convertValue(column: Column, value: unknown, now: Date): unknown {
  const convert = CONVERTERS[column.type]
  if (!isList(column)) return convert(value, column, now)
  if (!Array.isArray(value)) throw new BadValue('must be a list')
  return value.map((item: unknown, at) => under(at, () => convert(item, column, now)))
}

/** True where null may be sent: the column is nullable, or optional with nothing to fall back on. */
export function takesNull(column: Column): boolean {
  return column.nullable === true || (column.required !== true && !isNotNull(column))
}

/** Converts what was sent for a field; undefined = not sent. Throws `BadValue` where a value is required. */
export function convertField(column: Column, value: unknown, now: Date): unknown {
  if (value === undefined) {
    if (column.required === true) throw missingValue()
    return undefined
  }
  if (value === null) {
    if (!takesNull(column)) throw column.required === true ? missingValue() : new BadValue('must not be null')
    return null
  }
  const converted = convertValue(column, value, now)
  if (converted === '' && column.required === true) throw missingValue()
  return converted
}
