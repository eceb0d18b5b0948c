import { isIPv4, isIPv6 } from 'node:net'

import { sql } from 'kysely'

import { sha256 } from '../../credentials.ts'
import type { Db } from '../../db/connection.ts'
import { AppError } from '../../errors.ts'

const WINDOW_MS = 15 * 60_000
const DAY_MS = 86_400_000

/** So many attempts under one key within a time that begins with the first of them. */
export interface Limit {
  key: string
  attempts: number
  windowMs: number
}

/** Failures allowed in 15 minutes: for one address, for an account from one address, for an account from anywhere. */
const LIMITS = { address: 30, pair: 5, account: 100 } as const

/**
 * Guesses at six digits by somebody who has the password already: three codes of a million are right at any time, so
 * that fifty guesses a day succeed once in eighteen years.
 */
const CODE_LIMITS = { quarter: 10, day: 50 } as const
/** Recovery codes cannot be guessed; this keeps the database from being asked without end. */
const RECOVERY_LIMIT = 20
/** Sign-ins begun at a provider or with a passkey from one address in 15 minutes: an office may have one address. */
const START_LIMIT = 300

/** The account comes last: what one address has no right to any more must not use up what everybody shares. */
function signInLimits(email: string, address: string): [Limit, Limit, Limit] {
  const account = sha256(email).toString('base64url')
  const from = networkOf(address)
  return [
    { key: `address:${from}`, attempts: LIMITS.address, windowMs: WINDOW_MS },
    { key: `pair:${account}:${from}`, attempts: LIMITS.pair, windowMs: WINDOW_MS },
    { key: `account:${account}`, attempts: LIMITS.account, windowMs: WINDOW_MS },
  ]
}

/** Guesses at the code of an account's authenticator app. */
export function codeLimits(userId: number): Limit[] {
  return [
    { key: `code:${userId}`, attempts: CODE_LIMITS.quarter, windowMs: WINDOW_MS },
    { key: `code-day:${userId}`, attempts: CODE_LIMITS.day, windowMs: DAY_MS },
  ]
}

/** Guesses at the recovery codes of an account; apart from the others, so that these stay a way in. */
export function recoveryLimits(userId: number): Limit[] {
  return [{ key: `recovery:${userId}`, attempts: RECOVERY_LIMIT, windowMs: WINDOW_MS }]
}

/**
 * Uses of a one-time link, apart from sign-ins: a bad link keeps nobody at the address from signing in. A link is too
 * long to be guessed from many addresses, so that there is no limit over all of them, which would lock its holder out.
 */
export function linkLimits(link: string, address: string): Limit[] {
  const from = networkOf(address)
  return [
    { key: `link-address:${from}`, attempts: LIMITS.address, windowMs: WINDOW_MS },
    { key: `link:${sha256(link).toString('base64url')}:${from}`, attempts: LIMITS.pair, windowMs: WINDOW_MS },
  ]
}

/** What nobody is asked for and yet costs a row or a request to somebody else, such as starting a sign-in. */
export function startLimits(kind: 'oidc' | 'passkey', address: string): Limit[] {
  return [{ key: `${kind}:${networkOf(address)}`, attempts: START_LIMIT, windowMs: WINDOW_MS }]
}

/** Whoever has one IPv6 address has the 2^64 of its network: they count as one. */
function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (mapped !== undefined && isIPv4(mapped)) return mapped
  const [bare = address] = address.split('%', 1)
  if (!isIPv6(bare)) return address
  const [head = '', tail = ''] = bare.split('::')
  const groups = head.split(':').filter((group) => group !== '')
  const rest = tail.split(':').filter((group) => group !== '')
  const zeros = bare.includes('::') ? Array.from({ length: 8 - groups.length - rest.length }, () => '0') : []
  return [...groups, ...zeros, ...rest].slice(0, 4).join(':')
}

/**
 * Counts an attempt before it is made, and throws 429 with the time to wait at the first limit that is exceeded; the
 * limits after it are not touched. A burst of attempts at once is counted like one after the other. Counts lie in the
 * database, for all processes.
 */
export async function countAgainst(db: Db, limits: readonly Limit[], now: Date): Promise<void> {
  for (const { key, attempts, windowMs } of limits) {
    const window_ends_at = new Date(now.getTime() + windowMs)
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
    if (counted.failures <= attempts) continue
    throw tooMany(Math.max(1, Math.ceil((counted.window_ends_at.getTime() - now.getTime()) / 1000)))
  }
}

/** The attempt was good: it counts no more. */
export async function uncount(db: Db, limits: readonly Limit[]): Promise<void> {
  await db
    .updateTable('throttle')
    .set({ failures: sql<number>`greatest(failures - 1, 0)` })
    .where(
      'key',
      'in',
      limits.map(({ key }) => key),
    )
    .execute()
}

/** Counts an attempt to sign in by a password as `countAgainst` does. */
export async function countAttempt(db: Db, email: string, address: string, now: Date): Promise<void> {
  await countAgainst(db, signInLimits(email, address), now)
}

/** After a success: the account starts anew from this address, and the attempt counts for nobody else. */
export async function forgetAttempt(db: Db, email: string, address: string, now: Date): Promise<void> {
  const [fromAddress, pair, account] = signInLimits(email, address)
  await uncount(db, [fromAddress, account])
  await db
    .deleteFrom('throttle')
    .where((where) => where.or([where('key', '=', pair.key), where('window_ends_at', '<', now)]))
    .execute()
}

/** Clears away counts whose time is over. */
export async function forgetOver(db: Db, now: Date): Promise<void> {
  await db.deleteFrom('throttle').where('window_ends_at', '<=', now).execute()
}

function tooMany(seconds: number): AppError {
  const wait = seconds > 90 ? `${Math.ceil(seconds / 60)} minutes` : `${seconds} seconds`
  return new AppError('too_many_requests', `Too many sign-ins failed. Wait ${wait}, then try again.`, {
    retryAfterSeconds: seconds,
  })
}
