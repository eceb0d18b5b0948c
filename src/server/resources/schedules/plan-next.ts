import { randomInt } from 'node:crypto'

import { type Plan, runsAfter } from './next-runs.ts'

/** Of the shortest time between two runs, so that a run that is put off stays before the one after it. */
const MINUTE_SECONDS = 60
const JITTER_MAX_SECONDS = 3_600

/** When it runs next: the plain moment, put off by a chance part of the jitter. */
export function planNext(plan: Plan & { jitterSeconds: number }, now: Date): Date | null {
  const [next, following] = runsAfter(plan, now, 2)
  if (next === undefined) return null
  const gapSeconds = following === undefined ? Infinity : (following.getTime() - next.getTime()) / 1_000
  const most = Math.max(0, Math.min(plan.jitterSeconds, JITTER_MAX_SECONDS, gapSeconds - MINUTE_SECONDS))
  return new Date(next.getTime() + randomInt(most + 1) * 1_000)
}

/** The plain moment that a run which was put off belongs to, and those after it up to now. */
export function plainMoments(plan: Plan, putOffTo: Date, now: Date): Date[] {
  const from = new Date(putOffTo.getTime() - JITTER_MAX_SECONDS * 1_000 - 1_000)
  const early = runsAfter(plan, from, EARLY_MAX).filter((at) => at <= putOffTo)
  const meant = early.at(-1) ?? putOffTo
  return [meant, ...runsAfter(plan, putOffTo, MISSED_COUNTED_MAX).filter((at) => at <= now)]
}

/** Runs that fit into the longest jitter, at one every minute. */
const EARLY_MAX = 62
/** Beyond that, "many" says as much as a number. */
export const MISSED_COUNTED_MAX = 100
