import { sql } from 'kysely'

import type { Endpoint } from '#api/contract/endpoint.ts'
import type { ScopeKey } from '#api/contract/scopes.ts'
import type { TokenUsage } from '#api/contract/token-usage.ts'

import type { Db } from '../../db/connection.ts'
import { listDependants } from './dependants.ts'
import { neededScopes } from './needed-scopes.ts'
import { lastDays } from './present.ts'
import { scopeKeys, toScopes } from './rights.ts'
import type { TokenRow } from './select-tokens.ts'
import { shownClass, wasLetIn } from './status-class.ts'
import { FAILURES_KEPT } from './write-usage.ts'

interface Counted {
  day: string
  operation: string
  status_class: string
  is_live: boolean
  calls: number
}

/** What a token did over the last days, today (UTC) among them. */
export async function readUsage(
  db: Db,
  token: TokenRow,
  { days, endpoints }: { days: number; endpoints: ReadonlyMap<string, Endpoint> },
  now: Date,
): Promise<TokenUsage> {
  const span = lastDays(now, days)
  const [first = ''] = span
  const counted = await db
    .selectFrom('token_usage')
    .select(['day', 'operation', 'status_class', 'is_live', 'calls'])
    .where('token_id', '=', token.id)
    .where(sql<boolean>`day >= ${first}::date`)
    .execute()
  const needed = new Set([
    ...counted
      .filter(({ status_class: status }) => wasLetIn(status))
      .flatMap(({ operation, is_live: isLive }) => scopesOf(endpoints.get(operation), isLive)),
    ...(await listDependants(db, [token.id])).flatMap(({ needs }) => needs),
  ])
  const granted = scopeKeys(token.scopes)
  const usedScopes = granted.filter((key) => needed.has(key))
  const start = new Date(`${first}T00:00:00Z`)
  return {
    days,
    since: (token.counted_since > start ? token.counted_since : start).toISOString(),
    byDay: addUp(counted, span),
    byOperation: byOperation(counted, endpoints),
    byStatus: byStatus(counted),
    lastErrors: await lastErrors(db, token.id),
    usedScopes,
    unusedScopes: granted.filter((key) => !needed.has(key)),
    smallerScopes: toScopes(usedScopes),
  }
}

function scopesOf(endpoint: Endpoint | undefined, isLive: boolean): ScopeKey[] {
  return endpoint === undefined ? [] : neededScopes(endpoint, isLive)
}

const isError = ({ status_class: status }: Counted): boolean => shownClass(status) >= '4'

function total(counted: readonly Counted[]): { calls: number; errors: number } {
  const sum = (rows: readonly Counted[]): number => rows.reduce((all, { calls }) => all + calls, 0)
  return { calls: sum(counted), errors: sum(counted.filter(isError)) }
}

function addUp(counted: readonly Counted[], span: readonly string[]): TokenUsage['byDay'] {
  const groups = Map.groupBy(counted, ({ day }) => day)
  return span.map((day) => ({ day, ...total(groups.get(day) ?? []) }))
}

function byOperation(counted: readonly Counted[], endpoints: ReadonlyMap<string, Endpoint>): TokenUsage['byOperation'] {
  return [...Map.groupBy(counted, ({ operation }) => operation)]
    .map(([operation, rows]) => {
      const endpoint = endpoints.get(operation)
      return { operation, method: endpoint?.method ?? null, path: endpoint?.path ?? null, ...total(rows) }
    })
    .toSorted((a, b) => b.calls - a.calls || (a.operation < b.operation ? -1 : 1))
}

function byStatus(counted: readonly Counted[]): TokenUsage['byStatus'] {
  return [...Map.groupBy(counted, ({ status_class: status }) => shownClass(status))]
    .map(([status, rows]) => ({ status, calls: total(rows).calls }))
    .toSorted((a, b) => (a.status < b.status ? -1 : 1))
}

async function lastErrors(db: Db, tokenId: number): Promise<TokenUsage['lastErrors']> {
  const rows = await db
    .selectFrom('token_error')
    .select(['at', 'operation', 'status'])
    .where('token_id', '=', tokenId)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(FAILURES_KEPT)
    .execute()
  return rows.map(({ at, operation, status }) => ({ at: at.toISOString(), operation, status }))
}
