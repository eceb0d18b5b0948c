import type { Timing } from '#api/contract/schedules.ts'

import { invalidInput } from '../../errors.ts'
import { cronFault, normalCron, timesOfDay } from './cron-fields.ts'
import { isTimeZone } from './local-clock.ts'

/** The longest day number that every month has; a later one means the last day of months that are shorter. */
const DAYS_OF_SHORTEST_MONTH = 28
const DAYS_OF_LONGEST_MONTH = 31

/** The timing as a cron expression. For day 29 and 30 it leaves out shorter months, which `cronsOf` does not. */
export function toCron(timing: Timing): string {
  switch (timing.kind) {
    case 'hourly':
      return `${timing.minute} * * * *`
    case 'daily':
      return `${clock(timing.time)} * * *`
    case 'weekly':
      return `${clock(timing.time)} * * ${weekdaysOf(timing).join(',')}`
    case 'monthly':
      return `${clock(timing.time)} ${timing.day === DAYS_OF_LONGEST_MONTH ? 'L' : timing.day} * *`
    case 'cron':
      return normalCron(timing.cron)
  }
}

/** The expressions that it runs by, one or two: no single one means "day 30, or the last day of February". */
export function cronsOf(timing: Timing): string[] {
  const cron = toCron(timing)
  if (timing.kind !== 'monthly') return [cron]
  if (timing.day <= DAYS_OF_SHORTEST_MONTH || timing.day === DAYS_OF_LONGEST_MONTH) return [cron]
  return [`${clock(timing.time)} ${timing.day} 1,3-12 *`, `${clock(timing.time)} L 2 *`]
}

/** Weekdays of a weekly timing, each once, Sunday first. */
export function weekdaysOf({ weekdays }: Extract<Timing, { kind: 'weekly' }>): number[] {
  return [...new Set(weekdays)].toSorted((a, b) => a - b)
}

/** Throws 400 on `timing.cron` or `timeZone` where the server could not run by it. */
export function requireTiming(timing: Timing, timeZone: string): void {
  if (!isTimeZone(timeZone)) {
    throw invalidInput(
      'timeZone',
      `There is no time zone "${timeZone}". Use a name of the IANA database, such as Europe/Berlin or UTC.`,
    )
  }
  const fault = timing.kind === 'cron' ? cronFault(normalCron(timing.cron)) : undefined
  if (fault !== undefined) throw invalidInput('timing.cron', fault)
}

function clock(time: string): string {
  const [hour = '0', minute = '0'] = time.split(':')
  return `${Number(minute)} ${Number(hour)}`
}

/** The same with the last time of each day only. */
export function lastRunOfEachDay(timing: Timing): Timing {
  const cron = toCron(timing)
  if (timing.kind !== 'hourly' && timing.kind !== 'cron') return timing
  const { minutes, hours } = timesOfDay(cron)
  const days = cron.split(' ').slice(2)
  return { kind: 'cron', cron: [minutes.at(-1) ?? 0, hours.at(-1) ?? 0, ...days].join(' ') }
}
