import type { z } from 'zod'

import type { listTokenViolations, TokenPolicy } from '#api/contract/token-policy.ts'
import type { Token } from '#api/contract/tokens.ts'
import { formatCount } from '#console/lib/format.ts'

import { namesInShort } from '../dependant-words.ts'
import { lifeWords } from './life-amount.ts'

/** The rules in sentences, for who may not change them. */
export function policySentences(policy: TokenPolicy): string[] {
  const { maxLifeSeconds, defaultLifeSeconds, allowsNever, asksNeverReason } = policy
  const never = allowsNever
    ? `A token may also never expire${asksNeverReason ? ', with a reason in words' : ''}.`
    : 'Every token must have an end.'
  return [
    maxLifeSeconds === null
      ? 'A token that ends may live for ten years at most.'
      : `A token that ends may live for ${lifeWords(maxLifeSeconds)} at most.`,
    `Where nothing else is asked for, it lives for ${lifeWords(defaultLifeSeconds)}.`,
    never,
  ]
}

/** Why a token breaks a policy: `never expires`, `made for 90 days`. */
export function breakReason(token: Pick<Token, 'createdAt' | 'expiresAt' | 'rotatedTo'>): string {
  const { createdAt, expiresAt, rotatedTo } = token
  if (expiresAt === null) return 'never expires'
  // A rotation moves the end; the policy looks at the life it was given.
  if (rotatedTo !== null) return 'made for longer, then rotated'
  const hours = Math.round((Date.parse(expiresAt) - Date.parse(createdAt)) / 3_600_000)
  return `made for ${hours >= 48 ? formatCount(Math.round(hours / 24), 'day') : formatCount(hours, 'hour')}`
}

export type Violations = z.infer<typeof listTokenViolations.reply>

/** Tokens that work now and would not once the policy is saved; of a list that is cut off, all that break it. */
export const countNew = ({ items, total }: Violations): number =>
  items.length < total ? total : items.filter(({ wouldBlock }) => wouldBlock).length

/** What the policy does to tokens that exist, or, before it is saved, what it would do. */
export function effectWords(found: Violations, isSaved: boolean): string {
  const { total } = found
  if (total === 0) return 'No token breaks it: nothing changes for the tokens that exist.'
  if (isSaved) return `${formatCount(total, 'token breaks', 'tokens break')} it: ${letInAgain(total)}`
  const added = countNew(found)
  const others = total - added
  const already = `${formatCount(others, 'token breaks', 'tokens break')} it and ${others === 1 ? 'does' : 'do'} not work now`
  if (added === 0) return `No token that works now would be blocked. ${already}.`
  const would = `${formatCount(added, 'token')} would be blocked once this is saved: ${letInAgain(added)}`
  return `${would} Until then nothing changes.${others === 0 ? '' : ` ${already}.`}`
}

function letInAgain(count: number): string {
  const them = count === 1 ? 'it' : 'them'
  return `refused, not revoked; a policy that allows ${them} lets ${them} in again.`
}

/** Whether what is tried blocks the very tokens that the saved policy blocks. */
export const isSameLimit = (a: TokenPolicy, b: TokenPolicy): boolean =>
  a.maxLifeSeconds === b.maxLifeSeconds && a.allowsNever === b.allowsNever

/** The button says the effect. */
export const saveLabel = (total: number | undefined): string =>
  total === undefined || total === 0 ? 'Save policy' : `Save and block ${formatCount(total, 'token')}`

/** What saving did. */
export const savedWords = (blocked: number): string | undefined =>
  blocked === 0 ? undefined : `${formatCount(blocked, 'token is', 'tokens are')} refused because of it.`

/** What in Metadeck stops, or would stop, with the tokens that a policy blocks; undefined where nothing does. */
export function stopWords(
  items: Violations['items'],
  users: ReadonlyMap<number, readonly string[]>,
  isSaved: boolean,
): string | undefined {
  const stopped = items.filter(
    ({ usedBy, wouldBlock, blockedBy }) => usedBy > 0 && (isSaved ? blockedBy === 'policy' : wouldBlock),
  )
  const count = stopped.reduce((sum, { usedBy }) => sum + usedBy, 0)
  if (count === 0) return undefined
  const names = stopped.flatMap(({ id }) => users.get(id) ?? [])
  const who =
    names.length === count ? namesInShort(names) : formatCount(count, 'thing in Metadeck', 'things in Metadeck')
  if (isSaved)
    return `${who} ${count === 1 ? 'does' : 'do'} not run: the policy blocks ${count === 1 ? 'its token' : 'their tokens'}`
  return `${who} would stop once this is saved`
}
