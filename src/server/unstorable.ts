import { AppError, invalidInput } from './errors.ts'
import { paramOf } from './refused-value.ts'

/** Deeper than any definition, and far from where a walk through the value would end the stack. */
const DEPTH_MAX = 100

/**
 * PostgreSQL stores no NUL, and half a character would be stored as another one. Throws 400 for the first such text in the
 * value, by its place (`name` is that of the value itself), and for a value that is nested too deep. Rows are checked by
 * their columns.
 */
export function refuseUnstorable(value: unknown, name?: string): void {
  const place = badPlace(value, 0)
  if (place === null) return
  const param = paramOf([...(name === undefined ? [] : [name]), ...place.toReversed()])
  throw invalidInput(param, `Invalid value for param ${param}: NUL and broken Unicode characters are not taken`)
}

/**
 * Where in the value a text is that cannot be stored, the innermost key first; null where none is. Bodies may hold a
 * million values: the path is made on the way back only.
 */
function badPlace(value: unknown, level: number): string[] | null {
  if (typeof value === 'string') return value.includes('\0') || !value.isWellFormed() ? [] : null
  if (typeof value !== 'object' || value === null) return null
  if (level > DEPTH_MAX)
    throw new AppError('invalid_input', `The request body is nested deeper than ${DEPTH_MAX} levels.`)
  if (Array.isArray(value)) return badElement(value, level)
  const inside = value as Record<string, unknown>
  for (const key of Object.keys(inside)) {
    const place = badPlace(inside[key], level + 1)
    if (place !== null) return [...place, key]
  }
  return null
}

function badElement(values: readonly unknown[], level: number): string[] | null {
  for (let at = 0; at < values.length; at += 1) {
    const place = badPlace(values[at], level + 1)
    if (place !== null) return [...place, String(at)]
  }
  return null
}
