import { Cron } from 'croner'

import { timesOfDay } from './cron-fields.ts'
import type { Plan } from './next-runs.ts'
import { cronsOf } from './timing.ts'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
/** Days with runs that are looked at: more than a year of monthly ones. */
const DAYS = 14

/** The longest time between two runs in milliseconds, counted in days of 24 hours. */
export function longestGapMs({ timing }: Plan, now: Date): number {
  const [cron = ''] = cronsOf(timing)
  const { minutes, hours } = timesOfDay(cron)
  const times = hours.flatMap((hour) => minutes.map((minute) => (hour * 60 + minute) * MINUTE_MS))
  const [first = 0, last = first] = [times[0], times.at(-1)]
  const withinDay = times.slice(1).map((time, at) => time - (times[at] ?? 0))
  const overNight = longestDaysMs(cronsOf(timing), now) - (last - first)
  return Math.max(overNight, ...withinDay)
}

/** The longest time between two days that have runs. */
function longestDaysMs(crons: string[], now: Date): number {
  const ofEachDay = crons.map((cron) => `0 0 ${cron.split(' ').slice(2).join(' ')}`)
  const days = ofEachDay
    .flatMap((cron) => new Cron(cron, { timezone: 'UTC', mode: '5-part' }).nextRuns(DAYS, now))
    .map((day) => day.getTime())
    .toSorted((a, b) => a - b)
    .slice(0, DAYS)
  return Math.max(DAY_MS, ...days.slice(1).map((day, at) => day - (days[at] ?? day)))
}
