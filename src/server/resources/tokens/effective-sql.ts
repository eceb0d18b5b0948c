import { sql } from 'kysely'

import { DANGEROUS_SCOPES, SCOPE_DANGERS } from '#api/contract/scope-dangers.ts'
import { parseScopeKey, type ScopeKey } from '#api/contract/scopes.ts'

import type { Condition } from './select-tokens.ts'

// What `boundRights` says, for conditions and orders of `fromTokens()`: of a grant only that counts which the maker holds too.

/** Only members hold less than everything. A token whose maker is not known is bound by nobody. */
const IS_BOUND: Condition = sql`maker.role is not distinct from 'member'`

/** Condition: all workspaces are in reach now. */
export const REACHES_ALL: Condition = sql`(token.workspaces is null and not (${IS_BOUND} and maker.workspaces is not null))`

/** Condition: the workspace is in reach now. */
export const reachesNow = (workspaceId: number): Condition => sql`(
  (token.workspaces is null or ${workspaceId} = any (token.workspaces))
  and (not (${IS_BOUND}) or maker.workspaces is null or ${workspaceId} = any (maker.workspaces)))`

/** Condition, where the maker is bound: no workspace is in reach any more, so that no scope is of use. */
const REACHES_NONE: Condition = sql`(maker.workspaces is not null and (
  maker.workspaces = '{}' or not (coalesce(token.workspaces, maker.workspaces) && maker.workspaces)))`

/** Condition: the scope was granted. */
export function isGranted(key: ScopeKey): Condition {
  const { name, letter } = parseScopeKey(key)
  return sql`strpos(coalesce(token.scopes->>${name}, ''), ${letter}::text) > 0`
}

/** Condition: a maker who is bound holds the scope. */
function isHeld(key: ScopeKey): Condition {
  const { name, letter } = parseScopeKey(key)
  return sql`(maker.scopes is null or strpos(coalesce(maker.scopes->>${name}, ''), ${letter}::text) > 0)`
}

/** The weights of the dangerous scopes that such a condition lets through. */
const weigh = (counts: (key: ScopeKey) => Condition): Condition =>
  sql.join(
    DANGEROUS_SCOPES.map((key) => sql`case when ${counts(key)} then ${sql.lit(SCOPE_DANGERS[key].weight)} else 0 end`),
    sql` + `,
  )

/** How dangerous a token is by what it can do now: 0 = not at all. Whoever is not bound costs one look at each scope. */
export const DANGER: Condition = sql`(case
  when not (${IS_BOUND}) then ${weigh(isGranted)}
  when ${REACHES_NONE} then 0
  else ${weigh((key) => sql`${isGranted(key)} and ${isHeld(key)}`)}
end)`
