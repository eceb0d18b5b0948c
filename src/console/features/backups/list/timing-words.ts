import type { Timing } from '#api/contract/schedules.ts'
import { LONGEST_MONTH, SHORTEST_MONTH, WEEKDAYS } from '#console/lib/weekdays.ts'

/** `every day at 02:00`; a cron expression stands for itself. */
export function timingWords(timing: Timing): string {
  switch (timing.kind) {
    case 'hourly':
      return `every hour at minute ${timing.minute}`
    case 'daily':
      return `every day at ${timing.time}`
    case 'weekly':
      return `${weekdayWords(timing.weekdays)} at ${timing.time}`
    case 'monthly':
      return `every month on ${dayWords(timing.day)} at ${timing.time}`
    case 'cron':
      return `cron ${timing.cron}`
  }
}

function weekdayWords(weekdays: readonly number[]): string {
  const days = WEEKDAYS.filter(({ value }) => weekdays.includes(value))
  if (days.length === WEEKDAYS.length) return 'every day'
  return `every ${new Intl.ListFormat('en').format(days.map(({ name }) => name))}`
}

function dayWords(day: number): string {
  if (day === LONGEST_MONTH) return 'its last day'
  return day > SHORTEST_MONTH ? `day ${day}, or its last day,` : `day ${day}`
}
