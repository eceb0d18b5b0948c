import { sql } from 'kysely'

import { LIST_CALL_DAYS, type Token, type TokenLink } from '#api/contract/tokens.ts'

import type { Db } from '../../db/connection.ts'
import { listDependants } from './dependants.ts'
import { boundRights } from './rights-now.ts'
import type { LinkRow, TokenRow } from './select-tokens.ts'

const DAY_MS = 86_400_000

/** The days of a span that ends today (UTC), the oldest first: `2026-11-21`. */
export function lastDays(now: Date, count: number): string[] {
  return Array.from({ length: count }, (_none, at) =>
    new Date(now.getTime() - (count - 1 - at) * DAY_MS).toISOString().slice(0, 10),
  )
}

/** Tokens as lists show them: with how many things run with each, and its calls by day. */
export async function presentTokens(db: Db, rows: readonly TokenRow[], now: Date): Promise<Token[]> {
  const ids = rows.map(({ id }) => id)
  const dependants = Map.groupBy(await listDependants(db, ids), ({ tokenId }) => tokenId)
  const calls = await callsByDay(db, ids, lastDays(now, LIST_CALL_DAYS))
  return rows.map((row) => ({
    ...toToken(row),
    usedBy: dependants.get(row.id)?.length ?? 0,
    callsByDay: calls(row.id),
  }))
}

async function callsByDay(db: Db, ids: readonly number[], days: string[]): Promise<(id: number) => number[]> {
  const [first = ''] = days
  const rows =
    ids.length === 0
      ? []
      : await db
          .selectFrom('token_usage')
          .select(['token_id', 'day', sql<number>`sum(calls)`.as('calls')])
          .where(sql<boolean>`token_id = any (${ids}::bigint[])`)
          .where(sql<boolean>`day >= ${first}::date`)
          .groupBy(['token_id', 'day'])
          .execute()
  const calls = new Map(rows.map((row) => [`${row.token_id} ${row.day}`, row.calls]))
  return (id) => days.map((day) => calls.get(`${id} ${day}`) ?? 0)
}

function toToken(row: TokenRow): Omit<Token, 'usedBy' | 'callsByDay'> {
  const { created_by: makerId, created_by_name: makerName } = row
  const now = boundRights(row)
  return {
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    lastFour: row.last_four,
    scopes: row.scopes,
    effectiveScopes: now.scopes,
    workspaces: row.workspaces ?? 'all',
    effectiveWorkspaces: now.workspaces,
    allowedIps: row.allowed_ips,
    createdBy: makerId === null || makerName === null ? null : { id: makerId, name: makerName },
    createdAt: row.created_at.toISOString(),
    expiresAt: moment(row.expires_at),
    neverReason: row.never_reason,
    disabledAt: moment(row.disabled_at),
    disabledBecause: row.disabled_because,
    secretShownTo:
      row.shown_to === null || row.shown_to === makerId ? null : { id: row.shown_to, name: row.shown_to_name },
    lastUsedAt: moment(row.last_used_at),
    lastUsedFrom: row.last_used_from,
    status: row.status,
    blockedBy: row.status === 'blocked' ? row.blocked_by : null,
    rotatedTo: toLink(row.successor),
    rotatedFrom: toLink(row.predecessor),
  }
}

function toLink(link: LinkRow | null): TokenLink | null {
  if (link === null) return null
  const createdAt = new Date(link.createdAt).toISOString()
  return { ...link, createdAt, expiresAt: moment(link.expiresAt), lastUsedAt: moment(link.lastUsedAt) }
}

function moment(at: Date | string | null): string | null {
  return at === null ? null : new Date(at).toISOString()
}
