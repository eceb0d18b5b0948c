import { Cron } from 'croner'

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
    return pattern.nextRun() === null ? 'It would never run: no date fits it.' : undefined
  } catch (error) {
    const detail = error instanceof Error ? error.message.replace(/^Cron\w+: /, '') : 'it cannot be read'
    return `This is not a cron expression: ${detail.replace(/\.$/, '')}.`
  }
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
