import { type Selectable, sql } from 'kysely'

import type { ScheduleTable } from '../../db/tables.ts'
import type { JobDeps } from '../../jobs/run.ts'
import { runsAfter } from './next-runs.ts'
import { planNext } from './plan-next.ts'

/** However long the jitter is, a run is put off by no more. */
const JITTER_MAX_MS = 3_600_000
const BATCH = 500

type Planned = Pick<Selectable<ScheduleTable>, 'id' | 'timing' | 'time_zone' | 'jitter_seconds' | 'next_run_at'>

/**
 * Plans schedules anew whose next run is later than their times say: it was planned by a clock that was put back since,
 * or by rules of a time zone that changed. They would not run for as long as the clock was wrong, and nobody would be
 * told.
 */
export async function replanSchedules(deps: JobDeps): Promise<void> {
  for (let after = 0; ;) {
    const schedules = await deps.connection.db
      .selectFrom('schedule')
      .select(['id', 'timing', 'time_zone', 'jitter_seconds', 'next_run_at'])
      .where('is_paused', '=', false)
      .where('next_run_at', '>', new Date(deps.now().getTime() + JITTER_MAX_MS))
      .where('id', '>', after)
      .orderBy('id')
      .limit(BATCH)
      .execute()
    for (const schedule of schedules) {
      await replan(deps, schedule).catch((error: unknown) =>
        deps.log.warn({ err: error, scheduleId: schedule.id }, 'a schedule could not be planned anew'),
      )
    }
    const last = schedules.at(-1)
    if (last === undefined || schedules.length < BATCH) return
    after = last.id
  }
}

async function replan({ connection: { db }, hub, log, now }: JobDeps, schedule: Planned): Promise<void> {
  const { id, timing, time_zone: timeZone, jitter_seconds: jitterSeconds, next_run_at: planned } = schedule
  const [first] = runsAfter({ timing, timeZone }, now(), 1)
  if (first === undefined || planned === null || planned.getTime() <= first.getTime() + JITTER_MAX_MS) return
  const next = planNext({ timing, timeZone, jitterSeconds }, now())
  const changed = await db
    .updateTable('schedule')
    .set({ next_run_at: next })
    .where('id', '=', id)
    .where('is_paused', '=', false)
    // Saved meanwhile, it was planned meanwhile.
    .where(sql<boolean>`date_trunc('milliseconds', next_run_at) = ${planned}`)
    .returning('id')
    .executeTakeFirst()
  if (changed === undefined) return
  log.warn({ scheduleId: id, from: planned, to: next }, 'a schedule was planned too far ahead, and was planned anew')
  await hub.publish(db, { type: 'changed', resource: 'schedules', id })
}
