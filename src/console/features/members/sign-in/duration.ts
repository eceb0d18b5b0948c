/** Seconds of each unit, the largest last. */
const UNIT_SECONDS = { minutes: 60, hours: 3_600, days: 86_400 } as const
export type DurationUnit = keyof typeof UNIT_SECONDS
export const DURATION_UNITS = ['minutes', 'hours', 'days'] as const satisfies readonly DurationUnit[]

/** A length of time as somebody writes it. */
export interface Duration {
  /** Null while the box is empty. */
  count: number | null
  unit: DurationUnit
}

/** The largest unit in which it is a whole number: 86,400 → 1 day, 5,400 → 90 minutes. */
export function durationOf(seconds: number): Duration {
  const unit = DURATION_UNITS.findLast((one) => seconds % UNIT_SECONDS[one] === 0) ?? 'minutes'
  return { count: seconds / UNIT_SECONDS[unit], unit }
}

/** Whole seconds; NaN while the box is empty. */
export function secondsOf({ count, unit }: Duration): number {
  return count === null ? Number.NaN : Math.round(count * UNIT_SECONDS[unit])
}

/** The unit as it stands behind its number: `day` after 1, `days` after everything else and after an empty box. */
export function unitWord(unit: DurationUnit, count: number | null): string {
  return count === 1 ? unit.slice(0, -1) : unit
}

/** `1 day`, `90 minutes`. */
export function durationWords(seconds: number): string {
  const { count, unit } = durationOf(seconds)
  return `${count} ${unitWord(unit, count)}`
}
