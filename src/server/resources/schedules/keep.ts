import type { Retention, StripItem } from '#api/contract/schedules.ts'

import { localClock } from './local-clock.ts'

/** A backup as retention sees it. */
export interface Kept {
  id: number
  /** The moment of its contents. */
  at: Date
  /** Whole and like those before it: `succeeded` or `warnings`. */
  isGood: boolean
  isPinned: boolean
}

export type KeepReasons = StripItem['keptAs']

const DAY_MS = 86_400_000

/** True where a retention keeps everything. */
export function keepsAll({ last, daily, weekly, monthly }: Retention): boolean {
  return last + daily + weekly + monthly === 0
}

/**
 * Why each backup stays; an empty list = it goes. Pinned ones stay and take no place of others. Of the rest the good
 * ones count: the newest, and the newest of each of the newest days, weeks (from Monday) and months that have one, in
 * the time zone. The last good one always stays, whatever the numbers say.
 */
export function keep(items: readonly Kept[], retention: Retention, timeZone: string): Map<number, KeepReasons> {
  const reasons = new Map<number, KeepReasons>(items.map(({ id, isPinned }) => [id, isPinned ? ['pinned'] : []]))
  const good = items.filter(({ isGood }) => isGood).toSorted((a, b) => b.at.getTime() - a.at.getTime() || b.id - a.id)
  const counted = good.filter(({ isPinned }) => !isPinned)
  const clock = localClock(timeZone)
  const days = new Map(counted.map(({ id, at }) => [id, clock.local(at).slice(0, 10)]))
  const dayOf = ({ id }: Kept): string => days.get(id) ?? ''
  const isKept = (chosen: Kept[], reason: KeepReasons[number]): void => {
    for (const { id } of chosen) reasons.get(id)?.push(reason)
  }
  isKept(keepsAll(retention) ? counted : counted.slice(0, retention.last), 'last')
  isKept(newestOfEach(counted, dayOf).slice(0, retention.daily), 'daily')
  isKept(newestOfEach(counted, (item) => mondayOf(dayOf(item))).slice(0, retention.weekly), 'weekly')
  isKept(newestOfEach(counted, (item) => dayOf(item).slice(0, 7)).slice(0, retention.monthly), 'monthly')
  isKept(good.slice(0, 1), 'last_good')
  return reasons
}

/** The first item of each period; items are newest first, so periods are too. */
function newestOfEach(items: Kept[], periodOf: (item: Kept) => string): Kept[] {
  const newest = new Map<string, Kept>()
  for (const item of items) {
    const period = periodOf(item)
    if (!newest.has(period)) newest.set(period, item)
  }
  return [...newest.values()]
}

/** The Monday of a day's week. */
function mondayOf(localDay: string): string {
  const day = new Date(`${localDay}T00:00:00Z`)
  const sinceMonday = (day.getUTCDay() + 6) % 7
  return new Date(day.getTime() - sinceMonday * DAY_MS).toISOString().slice(0, 10)
}
