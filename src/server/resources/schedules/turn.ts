import { sql } from 'kysely'

import type { Db } from '../../db/connection.ts'

/** What is done from time to time, by one of all processes. */
export type Turn = 'upkeep' | 'stray_objects' | { schedule: number; work: 'verify' | 'drill' }

/** Clocks of several processes differ by less. */
const SKEW_MS = 60_000

/**
 * True for the one who asks first after `everyMs`: the work is then its own, and counts as done. A last time that is
 * still to come was written by a clock that was wrong, and counts for nothing.
 */
export async function takeTurn(db: Db, turn: Turn, everyMs: number, now: Date): Promise<boolean> {
  const value = JSON.stringify({ at: now.toISOString() })
  const before = new Date(now.getTime() - everyMs)
  // Most who ask are too early: looking first writes nothing for them.
  const last = await db.selectFrom('setting').select('value').where('key', '=', keyOf(turn)).executeTakeFirst()
  const lastAt = last === undefined ? undefined : new Date(String(last.value['at']))
  if (lastAt !== undefined && lastAt > before && lastAt <= new Date(now.getTime() + SKEW_MS)) return false
  const taken = await db
    .insertInto('setting')
    .values({ key: keyOf(turn), value })
    .onConflict((conflict) =>
      conflict.column('key').doUpdateSet({ value }).where(sql<boolean>`((setting.value->>'at')::timestamptz <= ${before}
          or (setting.value->>'at')::timestamptz > ${new Date(now.getTime() + SKEW_MS)})`),
    )
    .returning('key')
    .executeTakeFirst()
  return taken !== undefined
}

/** Nothing stays of a schedule that is deleted. */
export async function forgetTurns(db: Db, scheduleId: number): Promise<void> {
  const keys = (['verify', 'drill'] as const).map((work) => keyOf({ schedule: scheduleId, work }))
  await db.deleteFrom('setting').where('key', 'in', keys).execute()
}

function keyOf(turn: Turn): string {
  if (turn === 'upkeep') return 'schedules.upkeep'
  if (turn === 'stray_objects') return 'files.stray_objects'
  return `schedule.${turn.schedule}.${turn.work}`
}
