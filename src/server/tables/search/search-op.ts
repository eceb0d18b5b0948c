import { BadValue } from '../values/bad-value.ts'
import { SEARCH_OPS, type SearchOp } from './condition.ts'

/** Other spellings that clients use. */
const ALIASES: Record<string, SearchOp> = {
  '': '==',
  '=': '==',
  '<>': '!=',
  includes: 'contains',
  'not includes': 'not contains',
}

/** The operator that the text spells, in any case; throws `BadValue` for none. */
export function parseSearchOp(text: string): SearchOp {
  const spelled = text.trim().toLowerCase().replaceAll(/\s+/g, ' ')
  const alias = Object.hasOwn(ALIASES, spelled) ? ALIASES[spelled] : undefined
  const op = alias ?? SEARCH_OPS.find((known) => known === spelled)
  if (op !== undefined) return op
  throw new BadValue(`the operator "${text}" is not known; known are ${SEARCH_OPS.join(', ')}`)
}
