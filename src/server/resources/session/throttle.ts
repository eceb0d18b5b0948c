import { sql } from 'kysely'

import { sha256 } from '../../credentials.ts'
import type { Db } from '../../db/connection.ts'
import { AppError } from '../../errors.ts'

const WINDOW_MS = 15 * 60_000

/** Failures allowed in 15 minutes: for an account from one address, for one address, for an account from anywhere. */
const LIMITS = { pair: 5, address: 30, account: 100 } as const

function keys(email: string, address: string): [[string, number], ...[string, number][]] {
  const account = sha256(email).toString('base64url')
  return [
    [`pair:${account}:${address}`, LIMITS.pair],
    [`address:${address}`, LIMITS.address],
    [`account:${account}`, LIMITS.account],
  ]
}

/**
 * Counts an attempt before it is made, and throws 429 with the time to wait when there were too many: a burst of
 * attempts at once is counted like one after the other. Counts lie in the database, for all processes.
 */
export async function countAttempt(db: Db, email: string, address: string, now: Date): Promise<void> {
  const window_ends_at = new Date(now.getTime() + WINDOW_MS)
  let waitUntil = 0
  for (const [key, limit] of keys(email, address)) {
    const counted = await db
      .insertInto('throttle')
      .values({ key, failures: 1, window_ends_at })
      .onConflict((conflict) =>
        conflict.column('key').doUpdateSet({
          failures: sql<number>`case when throttle.window_ends_at <= ${now} then 1 else throttle.failures + 1 end`,
          window_ends_at: sql<Date>`case when throttle.window_ends_at <= ${now} then ${window_ends_at} else throttle.window_ends_at end`,
        }),
      )
      .returning(['failures', 'window_ends_at'])
      .executeTakeFirstOrThrow()
    if (counted.failures > limit) waitUntil = Math.max(waitUntil, counted.window_ends_at.getTime())
  }
  if (waitUntil > 0) throw tooMany(Math.max(1, Math.ceil((waitUntil - now.getTime()) / 1000)))
}

function tooMany(seconds: number): AppError {
  const wait = seconds > 90 ? `${Math.ceil(seconds / 60)} minutes` : `${seconds} seconds`
  return new AppError('too_many_requests', `Too many sign-ins failed. Wait ${wait}, then try again.`, {
    retryAfterSeconds: seconds,
  })
}

/** After a success: the account starts anew from this address, and the attempt counts for nobody else. */
export async function forgetAttempt(db: Db, email: string, address: string, now: Date): Promise<void> {
  const [[pair], ...others] = keys(email, address)
  await db
    .updateTable('throttle')
    .set({ failures: sql<number>`greatest(failures - 1, 0)` })
    .where(
      'key',
      'in',
      others.map(([key]) => key),
    )
    .execute()
  await db
    .deleteFrom('throttle')
    .where((where) => where.or([where('key', '=', pair), where('window_ends_at', '<', now)]))
    .execute()
}
