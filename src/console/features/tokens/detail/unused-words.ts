import type { Token } from '#api/contract/tokens.ts'
import { formatCount } from '#console/lib/format.ts'

import { canRotate } from '../token-status-words.ts'
import { sumCalls } from './usage-words.ts'
import type { WholeToken } from './whole-token.ts'

/** What the advice about a token rests on. */
export interface UseOf extends Pick<Token, 'lastUsedAt' | 'status' | 'rotatedTo'> {
  usage: Pick<WholeToken['usage'], 'usedScopes' | 'byDay' | 'since' | 'days'>
}

const DAY_MS = 86_400_000

/** True where counting began after the first day that is looked at. */
export const isYoung = ({ usage: { byDay, since } }: UseOf): boolean =>
  byDay[0] !== undefined && Date.parse(since) > Date.parse(byDay[0].day) + DAY_MS

/** A token that is younger than the days that are looked at has not been unused for all of them. */
export const unusedTitle = (token: UseOf): string =>
  isYoung(token) ? 'Granted but not used so far' : `Granted but unused for ${token.usage.days} days`

/** What to do about what is not used; nothing that is called is ever to be revoked. */
export function adviceWords(token: UseOf): string {
  const { usedScopes, byDay } = token.usage
  if (usedScopes.length > 0) {
    return canRotate(token)
      ? 'Rotate to a token without these: what it uses goes on, and a leak of it opens less.'
      : 'What takes its place can do with less.'
  }
  const { calls } = sumCalls(byDay)
  if (calls > 0) {
    return `It is in use, with ${formatCount(calls, 'call')}, and none of them needed a scope that it has. Look at what it calls before you change it.`
  }
  if (isYoung(token)) return 'Nothing has called it yet.'
  return token.lastUsedAt === null
    ? 'It was never used: revoke it if nothing will.'
    : 'Nothing has called it in this time: revoke it if nothing needs it.'
}
