import { BadValue } from './bad-value.ts'
import { requireStorableText } from './scalars.ts'

/** Deeper values would exhaust the parsers they pass on their way. */
const DEPTH_MAX = 200

/** True for a JSON object: not null, not an array. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Any JSON value that `jsonb` can hold. */
export function toJson(value: unknown, depth = 0): unknown {
  if (depth > DEPTH_MAX) throw new BadValue(`must not be nested deeper than ${DEPTH_MAX} levels`)
  if (typeof value === 'string') requireStorableText(value)
  else if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new BadValue('must hold finite numbers')
  } else if (Array.isArray(value)) {
    for (const item of value) toJson(item, depth + 1)
  } else if (isPlainObject(value)) {
    for (const [key, item] of Object.entries(value)) {
      requireStorableText(key)
      toJson(item, depth + 1)
    }
  } else if (typeof value !== 'boolean' && value !== null) throw new BadValue('must be a JSON value')
  return value
}

/** A JSON object, as file columns hold it (`path`, `name`, `mime`, ...). */
export function toFile(value: unknown): unknown {
  if (!isPlainObject(value)) throw new BadValue('must be an object that describes a file')
  for (const key of ['path', 'name', 'mime', 'type', 'url', 'access']) {
    const part = value[key]
    if (part !== undefined && part !== null && typeof part !== 'string') throw new BadValue('must be text', [key])
  }
  return toJson(value)
}

/** A list of exactly `size` numbers in the range of a 32-bit float. */
export function toVector(value: unknown, size: number): number[] {
  if (!Array.isArray(value)) throw new BadValue(`must be a list of ${size} numbers`)
  if (value.length !== size) throw new BadValue(`must be a list of ${size} numbers, and has ${value.length}`)
  return value.map((item: unknown, at) => {
    if (typeof item !== 'number' || !Number.isFinite(Math.fround(item))) {
      throw new BadValue('must be a number in the range of a 32-bit float', [at])
    }
    // As the column keeps it: a value that is too small for a 32-bit float is 0 there, and an error to PostgreSQL.
    return Math.fround(item) === 0 ? 0 : item
  })
}
