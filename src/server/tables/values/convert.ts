import type { Column, ColumnType } from '#api/contract/columns.ts'

import { isList, isNotNull, VECTOR_SIZE_DEFAULT } from '../column-type.ts'
import { BadValue, missingValue } from './bad-value.ts'
import { changeText, judgeNumber, judgePassword, judgeText } from './filters.ts'
import { toGeo } from './geo.ts'
import { isPlainObject, toFile, toJson, toVector } from './json.ts'
import { toDate, toMoment } from './moments.ts'
import { requireEmail, toBool, toChoice, toDecimal, toInt, toText, toUuid } from './scalars.ts'

type Convert = (value: unknown) => unknown
/** Prepares the conversion of one value for a column, so that rows by the thousand ask for its settings once. */
type Prepare = (column: Column, now: Date) => Convert

const hasFilters = (column: Column): boolean => Object.keys(column.filters ?? {}).length > 0

const numbers =
  (read: (value: unknown) => number | string): Prepare =>
  (column) => {
    const { filters } = column
    if (!filters || !hasFilters(column)) return read
    return (value) => {
      const number = read(value)
      judgeNumber(number, filters)
      return number
    }
  }

const texts: Prepare = (column) => {
  const { filters } = column
  const isEmail = column.type === 'email'
  if (!isEmail && !hasFilters(column)) return toText
  return (value) => {
    const text = changeText(toText(value), filters ?? {})
    if (isEmail) requireEmail(text)
    judgeText(text, filters ?? {})
    return text
  }
}

const passwords: Prepare = (column) => (value) => {
  const password = toText(value)
  judgePassword(password, column.filters ?? {})
  return password
}

const geo: Prepare = (column) => (value) => toGeo(value, column.type)

const PREPARE: Record<ColumnType, Prepare> = {
  int: numbers(toInt),
  decimal: numbers(toDecimal),
  text: texts,
  email: texts,
  password: passwords,
  bool: () => toBool,
  uuid: () => toUuid,
  timestamp: (_column, now) => (value) => toMoment(value, now),
  date: (_column, now) => (value) => toDate(value, now),
  enum: (column) => (value) => toChoice(value, column.values ?? []),
  vector: (column) => (value) => toVector(value, column.vector?.size ?? VECTOR_SIZE_DEFAULT),
  json: () => (value) => toJson(value),
  object: (column, now) => objects(column.children ?? [], now),
  image: () => toFile,
  video: () => toFile,
  audio: () => toFile,
  attachment: () => toFile,
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
function objects(children: readonly Column[], now: Date): Convert {
  const fields = new Map(children.map((child) => [child.name, prepareField(child, now)]))
  return (value) => {
    if (!isPlainObject(value)) throw new BadValue('must be an object')
    if (fields.size === 0) return toJson(value)
    const unknown = Object.keys(value).find((key) => !fields.has(key))
    if (unknown !== undefined) throw new BadValue('is not a field of this object', [unknown])
    const result: Record<string, unknown> = {}
    for (const [name, convert] of fields) {
      const given = under(name, () => convert(value[name]))
      if (given !== undefined) result[name] = given
    }
    return result
  }
}

/**
 * Prepares converting values to the form in which the API answers them: epoch milliseconds, `YYYY-MM-DD`, lower-case
 * uuids, filtered text. The conversion throws `BadValue`. Passwords stay in the clear; `hashPasswords` is the next step.
 */
function prepareValue(column: Column, now: Date): Convert {
  const convert = PREPARE[column.type](column, now)
  if (!isList(column)) return convert
  return (value) => {
    if (!Array.isArray(value)) throw new BadValue('must be a list')
    return value.map((item: unknown, at) => under(at, () => convert(item)))
  }
}

/** Converts one value, as `prepareValue` says. */
export function convertValue(column: Column, value: unknown, now: Date): unknown {
  return prepareValue(column, now)(value)
}

/** True where null may be sent: the column is nullable, or optional with nothing to fall back on. */
export function takesNull(column: Column): boolean {
  return column.nullable === true || (column.required !== true && !isNotNull(column))
}

/**
 * Prepares converting what was sent for a field; undefined = not sent. The conversion throws `BadValue`, also where a
 * value is required.
 */
export function prepareField(column: Column, now: Date): Convert {
  const convert = prepareValue(column, now)
  const isRequired = column.required === true
  const isNullOk = takesNull(column)
  return (value) => {
    if (value === undefined) {
      if (isRequired) throw missingValue()
      return undefined
    }
    if (value === null) {
      if (!isNullOk) throw isRequired ? missingValue() : new BadValue('must not be null')
      return null
    }
    const converted = convert(value)
    if (converted === '' && isRequired) throw missingValue()
    return converted
  }
}
