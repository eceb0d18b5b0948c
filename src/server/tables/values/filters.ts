import type { ColumnFilters } from '#api/contract/columns.ts'

import { BadValue } from './bad-value.ts'
import { requirePattern } from './pattern.ts'

/** The filters that change a text, before anything judges it. */
export function changeText(text: string, filters: ColumnFilters): string {
  let changed = text
  if (filters.trim === true) changed = changed.trim()
  if (filters.lower === true) changed = changed.toLowerCase()
  if (filters.upper === true) changed = changed.toUpperCase()
  return changed
}

/** The filters that judge a text. Empty text of an optional column is let through: it stands for "none". */
export function judgeText(text: string, filters: ColumnFilters): void {
  if (text === '') return
  requireLength(text, filters)
  if (typeof filters.startsWith === 'string' && !text.startsWith(filters.startsWith)) {
    throw new BadValue(`must start with "${filters.startsWith}"`)
  }
  requireCharacters(text, filters)
  if (typeof filters.pattern === 'string') requirePattern(text, filters.pattern)
}

/** `min` and `max` count characters of text and passwords. */
function requireLength(text: string, filters: ColumnFilters): void {
  if (typeof filters.min !== 'number' && typeof filters.max !== 'number') return
  const length = Array.from(text).length
  if (typeof filters.min === 'number' && length < filters.min) {
    throw new BadValue(`must have at least ${filters.min} characters`)
  }
  if (typeof filters.max === 'number' && length > filters.max) {
    throw new BadValue(`must have at most ${filters.max} characters`)
  }
}

function requireCharacters(text: string, filters: ColumnFilters): void {
  if (typeof filters.ok === 'string') {
    const allowed = new Set(filters.ok)
    if (!Array.from(text).every((character) => allowed.has(character))) {
      throw new BadValue(`may only hold the characters ${filters.ok}`)
    }
  }
  if (filters.alphaOk !== true && filters.digitOk !== true) return
  const isLetterOk = filters.alphaOk === true
  const isDigitOk = filters.digitOk === true
  const pattern = isLetterOk && isDigitOk ? /^[\p{L}\p{N}]*$/u : isLetterOk ? /^\p{L}*$/u : /^\p{N}*$/u
  if (pattern.test(text)) return
  throw new BadValue(
    `may only hold ${isLetterOk && isDigitOk ? 'letters and digits' : isLetterOk ? 'letters' : 'digits'}`,
  )
}

/** `min` and `max` bound numbers. */
export function judgeNumber(value: number | string, filters: ColumnFilters): void {
  const number = Number(value)
  if (typeof filters.min === 'number' && number < filters.min) throw new BadValue(`must be at least ${filters.min}`)
  if (typeof filters.max === 'number' && number > filters.max) throw new BadValue(`must be at most ${filters.max}`)
}

const CLASSES = [
  ['minAlpha', /\p{L}/gu, 'letters'],
  ['minLowerAlpha', /\p{Ll}/gu, 'lower-case letters'],
  ['minUpperAlpha', /\p{Lu}/gu, 'upper-case letters'],
  ['minDigit', /\p{Nd}/gu, 'digits'],
  ['minSymbol', /[^\p{L}\p{N}\s]/gu, 'symbols'],
] as const

/** The rules for a password in the clear, before it is hashed. */
export function judgePassword(password: string, filters: ColumnFilters): void {
  if (password === '') return
  requireLength(password, filters)
  for (const [key, pattern, words] of CLASSES) {
    const least = filters[key]
    if (typeof least === 'number' && (password.match(pattern)?.length ?? 0) < least) {
      throw new BadValue(`must have at least ${least} ${words}`)
    }
  }
}
