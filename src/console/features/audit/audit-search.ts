import { z } from 'zod'

import { type AuditFilter, AuditOutcome } from '#api/contract/audit-console.ts'
import { AuditType } from '#api/contract/audit-log.ts'

export const RANGES = ['any', '1h', '24h', '7d', '30d', 'between'] as const
export type Range = (typeof RANGES)[number]

const HOUR_MS = 3_600_000
const RANGE_MS: Partial<Record<Range, number>> = {
  '1h': HOUR_MS,
  '24h': 24 * HOUR_MS,
  '7d': 7 * 24 * HOUR_MS,
  '30d': 30 * 24 * HOUR_MS,
}
const MINUTE_MS = 60_000

export const ACTOR_KINDS = ['session', 'token', 'system'] as const

const text = z.string().trim().max(200).catch('')
const id = z.coerce.number().int().positive().optional().catch(undefined)

/** What is listed, as the address holds it; nonsense becomes the usual. */
export const AuditSearch = z.object({
  q: text,
  /** Part of the actor's label or e-mail address. */
  who: text,
  /** Everything that one person did, themselves or by a token. */
  person: id,
  /** Everything that one token did. */
  token: id,
  /** Signed in, with a token, or neither. */
  by: z.enum([...ACTOR_KINDS, 'any']).catch('any'),
  outcome: AuditOutcome.or(z.literal('any')).catch('any'),
  type: AuditType.or(z.literal('any')).catch('any'),
  /** Kind of the thing, and with it the id of one. */
  kind: text,
  target: text,
  workspace: id,
  range: z.enum(RANGES).catch('any'),
  /** ISO moments; used with the range `between`. */
  from: z.iso.datetime().or(z.literal('')).catch(''),
  to: z.iso.datetime().or(z.literal('')).catch(''),
  /** Place in the chain of the record that is open. */
  record: id,
})
export type AuditSearch = z.infer<typeof AuditSearch>

export const readAuditSearch = (params: URLSearchParams): AuditSearch => AuditSearch.parse(Object.fromEntries(params))

/** What the page's loader tells. */
export interface AuditPageData {
  filter: AuditFilter
}

/** What the server is asked. To the minute, so that one who comes back soon finds the same list. */
export function filterOf(search: AuditSearch, now: Date): AuditFilter {
  const { q, who, person, token, by, outcome, type, kind, target, workspace } = search
  const filter: AuditFilter = {
    outcome: outcome === 'any' ? undefined : outcome,
    type: type === 'any' ? undefined : type,
    actor: who || undefined,
    personId: person,
    actorKind: by === 'any' ? undefined : by,
    ...(token !== undefined && { actorKind: 'token', actorId: token }),
    targetKind: kind || undefined,
    targetId: target || undefined,
    workspaceId: workspace,
    text: q || undefined,
    ...spanOf(search, now),
  }
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined))
}

function spanOf({ range, from, to }: AuditSearch, now: Date): Pick<AuditFilter, 'from' | 'to'> {
  if (range === 'between') return { from: from || undefined, to: to || undefined }
  const length = RANGE_MS[range]
  if (length === undefined) return {}
  const minute = Math.floor(now.getTime() / MINUTE_MS) * MINUTE_MS
  return { from: new Date(minute - length).toISOString() }
}

/** Whether two addresses ask for the same list: which record is open has no part in it. */
export function isSameList(before: URLSearchParams, after: URLSearchParams): boolean {
  const listOf = (params: URLSearchParams) => JSON.stringify({ ...readAuditSearch(params), record: undefined })
  return listOf(before) === listOf(after)
}

/** True where the list is cut to something. */
export const isFiltered = (search: AuditSearch): boolean => Object.keys(filterOf(search, new Date(0))).length > 0

/** The change that takes every filter away. */
export const NO_FILTER: Readonly<Partial<AuditSearch>> = {
  q: '',
  who: '',
  person: undefined,
  token: undefined,
  by: 'any',
  outcome: 'any',
  type: 'any',
  kind: '',
  target: '',
  workspace: undefined,
  range: 'any',
  from: '',
  to: '',
}

/** The address after a change; what is as usual is left out of it. */
export function changeAuditSearch(before: URLSearchParams, change: Partial<AuditSearch>): URLSearchParams {
  const next = new URLSearchParams(before)
  for (const [key, value] of Object.entries(change)) {
    if (value === undefined || value === '' || value === 'any') next.delete(key)
    else next.set(key, String(value))
  }
  return next
}
