import { SCOPES, type Scopes, scopeWord } from '#api/contract/scopes.ts'
import type { Token } from '#api/contract/tokens.ts'
import { joinWords } from '#console/scopes/grant-words.ts'
import { hasAnyScope, isGranted } from '#console/scopes/scope-matrix.ts'

import { isAlive } from './token-status-words.ts'

/** What tells how far a token is cut. */
export type CutOf = Pick<Token, 'scopes' | 'effectiveScopes' | 'createdBy' | 'status'>

/** Scopes that a line of a list has room for. */
const NAMED = 3

/** What the token may do now: what it was granted, cut to what its maker may do. */
export const scopesNow = ({ scopes, effectiveScopes }: CutOf): Scopes => effectiveScopes ?? scopes

/** What it was granted and may not do now, because its maker may not; nothing of a token that is over for good. */
export function cutScopes(token: CutOf): Scopes {
  if (!isAlive(token)) return {}
  const now = scopesNow(token)
  const cut = SCOPES.map(({ name, letters }) => [
    name,
    letters.filter((letter) => isGranted(token.scopes, name, letter) && !isGranted(now, name, letter)).join(''),
  ])
  return Object.fromEntries(cut.filter(([, letters]) => letters !== ''))
}

export const isCut = (token: CutOf): boolean => hasAnyScope(cutScopes(token))

/** Nothing is left of what it was granted. */
export const isCutToNothing = (token: CutOf): boolean => isCut(token) && !hasAnyScope(scopesNow(token))

/** `It can do less than it was granted`, or nothing at all. */
export const cutTitle = (token: CutOf): string =>
  isCutToNothing(token) ? 'It can do nothing of what it was granted' : 'It can do less than it was granted'

/** Scopes with their words: `Workspace Database: create and update`. */
export function scopeList(scopes: Scopes): string[] {
  return SCOPES.flatMap(({ name, label, letters }) => {
    const words = letters.filter((letter) => isGranted(scopes, name, letter)).map(scopeWord)
    return words.length === 0 ? [] : [`${label}: ${joinWords(words)}`]
  })
}

/** Why: a token never does more than its maker may now. */
export const cutReason = ({ createdBy }: Pick<Token, 'createdBy'>): string =>
  `A token does no more than its maker may at the time, and the account of ${createdBy?.name ?? 'its maker'} does not hold these scopes: they were taken away from it, or its role is a lower one.`

/** What somebody can do about it. */
export const cutAdvice = (token: CutOf): string =>
  isCutToNothing(token)
    ? 'Once the account holds them again the token can use them again. Until then another account that holds them can make another token.'
    : 'Once the account holds them again the token can use them again. Rotated, it is granted only what works.'

/** What is cut and why, for a line of a list; undefined where nothing is. */
export function cutSummary(token: CutOf): string | undefined {
  const all = scopeList(cutScopes(token))
  if (all.length === 0) return undefined
  const named = all.slice(0, NAMED).join('; ')
  const rest = all.length > NAMED ? `; and ${all.length - NAMED} more` : ''
  return `${cutTitle(token)}: ${token.createdBy?.name ?? 'its maker'}, who made it, does not hold ${named}${rest}.`
}
