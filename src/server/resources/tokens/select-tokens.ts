import { type RawBuilder, sql } from 'kysely'

import type { Scopes } from '#api/contract/scopes.ts'
import type { TokenPolicy } from '#api/contract/token-policy.ts'
import type { TokenStatus } from '#api/contract/tokens.ts'

import { type Caller, hasRole } from '../../caller.ts'
import type { Db } from '../../db/connection.ts'
import type { Role } from '../../db/tables.ts'
import { blockedSql, POLICY_KEY, statusSql, type StatusTables } from './status-sql.ts'

export type Condition = RawBuilder<unknown>

/** The other token of a rotation, as the database writes it. */
export interface LinkRow {
  id: number
  name: string
  prefix: string
  lastFour: string
  status: TokenStatus
  createdAt: string
  expiresAt: string | null
  lastUsedAt: string | null
}

/** A token with all that its place in a list tells of it. Never the hash. */
export interface TokenRow {
  id: number
  name: string
  prefix: string
  last_four: string
  scopes: Scopes
  workspaces: number[] | null
  allowed_ips: string[] | null
  created_by: number | null
  created_by_name: string | null
  maker_role: Role | null
  maker_scopes: Scopes | null
  maker_workspaces: number[] | null
  role_ceiling: Role | null
  created_at: Date
  life_seconds: number | null
  expires_at: Date | null
  never_reason: string | null
  disabled_at: Date | null
  disabled_by: number | null
  disabled_because: 'secret_known' | null
  shown_to: number | null
  shown_to_name: string | null
  revoked_at: Date | null
  last_used_at: Date | null
  last_used_from: string | null
  counted_since: Date
  status: TokenStatus
  blocked_by: 'policy' | 'maker' | null
  successor: LinkRow | null
  predecessor: LinkRow | null
  /** Text of what the list is sorted by; null where nobody asked. */
  sorted_by: string | null
}

const TABLES: StatusTables = { token: 'token', maker: 'maker', policy: 'policy' }
const OTHER: StatusTables = { token: 'other', maker: 'other_maker', policy: 'policy' }

const atSql = (now: Date): string => `'${now.toISOString()}'::timestamptz`

/** Condition or column: the status at this time. */
export const statusAt = (now: Date): Condition => sql.raw(`(${statusSql(TABLES, atSql(now))})`)

/** Why a token is blocked, or null. */
export const BLOCKED_BY: Condition = sql.raw(`(${blockedSql(TABLES)})`)

/** Condition: another token has taken its place. */
export const HAS_SUCCESSOR: Condition = sql`exists (
  select from metadeck.access_token as next where next.rotated_from = token.id)`

/** Tokens, as `token`, with what their status depends on; a policy given here counts in place of the one that is set. */
export function fromTokens(policy?: TokenPolicy): Condition {
  const joined =
    policy === undefined
      ? sql`metadeck.setting as policy on policy.key = ${POLICY_KEY}`
      : sql`(select ${JSON.stringify(policy)}::jsonb as value) as policy on true`
  return sql`metadeck.access_token as token
    left join metadeck."user" as maker on maker.id = token.created_by
    left join ${joined}`
}

/**
 * Tokens that the caller sees and may change: a member the ones they made, owners and admins all. Never those of commands
 * of the server's own machine, which nobody made: they live as long as the command does.
 */
export function visibleTo(caller: Caller): Condition {
  const isMade = sql`not token.is_operator`
  return hasRole(caller, 'admin') ? isMade : sql`(${isMade} and token.created_by = ${caller.user?.id ?? null})`
}

/** Reads tokens; `rest` is everything from `where` on, `sortedBy` what a cursor needs to know of each. */
export async function selectTokens(
  db: Db,
  now: Date,
  rest: Condition,
  { sortedBy = sql`null` }: { sortedBy?: Condition } = {},
): Promise<TokenRow[]> {
  const { rows } = await sql<TokenRow>`
    select token.id, token.name, token.prefix, token.last_four, token.scopes, token.workspaces, token.allowed_ips,
      token.created_by, maker.name as created_by_name, maker.role as maker_role, maker.scopes as maker_scopes,
      maker.workspaces as maker_workspaces, token.role_ceiling, token.created_at, token.life_seconds, token.expires_at,
      token.never_reason, token.disabled_at, token.disabled_by, token.disabled_because, token.revoked_at,
      token.shown_to, (select reader.name from metadeck."user" as reader where reader.id = token.shown_to) as shown_to_name,
      token.last_used_at, token.last_used_from, token.counted_since, ${statusAt(now)} as status,
      ${BLOCKED_BY} as blocked_by,
      ${linkTo(now, sql`other.rotated_from = token.id`)} as successor,
      ${linkTo(now, sql`other.id = token.rotated_from`)} as predecessor,
      (${sortedBy})::text as sorted_by
    from ${fromTokens()}
    ${rest}`.execute(db)
  return rows
}

function linkTo(now: Date, isOther: Condition): Condition {
  return sql`(select json_build_object('id', other.id, 'name', other.name, 'prefix', other.prefix,
      'lastFour', other.last_four, 'status', ${sql.raw(statusSql(OTHER, atSql(now)))},
      'createdAt', other.created_at, 'expiresAt', other.expires_at, 'lastUsedAt', other.last_used_at)
    from metadeck.access_token as other
    left join metadeck."user" as other_maker on other_maker.id = other.created_by
    where ${isOther})`
}
