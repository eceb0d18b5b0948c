import type { Protection } from '#api/contract/protection.ts'
import { formatUtcDay } from '#console/lib/format-time.ts'

type Run = Protection['calendar'][number]

export interface CalendarDay {
  /** `2026-11-20`, in UTC. */
  day: string
  /** Day of the month. */
  number: number
  isToday: boolean
  run: Run | undefined
}

const DAY_MS = 86_400_000
/** Days that the server tells of (`contract/protection.ts`). */
const DAYS = 35
const WEEK = 7

const isoDay = (ms: number): string => new Date(ms).toISOString().slice(0, 10)

/** The last 35 days in weeks from Monday, oldest first; null before the first and after today. */
export function calendarWeeks(calendar: readonly Run[], now: Date): (CalendarDay | null)[][] {
  const runs = new Map(calendar.map((run) => [run.day, run]))
  const today = Date.parse(isoDay(now.getTime()))
  const days = Array.from({ length: DAYS }, (_, index): CalendarDay => {
    const at = today - (DAYS - 1 - index) * DAY_MS
    const day = isoDay(at)
    return { day, number: new Date(at).getUTCDate(), isToday: at === today, run: runs.get(day) }
  })
  const first = (new Date(today - (DAYS - 1) * DAY_MS).getUTCDay() + 6) % WEEK
  const cells = [...Array.from<null>({ length: first }).fill(null), ...days]
  while (cells.length % WEEK !== 0) cells.push(null)
  return Array.from({ length: cells.length / WEEK }, (_, week) => cells.slice(week * WEEK, (week + 1) * WEEK))
}

/** `20 Nov`, of a day in UTC. */
export const dayName = (day: string): string => formatUtcDay(new Date(day))

/** Where an arrow leads among the places of the days that had runs; the same place where nothing lies there. */
export function placeByKey(places: readonly number[], from: number, key: string): number {
  const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -WEEK, ArrowDown: WEEK }
  if (key === 'Home') return places[0] ?? from
  if (key === 'End') return places.at(-1) ?? from
  const step = steps[key]
  if (step === undefined) return from
  const target = from + step
  const beyond = step < 0 ? places.findLast((place) => place <= target) : places.find((place) => place >= target)
  return beyond ?? from
}
