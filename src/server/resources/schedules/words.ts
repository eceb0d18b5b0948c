import type { Timing } from '#api/contract/schedules.ts'

import { toCron, weekdaysOf } from './timing.ts'

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const DAYS_OF_SHORTEST_MONTH = 28
const DAYS_OF_LONGEST_MONTH = 31

/** `every day at 02:00 (Europe/Berlin)` */
export function inWords(timing: Timing, timeZone: string): string {
  return `${phrase(timing)} (${timeZone})`
}

function phrase(timing: Timing): string {
  switch (timing.kind) {
    case 'hourly':
      return `every hour at minute ${timing.minute}`
    case 'daily':
      return `every day at ${timing.time}`
    case 'weekly':
      return `every ${weekdayNames(timing)} at ${timing.time}`
    case 'monthly':
      return `every month on ${dayName(timing.day)} at ${timing.time}`
    case 'cron':
      return cronPhrase(toCron(timing))
  }
}

function weekdayNames(timing: Extract<Timing, { kind: 'weekly' }>): string {
  const days = weekdaysOf(timing)
  if (days.length === WEEKDAYS.length) return 'day'
  // Weeks are read from Monday.
  const fromMonday = [...days.filter((day) => day > 0), ...days.filter((day) => day === 0)]
  return new Intl.ListFormat('en').format(fromMonday.map((day) => WEEKDAYS[day] ?? ''))
}

function dayName(day: number): string {
  if (day === DAYS_OF_LONGEST_MONTH) return 'its last day'
  return day > DAYS_OF_SHORTEST_MONTH ? `day ${day}, or its last day,` : `day ${day}`
}

/** The simplest expressions are told in words; all others by themselves. */
function cronPhrase(cron: string): string {
  const daily = /^(\d+) (\d+) \* \* \*$/.exec(cron)
  if (daily !== null) return `every day at ${daily[2]?.padStart(2, '0')}:${daily[1]?.padStart(2, '0')}`
  const hourly = /^(\d+) \* \* \* \*$/.exec(cron)
  if (hourly !== null) return `every hour at minute ${Number(hourly[1])}`
  return `by the cron expression ${cron}`
}
