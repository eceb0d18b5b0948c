import type { ColumnFilters, FILTER_NAMES } from '#api/contract/columns.ts'

import { stepsOf } from '../filter-order.ts'
import { BadValue } from './bad-value.ts'
import { requirePattern } from './pattern.ts'

type FilterName = (typeof FILTER_NAMES)[number]

const CHANGES: Partial<Record<FilterName, (text: string) => string>> = {
  trim: (text) => text.trim(),
  lower: (text) => text.toLowerCase(),
  upper: (text) => text.toUpperCase(),
}

const JUDGES: Partial<Record<FilterName, (text: string, filters: ColumnFilters) => void>> = {
  min: (text, { min }) => requireLength(text, { min }),
  max: (text, { max }) => requireLength(text, { max }),
  startsWith: (text, { startsWith }) => {
    if (startsWith && !text.startsWith(startsWith)) throw new BadValue(`must start with "${startsWith}"`)
  },
  prevent: (text, { prevent }) => {
    if (prevent && text.includes(prevent)) throw new BadValue(`must not hold "${prevent}"`)
  },
  ok: (text, { ok }) => requireCharacters(text, { ok }),
  alphaOk: (text, { alphaOk, digitOk }) => requireCharacters(text, { alphaOk, digitOk }),
  digitOk: (text, { alphaOk, digitOk }) => requireCharacters(text, { alphaOk, digitOk }),
  pattern: (text, { pattern }) => {
    if (typeof pattern === 'string') requirePattern(text, pattern)
  },
}

/** What runs up to the last filter that changes a text, and what judges it then. */
interface Chain {
  changing: FilterName[]
  judging: FilterName[]
}

/** By the filters of a column, which come with each of its values. */
const chains = new WeakMap<ColumnFilters, Chain>()
const NO_FILTERS: Chain = { changing: [], judging: [] }

function chainOf(filters: ColumnFilters): Chain {
  if (Object.keys(filters).length === 0) return NO_FILTERS
  const known = chains.get(filters)
  if (known !== undefined) return known
  const names = stepsOf(filters).filter((step) => typeof step === 'string')
  const split = names.findLastIndex((name) => CHANGES[name] !== undefined) + 1
  const chain = { changing: names.slice(0, split), judging: names.slice(split) }
  chains.set(filters, chain)
  return chain
}

/**
 * Runs the filters in their order up to the last one that changes the text. Those that judge it before it is changed are
 * among them; throws `BadValue` where one refuses it.
 */
export function changeText(text: string, filters: ColumnFilters): string {
  return chainOf(filters).changing.reduce((current, name) => {
    judge(current, name, filters)
    return CHANGES[name]?.(current) ?? current
  }, text)
}

/** Runs the filters that judge a text and come after all changes. */
export function judgeText(text: string, filters: ColumnFilters): void {
  for (const name of chainOf(filters).judging) judge(text, name, filters)
}

/** Empty text of an optional column is let through: it stands for "none". */
function judge(text: string, name: FilterName, filters: ColumnFilters): void {
  if (text !== '') JUDGES[name]?.(text, filters)
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
