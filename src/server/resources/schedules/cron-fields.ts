import { Cron } from 'croner'

/** A run is a whole backup: more often than this, one would begin before the last one ended. */
const MINUTES_BETWEEN_RUNS = 5
const DAY_MINUTES = 1_440
const HOURS = 24
const FIELDS = 5

/** The times of day that a cron expression names. */
export interface TimesOfDay {
  minutes: number[]
  hours: number[]
  /** It names every hour: then it counts hours as they pass, whatever the clock on the wall does. */
  isEveryHour: boolean
}

/** The expression with single blanks between its fields. */
export function normalCron(cron: string): string {
  return cron.trim().split(/\s+/).join(' ')
}

/** Minutes and hours of a valid expression, in order. */
export function timesOfDay(cron: string): TimesOfDay {
  const [minute = '*', hour = '*'] = cron.split(' ')
  const hours = valuesOf(hour, HOURS - 1)
  return { minutes: valuesOf(minute, 59), hours, isEveryHour: hours.length === HOURS }
}

/**
 * The expression in the form that croner (option `fixedTimeRule: no-wildcard`) treats as the contract says: lists of
 * minutes and hours are times of the wall clock, run once each day; with `*` as hour it runs in each hour that passes.
 */
export function effectivePattern(cron: string): string {
  const { minutes, hours, isEveryHour } = timesOfDay(cron)
  const days = cron.split(' ').slice(2)
  return [minutes.join(','), isEveryHour ? '*' : hours.join(','), ...days].join(' ')
}

/** What is wrong with an expression, in a sentence; undefined where it can be used. */
export function cronFault(cron: string): string | undefined {
  const count = cron.split(' ').length
  if (count !== FIELDS) {
    return `A cron expression has five fields (minute, hour, day of month, month, weekday); this one has ${count}.`
  }
  try {
    const pattern = new Cron(cron, { mode: '5-part', timezone: 'UTC' })
    const shortest = shortestGapMinutes(timesOfDay(cron))
    if (shortest < MINUTES_BETWEEN_RUNS) {
      return `It would run ${shortest === 1 ? 'every minute' : `after ${shortest} minutes`}. Leave at least ${MINUTES_BETWEEN_RUNS} minutes between two runs.`
    }
    return pattern.nextRun() === null ? 'It would never run: no date fits it.' : undefined
  } catch (error) {
    const detail = error instanceof Error ? error.message.replace(/^Cron\w+: /, '') : 'it cannot be read'
    return `This is not a cron expression: ${detail.replace(/\.$/, '')}.`
  }
}

function shortestGapMinutes({ minutes, hours }: TimesOfDay): number {
  const times = hours.flatMap((hour) => minutes.map((minute) => hour * 60 + minute))
  const [first = 0] = times
  return Math.min(...times.map((time, at) => (times[at + 1] ?? first + DAY_MINUTES) - time))
}

/** Values of one field: `*`, `5`, `1-5`, `0-30/10`, and lists of those. */
function valuesOf(field: string, max: number): number[] {
  const values = new Set<number>()
  for (const part of field.split(',')) {
    const [range = '*', step = '1'] = part.split('/')
    const isAll = range === '*' || range === '?'
    const [from = '0', to = from] = isAll ? ['0', String(max)] : range.split('-')
    for (let value = Number(from); value <= Number(to); value += Number(step)) values.add(value)
  }
  return [...values].toSorted((a, b) => a - b)
}
