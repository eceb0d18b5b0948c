import type { Member } from '#api/contract/members.ts'
import { formatCount } from '#console/lib/format.ts'

import { namedTokens } from './token-names.ts'

/** Tokens that stop or work again; undefined where that is not known. */
export type SwitchedTokens = { names: readonly string[]; total: number } | undefined

/** What ended with it. Sessions do not come back with an undo: the person signs in again. */
export function disabledWords(sessions: Member['sessions'], tokens: SwitchedTokens): string {
  const ended = sessions > 0 ? `${formatCount(sessions, 'session')} ended.` : 'No session was open.'
  if (tokens === undefined) return `${ended} Tokens of theirs are refused until the account is enabled.`
  if (tokens.total === 0) return `${ended} No token of theirs worked.`
  return `${ended} ${namedTokens(tokens.names, tokens.total)} ${tokens.total === 1 ? 'is' : 'are'} refused until the account is enabled.`
}

/** What works again. A token that was disabled for itself does not come back with its maker. */
export function enabledWords(tokens: SwitchedTokens): string {
  if (tokens === undefined) return 'They can sign in again, and tokens of theirs work.'
  if (tokens.total === 0) return 'They can sign in again. No token of theirs works.'
  return `They can sign in again. ${namedTokens(tokens.names, tokens.total)} ${tokens.total === 1 ? 'works' : 'work'} again.`
}
