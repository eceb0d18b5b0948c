import type { TokenPolicy } from '#api/contract/token-policy.ts'
import type { Token } from '#api/contract/tokens.ts'
import { formatCount, formatNumber } from '#console/lib/format.ts'

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
  if (rotatedTo !== null) return 'made for longer'
  const hours = Math.round((Date.parse(expiresAt) - Date.parse(createdAt)) / 3_600_000)
  return `made for ${hours >= 48 ? formatCount(Math.round(hours / 24), 'day') : formatCount(hours, 'hour')}`
}

/** What saving does to tokens that exist. */
export function effectWords(total: number): string {
  if (total === 0) return 'No token breaks it: nothing changes for the tokens that exist.'
  if (total === 1)
    return '1 token breaks it. It is refused from the next request on, not revoked: a policy that allows it lets it in again.'
  return `${formatNumber(total)} tokens break it. They are refused from the next request on, not revoked: a policy that allows them lets them in again.`
}

/** The button says the effect. */
export const saveLabel = (total: number | undefined): string =>
  total === undefined || total === 0 ? 'Save policy' : `Save and block ${formatCount(total, 'token')}`

/** What saving did. */
export const savedWords = (blocked: number): string | undefined =>
  blocked === 0 ? undefined : `${formatCount(blocked, 'token is', 'tokens are')} refused because of it.`
