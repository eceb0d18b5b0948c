import { createHash, timingSafeEqual } from 'node:crypto'

import { sql } from 'kysely'

import type { Db } from '../../db/connection.ts'
import { AppError } from '../../errors.ts'

const GUESSES_MAX = 5
const WINDOW_MS = 10 * 60_000

/**
 * Counts a guess of a schedule's password before it is looked at, for all processes; throws 429 with the time to wait
 * after too many wrong ones.
 */
export async function countGuess(db: Db, scheduleId: number, now: Date): Promise<void> {
  const ends = new Date(now.getTime() + WINDOW_MS)
  // One that ends much later than any could was begun by a clock that was wrong.
  const never = new Date(ends.getTime() + WINDOW_MS)
  const isOver = sql<boolean>`(throttle.window_ends_at <= ${now} or throttle.window_ends_at > ${never})`
  const counted = await db
    .insertInto('throttle')
    .values({ key: keyOf(scheduleId), failures: 1, window_ends_at: ends })
    .onConflict((conflict) =>
      conflict.column('key').doUpdateSet({
        failures: sql<number>`case when ${isOver} then 1 else throttle.failures + 1 end`,
        window_ends_at: sql<Date>`case when ${isOver} then ${ends} else throttle.window_ends_at end`,
      }),
    )
    .returning(['failures', 'window_ends_at'])
    .executeTakeFirstOrThrow()
  if (counted.failures <= GUESSES_MAX) return
  const seconds = Math.max(1, Math.ceil((counted.window_ends_at.getTime() - now.getTime()) / 1_000))
  throw new AppError(
    'too_many_requests',
    `Too many wrong passwords for this schedule. Wait ${Math.ceil(seconds / 60)} minutes, then try again.`,
    { retryAfterSeconds: seconds },
  )
}

/** After the right one. */
export async function forgetGuesses(db: Db, scheduleId: number): Promise<void> {
  await db.deleteFrom('throttle').where('key', '=', keyOf(scheduleId)).execute()
}

/** Compares in a time that tells nothing of where they differ. */
export function isSame(guess: string, password: string): boolean {
  return timingSafeEqual(digest(guess), digest(password))
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text, 'utf8').digest()
}

function keyOf(scheduleId: number): string {
  return `schedule-password:${scheduleId}`
}
