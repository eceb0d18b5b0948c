import { formatCount } from '#console/lib/format.ts'

export const LIFE_UNITS = ['days', 'hours', 'minutes', 'seconds'] as const
export type LifeUnit = (typeof LIFE_UNITS)[number]

const SECONDS: Record<LifeUnit, number> = { days: 86_400, hours: 3_600, minutes: 60, seconds: 1 }

/** A length of time as a form holds it. */
export interface LifeAmount {
  count: number | null
  unit: LifeUnit
}

/** In the largest unit that it is a whole number of. */
export function toAmount(seconds: number): LifeAmount & { count: number } {
  const unit = LIFE_UNITS.find((one) => seconds % SECONDS[one] === 0) ?? 'seconds'
  return { count: seconds / SECONDS[unit], unit }
}

/** Undefined where there is no number. */
export const toSeconds = ({ count, unit }: LifeAmount): number | undefined =>
  count === null ? undefined : count * SECONDS[unit]

/** `7 days`, `1 hour`. */
export function lifeWords(seconds: number): string {
  const { count, unit } = toAmount(seconds)
  return formatCount(count, unit.slice(0, -1))
}
