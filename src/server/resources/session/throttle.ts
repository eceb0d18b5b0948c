import { sql } from 'kysely'

import { sha256 } from '../../credentials.ts'
import type { Db } from '../../db/connection.ts'
import { AppError } from '../../errors.ts'
import { addressGroup, addressSite } from '../../security/networks.ts'
import { isKnownPlace } from './sign-in-places.ts'

const WINDOW_MS = 15 * 60_000
const DAY_MS = 86_400_000

/** So many attempts under one key within a time that begins with the first of them. */
export interface Limit {
  key: string
  attempts: number
  windowMs: number
  /** What there was too much of, as a sentence for whoever has to wait. */
  tooMany: string
}

/** Of a sign-in and of a proof alike: they are counted together. */
const PASSWORDS_FAILED = 'Too many passwords were wrong.'
const CODES_FAILED = 'Too many codes were wrong.'
const LINKS_FAILED = 'Too many links that are not valid were used.'
const LINK_USED = 'This link was used too often at once.'
const SIGN_INS_BEGUN = 'Too many sign-ins were begun from this address.'

/**
 * Failures allowed in 15 minutes: for an account from one address, for an account from one /56 of IPv6, for one address,
 * for an account from anywhere.
 */
const LIMITS = { pair: 5, site: 20, address: 30, account: 100 } as const

/**
 * Guesses at six digits by somebody who has the password already: three codes of a million are right at any time, so
 * that fifty guesses a day succeed once in eighteen years.
 */
const CODE_LIMITS = { quarter: 10, day: 50 } as const
/** Recovery codes cannot be guessed; this keeps the database from being asked without end. */
const RECOVERY_LIMIT = 20
/** Sign-ins begun at a provider or with a passkey from one address in 15 minutes: an office may have one address. */
const START_LIMIT = 300

/**
 * What concerns the fewest comes first: what an address has no right to any more uses up neither what others there have a
 * right to, nor what everybody shares. Where somebody signed in to the account before, strangers elsewhere do not count.
 */
async function signInLimits(db: Db, email: string, address: string): Promise<Limit[]> {
  const account = sha256(email).toString('base64url')
  const site = addressSite(address)
  const pair = pairLimit(email, address)
  const own = within(`address:${addressGroup(address)}`, LIMITS.address)
  if (await isKnownPlace(db, email, address)) return [pair, own]
  return [
    pair,
    ...(site === null ? [] : [within(`site:${account}:${site}`, LIMITS.site)]),
    own,
    within(`account:${account}`, LIMITS.account),
  ]
}

function pairLimit(email: string, address: string): Limit {
  return within(`pair:${sha256(email).toString('base64url')}:${addressGroup(address)}`, LIMITS.pair)
}

function within(key: string, attempts: number, tooMany = PASSWORDS_FAILED): Limit {
  return { key, attempts, windowMs: WINDOW_MS, tooMany }
}

/** Guesses at the code of an account's authenticator app. */
export function codeLimits(userId: number): Limit[] {
  return [
    within(`code:${userId}`, CODE_LIMITS.quarter, CODES_FAILED),
    { ...within(`code-day:${userId}`, CODE_LIMITS.day, CODES_FAILED), windowMs: DAY_MS },
  ]
}

/** Guesses at the recovery codes of an account; apart from the others, so that these stay a way in. */
export function recoveryLimits(userId: number): Limit[] {
  return [within(`recovery:${userId}`, RECOVERY_LIMIT, CODES_FAILED)]
}

/**
 * Uses of a one-time link, apart from sign-ins: a bad link keeps nobody at the address from signing in. A link is too
 * long to be guessed from many addresses, so that there is no limit over all of them, which would lock its holder out.
 */
export function linkLimits(link: string, address: string): Limit[] {
  const from = addressGroup(address)
  return [
    within(`link:${sha256(link).toString('base64url')}:${from}`, LIMITS.pair, LINKS_FAILED),
    within(`link-address:${from}`, LIMITS.address, LINKS_FAILED),
  ]
}

/** Uses of a link that is good: hashing a password costs much, and whoever has a link could ask for it without end. */
export function linkUseLimits(link: string): Limit[] {
  return [within(`link-use:${sha256(link).toString('base64url')}`, LIMITS.pair, LINK_USED)]
}

/** What nobody is asked for and yet costs a row or a request to somebody else, such as starting a sign-in. */
export function startLimits(kind: 'oidc' | 'passkey', address: string): Limit[] {
  return [within(`${kind}:${addressGroup(address)}`, START_LIMIT, SIGN_INS_BEGUN)]
}

/**
 * Counts an attempt before it is made, and throws 429 with the time to wait at the first limit that is exceeded. What is
 * refused uses up nothing of the other limits, as nothing was tried. A burst of attempts at once is counted like one
 * after the other. Counts lie in the database, for all processes.
 */
export async function countAgainst(db: Db, limits: readonly Limit[], now: Date): Promise<void> {
  for (const [at, { key, attempts, windowMs, tooMany }] of limits.entries()) {
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
    await uncount(db, limits.slice(0, at))
    throw hasToWait(tooMany, Math.max(1, Math.ceil((counted.window_ends_at.getTime() - now.getTime()) / 1000)))
  }
}

/** The attempt counts no more. Rows are taken in one order, so that two who do this never wait for each other. */
export async function uncount(db: Db, limits: readonly Limit[]): Promise<void> {
  if (limits.length === 0) return
  const keys = limits.map(({ key }) => key)
  await db
    .with('held', (cte) => cte.selectFrom('throttle').select('key').where('key', 'in', keys).orderBy('key').forUpdate())
    .updateTable('throttle')
    .set({ failures: sql<number>`greatest(failures - 1, 0)` })
    .where('key', 'in', (select) => select.selectFrom('held').select('key'))
    .execute()
}

/** Counts a password that is tried, to sign in or as a proof, as `countAgainst` does. */
export async function countAttempt(db: Db, email: string, address: string, now: Date): Promise<void> {
  await countAgainst(db, await signInLimits(db, email, address), now)
}

/** After a success: the account starts anew from this address, and the attempt counts for nobody else. */
export async function forgetAttempt(db: Db, email: string, address: string): Promise<void> {
  const pair = pairLimit(email, address)
  const others = (await signInLimits(db, email, address)).filter(({ key }) => key !== pair.key)
  await uncount(db, others)
  await db.deleteFrom('throttle').where('key', '=', pair.key).execute()
}

/** Clears away counts whose time is over. */
export async function forgetOver(db: Db, now: Date): Promise<void> {
  const isOver = sql<boolean>`key in (select key from metadeck.throttle where window_ends_at <= ${now} for update skip locked)`
  await db.deleteFrom('throttle').where(isOver).execute()
}

function hasToWait(reason: string, seconds: number): AppError {
  const wait = seconds > 90 ? `${Math.ceil(seconds / 60)} minutes` : `${seconds} seconds`
  return new AppError('too_many_requests', `${reason} Wait ${wait}, then try again.`, {
    retryAfterSeconds: seconds,
  })
}
