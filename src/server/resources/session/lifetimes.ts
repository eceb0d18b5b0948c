import { isDeepStrictEqual } from 'node:util'

import { sql } from 'kysely'

import { SESSION_POLICY_DEFAULT, SessionPolicy } from '#api/contract/sessions.ts'

import type { Db } from '../../db/connection.ts'

/** Key of `metadeck.setting` under which the owner's choice lies. */
export const LIFETIMES_KEY = 'sessions'
/** Any number: the lock under which the choice is changed. */
const LIFETIMES_LOCK = 7_204_914

/** When a session began, was last used and ends at the latest. */
export interface SessionTimes {
  created_at: Date
  last_seen_at: Date
  expires_at: Date
}

/** What the setting says; the default where nothing was chosen or what lies there cannot be read. */
export function lifetimesOf(setting: unknown): SessionPolicy {
  const { data } = SessionPolicy.safeParse(setting)
  return data ?? SESSION_POLICY_DEFAULT
}

export async function readLifetimes(db: Db): Promise<SessionPolicy> {
  const row = await db.selectFrom('setting').select('value').where('key', '=', LIFETIMES_KEY).executeTakeFirst()
  return lifetimesOf(row?.value)
}

/**
 * Keeps the choice, in a transaction; one after the other over all processes. Answers what held until then: where that is
 * the same, nothing is written.
 */
export async function writeLifetimes(trx: Db, policy: SessionPolicy): Promise<SessionPolicy> {
  await sql`select pg_advisory_xact_lock(${LIFETIMES_LOCK})`.execute(trx)
  const before = await readLifetimes(trx)
  if (isDeepStrictEqual(before, policy)) return before
  const value = JSON.stringify(policy)
  await trx
    .insertInto('setting')
    .values({ key: LIFETIMES_KEY, value })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
    .execute()
  return before
}

/** When a session ends whatever happens: a life that was shortened since counts at once. */
export function endOf(times: Pick<SessionTimes, 'created_at' | 'expires_at'>, policy: SessionPolicy): Date {
  return new Date(Math.min(times.expires_at.getTime(), times.created_at.getTime() + policy.lifeSeconds * 1_000))
}

/** True where a session is too old, or was not used for too long. */
export function isOver(times: SessionTimes, policy: SessionPolicy, now: Date): boolean {
  return endOf(times, policy) <= now || times.last_seen_at.getTime() + policy.idleSeconds * 1_000 <= now.getTime()
}
