import type { z } from 'zod'

import type { listExpiringTokens } from '#api/contract/token-policy.ts'
import { formatNumber } from '#console/lib/format.ts'

import { namesInShort, shortName } from '../dependant-words.ts'

export type Expiring = z.infer<typeof listExpiringTokens.reply>['items'][number]

const DAY_MS = 86_400_000

/** `1 dies this week`. */
export const endingWords = (count: number): string => `${formatNumber(count)} ${count === 1 ? 'dies' : 'die'} this week`

/** What stops with tokens that die within a week. */
export interface Taken {
  /** Names of what stops. */
  names: string[]
  /** How many tokens it stops with: the others die alone. */
  tokens: number
}

/**
 * How it goes on where `count` tokens die: ` and takes Nightly backup with it`; `, one of them with Nightly backup`; empty
 * where nothing stops.
 */
export function takesWords(count: number, { names, tokens }: Taken): string {
  if (names.length === 0) return ''
  if (tokens < count)
    return `, ${tokens === 1 ? 'one' : formatNumber(tokens)} of them with ${namesInShort(names.map(shortName))}`
  const [takes, them] = count === 1 ? ['takes', 'it'] : ['take', 'them']
  return ` and ${takes} ${namesInShort(names.map(shortName))} with ${them}`
}

/** What stops with those that die within a week. */
export function takenThisWeek(items: readonly Expiring[]): Taken {
  const takers = items.filter(({ warning, breaks }) => warning !== null && warning <= 7 && breaks.length > 0)
  return { names: takers.flatMap(({ breaks }) => breaks.map(({ name }) => name)), tokens: takers.length }
}

/**
 * Those to warn of: what runs in Metadeck stops with them, or some program used them. A token made for a short life is
 * not warned of before most of that life is over.
 */
export function toWarnOf(items: readonly Expiring[]): Expiring[] {
  return items.filter(({ token, expiresAt, warning, breaks }) => {
    if (warning === null) return false
    const lifeMs = Date.parse(expiresAt) - Date.parse(token.createdAt)
    return breaks.length > 0 || (token.lastUsedAt !== null && lifeMs > 2 * warning * DAY_MS)
  })
}

/** What becomes of programs that use it, where nothing in Metadeck stops with it. */
export function refusalWords({ token }: Pick<Expiring, 'token'>): string {
  if (token.lastUsedFrom !== null) return `Whatever uses it from ${token.lastUsedFrom} is refused then.`
  return 'Whatever uses it is refused then.'
}
