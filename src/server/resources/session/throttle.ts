import { sql } from 'kysely'

import { sha256 } from '../../credentials.ts'
import type { Db } from '../../db/connection.ts'
import { AppError } from '../../errors.ts'

const WINDOW_MS = 15 * 60_000

/** Failures allowed in 15 minutes: for an account from one address, for one address, for an account from anywhere. */
const LIMITS = { pair: 5, address: 30, account: 100 } as const

function keys(email: string, address: string): [string, number][] {
  const account = sha256(email).toString('base64url')
  return [
    [`pair:${account}:${address}`, LIMITS.pair],
    [`address:${address}`, LIMITS.address],
    [`account:${account}`, LIMITS.account],
  ]
}

/** Throws 429 with the time to wait while too many sign-ins have failed. Counts lie in the database, for all processes. */
export async function requireCalm(db: Db, email: string, address: string, now: Date): Promise<void> {
  const limits = new Map(keys(email, address))
  const rows = await db
    .selectFrom('throttle')
    .selectAll()
    .where('key', 'in', [...limits.keys()])
    .where('window_ends_at', '>', now)
    .execute()
  const over = rows.find((row) => row.failures >= (limits.get(row.key) ?? 0))
  if (over === undefined) return
  const seconds = Math.max(1, Math.ceil((over.window_ends_at.getTime() - now.getTime()) / 1000))
  throw new AppError(
    'too_many_requests',
    `Too many sign-ins failed. Wait ${seconds > 90 ? `${Math.ceil(seconds / 60)} minutes` : `${seconds} seconds`}, then try again.`,
    { retryAfterSeconds: seconds },
  )
}

/** Counts a failed sign-in. */
export async function countFailure(db: Db, email: string, address: string, now: Date): Promise<void> {
  const window_ends_at = new Date(now.getTime() + WINDOW_MS)
  for (const [key] of keys(email, address)) {
    await db
      .insertInto('throttle')
      .values({ key, failures: 1, window_ends_at })
      .onConflict((conflict) =>
        conflict.column('key').doUpdateSet({
          failures: sql<number>`case when throttle.window_ends_at <= ${now} then 1 else throttle.failures + 1 end`,
          window_ends_at: sql<Date>`case when throttle.window_ends_at <= ${now} then ${window_ends_at} else throttle.window_ends_at end`,
        }),
      )
      .execute()
  }
}

/** A success forgets the failures of this account from this address, and whatever window is over. */
export async function forgetFailures(db: Db, email: string, address: string, now: Date): Promise<void> {
  const [pair] = keys(email, address)
  await db
    .deleteFrom('throttle')
    .where((where) => where.or([where('key', '=', pair?.[0] ?? ''), where('window_ends_at', '<', now)]))
    .execute()
}
