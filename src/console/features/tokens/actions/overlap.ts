import type { TokenPolicy } from '#api/contract/token-policy.ts'
import type { Token } from '#api/contract/tokens.ts'
import { formatDay } from '#console/lib/format-time.ts'

import { expiresText } from '../token-expiry.ts'

/** How long both tokens of a rotation work, in seconds. */
export const OVERLAPS = [
  { value: '0', label: 'Not at all' },
  { value: '3600', label: '1 h' },
  { value: '86400', label: '24 h' },
  { value: '604800', label: '7 d' },
] as const
export type Overlap = (typeof OVERLAPS)[number]['value']

/** What the choice means, in a sentence. */
export function overlapWords(overlap: Overlap, expiresAt: string | null, now: Date): string {
  if (overlap === '0') return 'The old token is revoked at once: programs are refused until they have the new one.'
  const end = now.getTime() + Number(overlap) * 1_000
  if (expiresAt !== null && Date.parse(expiresAt) < end)
    return 'Both work until the old token expires, which is sooner than that.'
  const label = OVERLAPS.find(({ value }) => value === overlap)?.label ?? ''
  return `Both work for ${label}; then the old one is refused. Put the new one into your programs before.`
}

type Lifetime = Pick<Token, 'createdAt' | 'expiresAt'>

/** Seconds that the token was given; null = it never ends. */
const lifeOf = ({ createdAt, expiresAt }: Lifetime): number | null =>
  expiresAt === null ? null : Math.round((Date.parse(expiresAt) - Date.parse(createdAt)) / 1_000)

/** The life to ask for where the policy does not allow the one of the old token; undefined where it is simply copied. */
export function allowedLife(token: Lifetime, policy: TokenPolicy | undefined): number | undefined {
  if (policy === undefined) return undefined
  const { maxLifeSeconds: max, allowsNever, defaultLifeSeconds } = policy
  const life = lifeOf(token)
  if (life === null) return allowsNever ? undefined : (max ?? defaultLifeSeconds)
  return max !== null && life > max ? max : undefined
}

/** When the new token ends: it is given the life of the old one from now on, or what the policy allows of it. */
export function newEndWords(token: Lifetime, policy: TokenPolicy | undefined, now: Date): string {
  const allowed = allowedLife(token, policy)
  const life = allowed ?? lifeOf(token)
  if (life === null) return 'The new token never expires, as the old one never does.'
  const end = new Date(now.getTime() + life * 1_000)
  const why = allowed === undefined ? 'a life as long as that of the old one' : 'the token policy allows no longer life'
  return `The new token ends on ${formatDay(end, now)}, ${expiresText(end.toISOString(), now)}: ${why}.`
}
