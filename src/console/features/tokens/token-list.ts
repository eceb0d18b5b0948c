import { z } from 'zod'

import type { Token } from '#api/contract/tokens.ts'

import { isExpiringSoon } from './token-expiry.ts'

export const TokenView = z.object({
  q: z.string().catch(''),
  status: z.enum(['all', 'active', 'expired', 'revoked']).catch('all'),
  sort: z.enum(['created', 'name', 'used', 'expires']).catch('created'),
  order: z.enum(['asc', 'desc']).catch('desc'),
})
export type TokenView = z.infer<typeof TokenView>

export const readTokenView = (params: URLSearchParams): TokenView => TokenView.parse(Object.fromEntries(params))

const time = (at: string | null, whenNull: number): number => (at === null ? whenNull : new Date(at).getTime())

const COMPARE: Record<TokenView['sort'], (a: Token, b: Token) => number> = {
  created: (a, b) => time(a.createdAt, 0) - time(b.createdAt, 0),
  name: (a, b) => a.name.localeCompare(b.name),
  used: (a, b) => time(a.lastUsedAt, 0) - time(b.lastUsedAt, 0),
  // A token that never expires is the last to go.
  expires: (a, b) => time(a.expiresAt, Infinity) - time(b.expiresAt, Infinity) || 0,
}

const RANK: Record<Token['status'], number> = { active: 0, expired: 1, revoked: 2 }

/** The tokens that the view asks for: what works comes before what does not, then as sorted. */
export function viewTokens(items: readonly Token[], view: TokenView): Token[] {
  const words = view.q.toLowerCase().split(/\s+/).filter(Boolean)
  const sign = view.order === 'asc' ? 1 : -1
  return items
    .filter((token) => view.status === 'all' || token.status === view.status)
    .filter((token) =>
      words.every((word) => `${token.name} ${token.prefix} ${token.lastFour}`.toLowerCase().includes(word)),
    )
    .toSorted((a, b) => RANK[a.status] - RANK[b.status] || sign * COMPARE[view.sort](a, b) || b.id - a.id)
}

const unusedMs = 30 * 86_400_000

/** The line above the list: what needs somebody's attention. */
export function attentionWords(items: readonly Token[], now: Date): string | undefined {
  const active = items.filter(({ status }) => status === 'active')
  const expiring = active.filter(({ expiresAt }) => isExpiringSoon(expiresAt, now)).length
  const unused = active.filter(
    (token) => now.getTime() - time(token.lastUsedAt ?? token.createdAt, 0) > unusedMs,
  ).length
  const parts = [
    expiring > 0 && `${expiring} ${expiring === 1 ? 'expires' : 'expire'} within 3 days`,
    unused > 0 && `${unused} unused for 30 days`,
  ].filter(Boolean)
  return parts.length > 0 ? parts.join(' · ') : undefined
}
