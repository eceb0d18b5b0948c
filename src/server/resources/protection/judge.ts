import type { Protection } from '#api/contract/protection.ts'

import { localClock } from '../schedules/local-clock.ts'
import { longestGapMs } from '../schedules/longest-gap.ts'
import type { Facts, ScheduleFact } from './store.ts'

type State = Protection['state']

/** Time that a run may take until its backup is good. */
const GRACE_MS = 30 * 60_000
const MINUTE_MS = 60_000
const WORST_FIRST: readonly State[] = ['unprotected', 'failing', 'late', 'unscheduled', 'paused', 'protected']

/** What protection there is, and how much its schedules want. */
export interface Judgement {
  state: State
  ageMs: number | null
  wantedMs: number | null
}

/** Judges one workspace. Schedules that leave the rows out protect nothing that a restore could bring back. */
export function judge(facts: Facts, now: Date): Judgement {
  const { schedules, lastGood, lastStatus } = facts
  const whole = schedules.filter(({ definitionOnly }) => !definitionOnly)
  const active = whole.filter(({ paused }) => !paused)
  const lastAt = lastGood === null ? null : new Date(lastGood.at)
  const ageMs = lastAt === null ? null : Math.max(0, now.getTime() - lastAt.getTime())
  const wants = active.map((schedule) => ({ schedule, gapMs: gapOf(schedule, now) }))
  const wanted = wants.toSorted((a, b) => a.gapMs - b.gapMs)[0]
  const isLate = wanted !== undefined && !isYoungEnough(lastAt, now, wanted)
  const hasFailed = lastStatus === 'failed' || lastStatus === 'looks_wrong'
  // Its next run fails, as is known today.
  const isRefused = active.some(({ refusal }) => refusal !== null)
  return { state: stateOf(), ageMs, wantedMs: wanted?.gapMs ?? null }

  function stateOf(): State {
    if (lastAt === null && active.length === 0) return 'unprotected'
    if (hasFailed || isRefused) return 'failing'
    if (isLate) return 'late'
    if (active.length > 0) return 'protected'
    return whole.length > 0 ? 'paused' : 'unscheduled'
  }
}

/** Worst first; of equals the oldest, and what has no backup at all before those. */
export function compareJudgements(a: Judgement, b: Judgement): number {
  const byState = WORST_FIRST.indexOf(a.state) - WORST_FIRST.indexOf(b.state)
  return byState === 0 ? (b.ageMs ?? Number.MAX_SAFE_INTEGER) - (a.ageMs ?? Number.MAX_SAFE_INTEGER) : byState
}

function gapOf({ timing, timeZone }: ScheduleFact, now: Date): number {
  return longestGapMs({ timing, timeZone }, now)
}

function isYoungEnough(
  lastAt: Date | null,
  now: Date,
  { schedule, gapMs }: { schedule: ScheduleFact; gapMs: number },
): boolean {
  // One of the future was made by a clock that was put back since, nobody knows when.
  if (lastAt === null || lastAt.getTime() > now.getTime() + GRACE_MS) return false
  const clock = localClock(schedule.timeZone)
  // The day on which clocks are put back has 25 hours.
  const putBackMs = Math.max(0, clock.offsetMinutes(lastAt) - clock.offsetMinutes(now)) * MINUTE_MS
  return now.getTime() - lastAt.getTime() <= gapMs + putBackMs + schedule.jitterSeconds * 1_000 + GRACE_MS
}
