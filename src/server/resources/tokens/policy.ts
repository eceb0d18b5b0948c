import { isDeepStrictEqual } from 'node:util'

import { sql } from 'kysely'

import { DEFAULT_TOKEN_POLICY, TokenPolicy, type TokenViolation } from '#api/contract/token-policy.ts'

import type { Caller } from '../../caller.ts'
import type { Db } from '../../db/connection.ts'
import { invalidInput } from '../../errors.ts'
import { listDependants } from './dependants.ts'
import { presentTokens } from './present.ts'
import { BLOCKED_BY, fromTokens, selectTokens, statusAt, visibleTo } from './select-tokens.ts'
import { POLICY_KEY } from './status-sql.ts'

/** Any number: the lock under which the policy is changed. */
const POLICY_LOCK = 7_204_915

/** The token policy as it is set, or the one that counts before anybody sets one. */
export async function readPolicy(db: Db): Promise<TokenPolicy> {
  const row = await db.selectFrom('setting').select('value').where('key', '=', POLICY_KEY).executeTakeFirst()
  return row === undefined ? DEFAULT_TOKEN_POLICY : TokenPolicy.parse(row.value)
}

/**
 * Sets the policy, in a transaction; one change after the other over all processes. Answers what held until then: where
 * that is the same, nothing is written. Throws 400 for a policy that contradicts itself.
 */
export async function writePolicy(trx: Db, policy: TokenPolicy): Promise<TokenPolicy> {
  const { maxLifeSeconds: max, defaultLifeSeconds: usual } = policy
  if (max !== null && usual > max) {
    throw invalidInput('defaultLifeSeconds', 'The default life is longer than the longest life. Shorten it.')
  }
  await sql`select pg_advisory_xact_lock(${POLICY_LOCK})`.execute(trx)
  const before = await readPolicy(trx)
  if (isDeepStrictEqual(before, policy)) return before
  const value = JSON.stringify(policy)
  await trx
    .insertInto('setting')
    .values({ key: POLICY_KEY, value })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
    .execute()
  return before
}

/** Throws 400 with the rule that a new token of this life would break. `life` in seconds, null = never ends. */
export function requireWithin(policy: TokenPolicy, life: number | null, neverReason: string | null): void {
  const { maxLifeSeconds: max } = policy
  if (life === null) {
    if (!policy.allowsNever) {
      throw invalidInput('expiresInSeconds', 'The token policy allows no tokens that never expire. Give it an end.')
    }
    if (policy.asksNeverReason && neverReason === null) {
      throw invalidInput(
        'neverReason',
        'The token policy asks why this token must never expire. Say it in a few words.',
      )
    }
  } else if (max !== null && life > max) {
    throw invalidInput(
      'expiresInSeconds',
      `The token policy allows a life of at most ${lifeWords(max)}. Choose an earlier end.`,
    )
  }
}

function lifeWords(seconds: number): string {
  const [count, unit] =
    seconds % 86_400 === 0
      ? [seconds / 86_400, 'day']
      : seconds % 3_600 === 0
        ? [seconds / 3_600, 'hour']
        : [seconds, 'second']
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}

/**
 * Tokens that break the policy, or would break the one given: those that something in Metadeck runs with first, then the
 * newest; those that are over break nothing. They are told as they are now: what would be is in `wouldBlock`.
 */
export async function listViolations(
  db: Db,
  caller: Caller,
  limit: number,
  now: Date,
  policy?: TokenPolicy,
): Promise<{ items: TokenViolation[]; total: number }> {
  const where = sql`where ${visibleTo(caller)} and ${statusAt(now)} not in ('revoked', 'expired')
    and ${BLOCKED_BY} = 'policy'`
  const breaking = await sql<{ id: number }>`
    select token.id from ${fromTokens(policy)} ${where} order by token.id desc`.execute(db)
  const ids = breaking.rows.map(({ id }) => id)
  const used = new Set((await listDependants(db, ids)).map(({ tokenId }) => tokenId))
  const listed = [...ids.filter((id) => used.has(id)), ...ids.filter((id) => !used.has(id))].slice(0, limit)
  const rows = await selectTokens(
    db,
    now,
    sql`where token.id = any (${listed}::bigint[]) order by array_position(${listed}::bigint[], token.id)`,
  )
  const items = await presentTokens(db, rows, now)
  return {
    items: items.map((token) => ({ ...token, wouldBlock: policy !== undefined && token.status === 'active' })),
    total: ids.length,
  }
}
