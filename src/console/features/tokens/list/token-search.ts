import { z } from 'zod'

import { SCOPES } from '#api/contract/scopes.ts'
import { type Token, TokenSort } from '#api/contract/tokens.ts'
import type { TokenFilter } from '#console/data/tokens.ts'

/** `dangerous`, `unused` and `ending` are what the line above the list counts: active ones that need a look. */
export const SHOWN = [
  'active',
  'dangerous',
  'unused',
  'ending',
  'disabled',
  'blocked',
  'expired',
  'revoked',
  'all',
] as const
export type Shown = (typeof SHOWN)[number]

const TokenSearch = z.object({
  q: z.string().max(200).catch(''),
  show: z.enum(SHOWN).catch('active'),
  sort: TokenSort.catch('created'),
  order: z.enum(['asc', 'desc']).catch('desc'),
  workspace: z.coerce.number().int().positive().optional().catch(undefined),
  scope: z
    .enum(SCOPES.map(({ name }) => name))
    .optional()
    .catch(undefined),
})
export type TokenSearch = z.infer<typeof TokenSearch>

export const readTokenSearch = (params: URLSearchParams): TokenSearch => TokenSearch.parse(Object.fromEntries(params))

const DEFAULTS = TokenSearch.parse({})

/** The address after a change; what is as it always is stays out of it. */
export function changeTokenSearch(params: URLSearchParams, change: Partial<TokenSearch>): URLSearchParams {
  const search = { ...readTokenSearch(params), ...change }
  const next = new URLSearchParams()
  for (const [key, value] of Object.entries(search)) {
    if (value !== undefined && value !== DEFAULTS[key as keyof TokenSearch]) next.set(key, String(value))
  }
  return next
}

/** True where the server is asked for more than is shown, in an order of its own. */
export const isPicked = (show: Shown): show is 'unused' | 'ending' => show === 'unused' || show === 'ending'

/** True where it is searched in, whatever is shown of it. */
export const isSearched = ({ q, workspace, scope }: TokenSearch): boolean =>
  q !== '' || workspace !== undefined || scope !== undefined

/** Those to be picked come first in their order, so that the rest need not be read. */
const PICK_ORDER = {
  unused: { status: 'active', sort: 'lastUsed', order: 'asc' },
  ending: { status: 'active', sort: 'expires', order: 'asc' },
} as const

/** Tokens of a page where rows are stacked, and all that have come are drawn. */
const STACKED_PAGE = 40

/** What the server is asked for. */
export function toFilter({ q, show, sort, order, workspace, scope }: TokenSearch, isStacked = false): TokenFilter {
  return {
    ...(isStacked && { limit: STACKED_PAGE }),
    ...(isPicked(show) ? PICK_ORDER[show] : { sort, order, ...statusFilter(show) }),
    ...(q === '' ? {} : { search: q }),
    ...(workspace === undefined ? {} : { workspaceId: workspace }),
    ...(scope === undefined ? {} : { scope }),
  }
}

function statusFilter(show: Exclude<Shown, 'unused' | 'ending'>): TokenFilter {
  if (show === 'dangerous') return { status: 'active', dangerous: 'true' }
  return show === 'all' ? {} : { status: show }
}

/** What a choice of `show` changes: what is dangerous is shown the worst first. */
export const showing = (show: Shown): Partial<TokenSearch> =>
  show === 'dangerous' ? { show, sort: 'danger', order: 'desc' } : { show }

const DAY_MS = 86_400_000
const unusedBefore = (now: Date): number => now.getTime() - 30 * DAY_MS
const endingBefore = (now: Date): number => now.getTime() + 7 * DAY_MS

/** Not used for 30 days; a token that was never used counts from its making. */
export const isUnused = ({ lastUsedAt, createdAt }: Pick<Token, 'lastUsedAt' | 'createdAt'>, now: Date): boolean =>
  Date.parse(lastUsedAt ?? createdAt) < unusedBefore(now)

const endsSoon = ({ expiresAt }: Pick<Token, 'expiresAt'>, now: Date): boolean =>
  expiresAt !== null && Date.parse(expiresAt) <= endingBefore(now)

/** With one in its place already it needs no look: the server does not count it either. */
const isEnding = (token: Pick<Token, 'expiresAt' | 'rotatedTo'>, now: Date): boolean =>
  endsSoon(token, now) && token.rotatedTo === null

/** Of what has come so far, those to show; and whether a further page could hold more of them. */
export function pickTokens(items: readonly Token[], show: Shown, now: Date): { rows: Token[]; mayFollow: boolean } {
  const last = items.at(-1)
  if (show === 'unused') {
    // What was never used comes before all that was, whatever its age.
    const mayFollow = last === undefined || last.lastUsedAt === null || isUnused(last, now)
    return { rows: items.filter((token) => isUnused(token, now)), mayFollow }
  }
  if (show === 'ending')
    return {
      rows: items.filter((token) => isEnding(token, now)),
      mayFollow: last === undefined || endsSoon(last, now),
    }
  return { rows: [...items], mayFollow: true }
}
