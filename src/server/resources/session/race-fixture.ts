import { type Kysely, sql } from 'kysely'
import { expect } from 'vitest'

import type { Db } from '../../db/connection.ts'
import type { Database } from '../../db/tables.ts'

interface Race<T> {
  /** Takes what the other side will wait for. */
  hold: (trx: Db) => Promise<unknown>
  /** Starts the other side; it is left waiting at what is held. */
  meanwhile: () => Promise<T>
  /** Once it waits; what is changed is there for it when it goes on. */
  change: (trx: Db) => Promise<unknown>
}

/** Lets something begin before a change and end after it. Answers how it ended. */
export async function raceWith<T>(db: Kysely<Database>, { hold, meanwhile, change }: Race<T>): Promise<T> {
  const started = await db.transaction().execute(async (trx) => {
    await hold(trx)
    const answer = meanwhile()
    answer.catch(() => undefined)
    await expect.poll(() => isAnybodyWaiting(db), { timeout: 5_000 }).toBe(true)
    await change(trx)
    return { answer }
  })
  return started.answer
}

async function isAnybodyWaiting(db: Db): Promise<boolean> {
  const { rows } = await sql`select 1 from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`.execute(db)
  return rows.length > 0
}
