import { sql } from 'kysely'

import type { Db } from '../db/connection.ts'
import type { Buckets } from './buckets.ts'

/** Books by the name under which the processes share them. */
export type SharedBuckets = Readonly<Record<string, Buckets>>

/** Keys of each book that one round tells; the others wait for the next. */
const KEYS_PER_ROUND = 500
/** A row that nobody added to for this long says nothing any more. */
const KEPT_MS = 10 * 60_000

/**
 * One round: adds what was used here to the totals in the database, and charges here what the other processes used
 * since the last round. One statement, and none where nothing was busy. A failed round is made up by the next.
 */
export async function shareUse(db: Db, books: SharedBuckets, now: Date): Promise<void> {
  const told = Object.entries(books).map(([name, book]) => ({ name, book, uses: book.takeUnsent(KEYS_PER_ROUND) }))
  const sent = new Map(told.flatMap(({ name, uses }) => uses.map(({ key, used }) => [`${name} ${key}`, used] as const)))
  if (sent.size === 0) return
  try {
    const totals = await addUse(db, sent, now)
    for (const { name, book, uses } of told) {
      for (const { key, used } of uses) book.settle(key, totals.get(`${name} ${key}`) ?? used, used)
    }
  } catch (error) {
    for (const { book, uses } of told) book.giveBack(uses)
    throw error
  }
}

async function addUse(db: Db, sent: ReadonlyMap<string, number>, now: Date): Promise<ReadonlyMap<string, number>> {
  const keys = [...sent.keys()]
  const uses = [...sent.values()]
  // In order of the keys: two processes that add to the same rows wait for each other, and never in a circle.
  const { rows } = await sql<{ key: string; used: number }>`
    insert into metadeck.rate_limit as known (key, used, changed_at)
    select key, used, ${now}::timestamptz from unnest(${keys}::text[], ${uses}::bigint[]) as sent (key, used) order by key
    on conflict (key) do update set used = known.used + excluded.used, changed_at = excluded.changed_at
    returning key, used`.execute(db)
  return new Map(rows.map(({ key, used }) => [key, used]))
}

/** Clears away rows of keys that went quiet. */
export async function forgetQuietUse(db: Db, now: Date): Promise<void> {
  await sql`delete from metadeck.rate_limit where changed_at < ${new Date(now.getTime() - KEPT_MS)}`.execute(db)
}
