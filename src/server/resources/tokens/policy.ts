import { sql } from 'kysely'

import { DEFAULT_TOKEN_POLICY, TokenPolicy } from '#api/contract/token-policy.ts'
import type { Token } from '#api/contract/tokens.ts'

import type { Caller } from '../../caller.ts'
import type { Db } from '../../db/connection.ts'
import { invalidInput } from '../../errors.ts'
import { presentTokens } from './present.ts'
import { BLOCKED_BY, fromTokens, selectTokens, statusAt, visibleTo } from './select-tokens.ts'
import { POLICY_KEY } from './status-sql.ts'

/** The token policy as it is set, or the one that counts before anybody sets one. */
export async function readPolicy(db: Db): Promise<TokenPolicy> {
  const row = await db.selectFrom('setting').select('value').where('key', '=', POLICY_KEY).executeTakeFirst()
  return row === undefined ? DEFAULT_TOKEN_POLICY : TokenPolicy.parse(row.value)
}

/** Sets the policy; throws 400 where it contradicts itself. */
export async function writePolicy(db: Db, policy: TokenPolicy): Promise<void> {
  const { maxLifeSeconds: max, defaultLifeSeconds: usual } = policy
  if (max !== null && usual > max) {
    throw invalidInput('defaultLifeSeconds', 'The default life is longer than the longest life. Shorten it.')
  }
  const value = JSON.stringify(policy)
  await db
    .insertInto('setting')
    .values({ key: POLICY_KEY, value })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
    .execute()
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

/** Tokens that break the policy, or would break the one given, newest first; those that are over break nothing. */
export async function listViolations(
  db: Db,
  caller: Caller,
  limit: number,
  now: Date,
  policy?: TokenPolicy,
): Promise<{ items: Token[]; total: number }> {
  const where = sql`where ${visibleTo(caller)} and ${statusAt(now)} not in ('revoked', 'expired')
    and ${BLOCKED_BY} = 'policy'`
  const rest = sql`${where} order by token.id desc limit ${limit}`
  const rows = await selectTokens(db, now, rest, policy === undefined ? {} : { policy })
  const counted = await sql<{ total: number }>`
    select count(*) as total from ${fromTokens(policy)} ${where}`.execute(db)
  return { items: await presentTokens(db, rows, now), total: counted.rows[0]?.total ?? 0 }
}
