import { NAMED_TOKENS } from '#console/data/members.ts'
import { joinWords } from '#console/scopes/grant-words.ts'

/** Longer names are cut, so that a notice stays one. */
const NAME_MAX = 60

/** `Token “CI”`, `Tokens “CI”, “Nightly” and “Batch”`, `Tokens “CI”, “Nightly”, “Batch” and 4 more`; empty of none. */
export function namedTokens(names: readonly string[], total: number = names.length): string {
  const named = names.slice(0, NAMED_TOKENS).map(shortName)
  const rest = total - named.length
  const words = joinWords(rest > 0 ? [...named, `${rest} more`] : named)
  return words === '' ? '' : `${total === 1 ? 'Token' : 'Tokens'} ${words}`
}

const shortName = (name: string): string =>
  name.length > NAME_MAX ? `“${name.slice(0, NAME_MAX).trimEnd()}…”` : `“${name}”`
