import { SCOPES, type Scopes, scopeWord } from '#api/contract/scopes.ts'
import type { Token } from '#api/contract/tokens.ts'
import { formatCount } from '#console/lib/format.ts'
import { joinWords } from '#console/scopes/grant-words.ts'
import { hasAnyScope, isGranted } from '#console/scopes/scope-matrix.ts'

import { isReachCut, type ReachOf, reachNow } from './reach-words.ts'
import { isAlive } from './token-status-words.ts'

/** What tells how far a token is cut. */
export type CutOf = Pick<Token, 'scopes' | 'effectiveScopes' | 'createdBy' | 'status'> & ReachOf

/** Scopes that a line of a list has room for. */
const NAMED = 3

/** What the token may do now: what it was granted, cut to what its maker may do. */
export const scopesNow = ({ scopes, effectiveScopes }: Pick<CutOf, 'scopes' | 'effectiveScopes'>): Scopes =>
  effectiveScopes ?? scopes

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

const lacksScopes = (token: CutOf): boolean => hasAnyScope(cutScopes(token))
const lacksReach = (token: CutOf): boolean => isAlive(token) && isReachCut(token)

export const isCut = (token: CutOf): boolean => lacksScopes(token) || lacksReach(token)

/** Nothing is left of what it was granted, or of where. */
export const isCutToNothing = (token: CutOf): boolean =>
  isCut(token) && (!hasAnyScope(scopesNow(token)) || reachNow(token).length === 0)

/** `It was granted more than its maker may do`, or that nothing is left of it. */
export const cutTitle = (token: CutOf): string =>
  isCutToNothing(token) ? 'It can do nothing of what it was granted' : 'It was granted more than its maker may do'

/** Scopes with their words: `Workspace Database: create and update`. */
export function scopeList(scopes: Scopes): string[] {
  return SCOPES.flatMap(({ name, label, letters }) => {
    const words = letters.filter((letter) => isGranted(scopes, name, letter)).map(scopeWord)
    return words.length === 0 ? [] : [`${label}: ${joinWords(words)}`]
  })
}

/** Where it works still: `in 1 of 3 workspaces`, `in 2 workspaces, not in all`; undefined where that is not cut. */
export function reachLeft(token: CutOf): string | undefined {
  if (!lacksReach(token)) return undefined
  const left = reachNow(token).length
  if (token.workspaces === 'all') {
    return left === 0 ? 'in no workspace' : `in ${formatCount(left, 'workspace')}, not in all`
  }
  if (left === 0) return 'in none of its workspaces'
  return `in ${left} of ${formatCount(token.workspaces.length, 'workspace')}`
}

/** Why: a token never does more than its maker may now. */
export function cutReason(token: CutOf): string {
  const lacks = [
    lacksScopes(token) && 'does not hold these scopes',
    lacksReach(token) && `reaches ${reachNow(token).length === 0 ? 'none' : 'not all'} of its workspaces`,
  ].filter((one) => one !== false)
  return `A token does no more than its maker may at the time, and the account of ${token.createdBy?.name ?? 'its maker'} ${joinWords(lacks)}: that was taken away from it, or its role is a lower one.`
}

/** What somebody can do about it. */
export const cutAdvice = (token: CutOf): string =>
  isCutToNothing(token)
    ? 'Once the account may do it again the token can, too. Until then another account that may can make another token.'
    : 'Once the account may do it again the token can, too. Rotated, it is granted only what works.'

/** What is cut and why, for a line of a list; undefined where nothing is. */
export function cutSummary(token: CutOf): string | undefined {
  if (!isCut(token)) return undefined
  const all = scopeList(cutScopes(token))
  const named = all.slice(0, NAMED).join('; ')
  const rest = all.length > NAMED ? `; and ${all.length - NAMED} more` : ''
  const left = reachLeft(token)
  const maker = token.createdBy?.name ?? 'its maker'
  return [
    `${cutTitle(token)}.`,
    all.length > 0 && `${maker}, who made it, does not hold ${named}${rest}.`,
    left !== undefined && `It works ${left}: ${maker} reaches no more.`,
  ]
    .filter((one) => one !== false)
    .join(' ')
}
