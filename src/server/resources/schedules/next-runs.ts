import { Cron } from 'croner'

import type { ComingRun, Timing } from '#api/contract/schedules.ts'

import { effectivePattern, timesOfDay } from './cron-fields.ts'
import { localClock } from './local-clock.ts'
import { cronsOf } from './timing.ts'

const COMING = 5

/** When something runs: a timing that `requireTiming` let through, in a time zone. */
export interface Plan {
  timing: Timing
  timeZone: string
}

/**
 * The next moments after `after`, in order. A wall clock time that a day does not have is run at the first moment it
 * does have; one that comes twice is run at the first. What runs every hour runs in each hour that passes.
 */
export function runsAfter({ timing, timeZone }: Plan, after: Date, count: number): Date[] {
  return merged(cronsOf(timing).map((cron) => cronIn(cron, timeZone).nextRuns(count, after))).slice(0, count)
}

/** The last moments before `before`, in order. */
export function runsBefore({ timing, timeZone }: Plan, before: Date, count: number): Date[] {
  return merged(cronsOf(timing).map((cron) => cronIn(cron, timeZone).previousRuns(count, before))).slice(-count)
}

/** The next five runs with what a reader of clocks should know. */
export function comingRuns(plan: Plan, now: Date): ComingRun[] {
  const clock = localClock(plan.timeZone)
  const isByHour = timesOfDay(cronsOf(plan.timing)[0] ?? '').isEveryHour
  let offsetBefore = clock.offset(now)
  return runsAfter(plan, now, COMING).map((at) => {
    const offset = clock.offset(at)
    const note = noteOf(at)
    offsetBefore = offset
    return { at: at.toISOString(), local: clock.local(at), offset, note }
  })

  function noteOf(at: Date): ComingRun['note'] {
    if (!isByHour && isAfterGap(at)) return 'skipped'
    if (!isByHour && clock.comesAgain(at)) return 'repeated'
    return clock.offset(at) === offsetBefore ? null : 'offset_changes'
  }

  /** The clock jumped over one of the times of day to this moment. */
  function isAfterGap(at: Date): boolean {
    const jump = clock.jumpMinutes(at)
    if (jump === 0) return false
    const local = clock.local(at)
    const minute = Number(local.slice(11, 13)) * 60 + Number(local.slice(14, 16))
    return cronsOf(plan.timing).some((cron) => {
      const { hours, minutes } = timesOfDay(cron)
      return hours.some((hour) => minutes.some((m) => hour * 60 + m >= minute - jump && hour * 60 + m < minute))
    })
  }
}

function cronIn(cron: string, timezone: string): Cron {
  return new Cron(effectivePattern(cron), { timezone, mode: '5-part', fixedTimeRule: 'no-wildcard' })
}

function merged(lists: Date[][]): Date[] {
  const times = new Set(lists.flat().map((at) => at.getTime()))
  return [...times].toSorted((a, b) => a - b).map((time) => new Date(time))
}
