import type { Retention, StripItem } from '#api/contract/schedules.ts'

import type { Db } from '../../db/connection.ts'
import { keep, keepsAll, type Kept } from './keep.ts'
import { listRemovable } from './kept-as.ts'
import { longestGapMs } from './longest-gap.ts'
import { type Plan, runsAfter, runsBefore } from './next-runs.ts'
import { lastRunOfEachDay } from './timing.ts'

const DAY_MS = 86_400_000
/** More than that nobody looks at, and it would take too long to work out. */
const RUNS_MAX = 800
/** Where everything stays, there is no end to show. */
const RUNS_SHOWN_OF_ALL = 30

/** What would lie there after a long time of good runs, newest first. */
export function comingStrip(plan: Plan, retention: Retention, now: Date): StripItem[] {
  const items = simulate(plan, retention, now).map((at, index): Kept => ({
    id: index,
    at,
    isGood: true,
    isPinned: false,
  }))
  const reasons = keep(items, retention, plan.timeZone)
  return items
    .map(({ id, at }) => ({ id: null, at: at.toISOString(), keptAs: reasons.get(id) ?? [] }))
    .filter(({ keptAs }) => keptAs.length > 0)
    .toReversed()
}

/** What lies there now of a schedule's runs, newest first, as this retention sees it; an empty list = it goes. */
export async function presentStrip(
  db: Db,
  scheduleId: number,
  { retention, timeZone }: { retention: Retention; timeZone: string },
): Promise<StripItem[]> {
  const backups = (await listRemovable(db, [scheduleId])).filter(({ isGood, isPinned }) => isGood || isPinned)
  const reasons = keep(backups, retention, timeZone)
  return backups
    .toSorted((a, b) => b.at.getTime() - a.at.getTime())
    .map(({ id, at }) => ({ id, at: at.toISOString(), keptAs: reasons.get(id) ?? [] }))
}

/**
 * Moments of runs, oldest first, that are enough to tell what stays: each one at the end of the time, and before that
 * the last of each day, which is the only one of its day that days, weeks and months look at.
 */
function simulate(plan: Plan, retention: Retention, now: Date): Date[] {
  if (keepsAll(retention)) return runsAfter(plan, now, RUNS_SHOWN_OF_ALL)
  const { last, daily, weekly, monthly } = retention
  const gapDays = Math.max(1, longestGapMs(plan, now) / DAY_MS)
  const days = Math.max(daily * gapDays, weekly * Math.max(7, gapDays), monthly * Math.max(31, gapDays), last * gapDays)
  // A month more, so that the end lies beyond everything that is counted.
  const shownDays = Math.min(RUNS_MAX, Math.ceil(days + 31))
  const end = new Date(now.getTime() + shownDays * DAY_MS)
  const newest = runsBefore(plan, end, Math.min(RUNS_MAX, last + 1))
  const ofDays = runsBefore({ ...plan, timing: lastRunOfEachDay(plan.timing) }, end, shownDays)
  const times = new Set([...newest, ...ofDays].map((at) => at.getTime()))
  return [...times]
    .filter((time) => time > now.getTime())
    .toSorted((a, b) => a - b)
    .map((time) => new Date(time))
}
