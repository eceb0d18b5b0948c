import type { z } from 'zod'

import type { listExpiringTokens } from '#api/contract/token-policy.ts'
import { formatNumber } from '#console/lib/format.ts'

import { namesInShort } from '../dependant-words.ts'

export type Expiring = z.infer<typeof listExpiringTokens.reply>['items'][number]

const DAY_MS = 86_400_000

/** `1 dies this week`. */
export const endingWords = (count: number): string => `${formatNumber(count)} ${count === 1 ? 'dies' : 'die'} this week`

/** How it goes on: `and takes Nightly backup with it`; empty where nothing stops. */
export function takesWords(count: number, breaks: readonly string[]): string {
  if (breaks.length === 0) return ''
  return `and ${count === 1 ? 'takes' : 'take'} ${namesInShort(breaks)} with ${count === 1 ? 'it' : 'them'}`
}

/** Names of what stops with those that die within a week. */
export const breaksThisWeek = (items: readonly Expiring[]): string[] =>
  items
    .filter(({ warning }) => warning !== null && warning <= 7)
    .flatMap(({ breaks }) => breaks.map(({ name }) => name))

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

/** What ends with it, in a sentence. */
export function consequence({ token, breaks }: Expiring): string {
  if (breaks.length > 0)
    return `${namesInShort(breaks.map(({ name }) => name))} ${breaks.length === 1 ? 'stops' : 'stop'} with it.`
  if (token.lastUsedFrom !== null) return `Whatever uses it from ${token.lastUsedFrom} is refused then.`
  return 'Whatever uses it is refused then.'
}
