import { sql } from 'kysely'

import { USAGE_DAYS_MAX } from '#api/contract/token-usage.ts'

import type { Db } from '../../db/connection.ts'

/** Calls of a token that are alike. */
export interface Tally {
  tokenId: number
  /** `2026-11-21`, UTC */
  day: string
  operation: string
  /** As `statusClassOf` tells it. */
  statusClass: string
  isLive: boolean
  calls: number
}

export interface Failure {
  tokenId: number
  at: Date
  operation: string
  status: number
}

/** Failures of each token that are kept. */
export const FAILURES_KEPT = 20

/**
 * Adds counts to those that are there. Rows are taken in one order, so that processes that write at once wait for each
 * other and never in a ring. Counts of tokens that were deleted meanwhile are dropped.
 */
export async function writeUsage(
  db: Db,
  { tallies, failures }: { tallies: Tally[]; failures: Failure[] },
): Promise<void> {
  const ids = [...new Set([...tallies, ...failures].map(({ tokenId }) => tokenId))]
  await db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ id: number }>`
      select id from metadeck.access_token where id = any (${ids}::bigint[]) order by id for key share`.execute(trx)
    const live = new Set(rows.map(({ id }) => id))
    await addTallies(
      trx,
      tallies.filter(({ tokenId }) => live.has(tokenId)),
    )
    await addFailures(
      trx,
      failures.filter(({ tokenId }) => live.has(tokenId)),
    )
  })
}

async function addTallies(trx: Db, tallies: readonly Tally[]): Promise<void> {
  if (tallies.length === 0) return
  await sql`
    insert into metadeck.token_usage as known (token_id, day, operation, status_class, is_live, calls)
    select * from unnest(
      ${tallies.map(({ tokenId }) => tokenId)}::bigint[], ${tallies.map(({ day }) => day)}::date[],
      ${tallies.map(({ operation }) => operation)}::text[], ${tallies.map(({ statusClass }) => statusClass)}::text[],
      ${tallies.map(({ isLive }) => isLive)}::boolean[], ${tallies.map(({ calls }) => calls)}::bigint[]
    )
    order by 1, 2, 3, 4, 5
    on conflict (token_id, day, operation, status_class, is_live) do update set calls = known.calls + excluded.calls
  `.execute(trx)
}

async function addFailures(trx: Db, failures: readonly Failure[]): Promise<void> {
  if (failures.length === 0) return
  const ids = [...new Set(failures.map(({ tokenId }) => tokenId))]
  await sql`
    insert into metadeck.token_error (token_id, at, operation, status)
    select * from unnest(
      ${failures.map(({ tokenId }) => tokenId)}::bigint[], ${failures.map(({ at }) => at)}::timestamptz[],
      ${failures.map(({ operation }) => operation)}::text[], ${failures.map(({ status }) => status)}::integer[]
    )`.execute(trx)
  await sql`
    delete from metadeck.token_error where id in (
      select id from (
        select id, row_number() over (partition by token_id order by id desc) as place
        from metadeck.token_error where token_id = any (${ids}::bigint[])
      ) as placed where place > ${FAILURES_KEPT}
    )`.execute(trx)
}

/** Forgets counts that nothing shows any more. */
export async function pruneUsage(db: Db, now: Date): Promise<void> {
  const first = new Date(now.getTime() - (USAGE_DAYS_MAX + 1) * 86_400_000).toISOString().slice(0, 10)
  await db
    .deleteFrom('token_usage')
    .where(sql<boolean>`day < ${first}::date`)
    .execute()
}
