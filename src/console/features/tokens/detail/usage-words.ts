import type { TokenUsage } from '#api/contract/token-usage.ts'
import { formatUtcDay } from '#console/lib/format-time.ts'
import { formatCount, formatNumber } from '#console/lib/format.ts'

type Day = TokenUsage['byDay'][number]

export function sumCalls(days: readonly Pick<Day, 'calls' | 'errors'>[]): { calls: number; errors: number } {
  return days.reduce((sum, day) => ({ calls: sum.calls + day.calls, errors: sum.errors + day.errors }), {
    calls: 0,
    errors: 0,
  })
}

/** `20 Nov: 12 calls, 1 failed`. */
export function dayWords({ day, calls, errors }: Day): string {
  const date = formatUtcDay(new Date(`${day}T00:00:00Z`))
  return `${date}: ${formatCount(calls, 'call')}${errors === 0 ? '' : `, ${errors} failed`}`
}

/** The chart in words: what stands out in it. */
export function chartWords(days: readonly Day[]): string {
  const busiest = days.reduce<Day | undefined>((top, day) => (day.calls > (top?.calls ?? 0) ? day : top), undefined)
  const { calls, errors } = sumCalls(days)
  const sum = `${formatCount(calls, 'call')} in ${formatCount(days.length, 'day')}, ${formatNumber(errors)} failed`
  return busiest === undefined ? sum : `${sum}; the most on ${dayWords(busiest)}`
}

/** A round number at or above the most calls of a day, for the chart's scale. */
export function scaleTop(most: number): number {
  if (most <= 5) return 5
  const power = 10 ** Math.floor(Math.log10(most))
  const step = [1, 2, 5, 10].find((factor) => factor * power >= most) ?? 10
  return step * power
}

const ANSWERS: Partial<Record<number, string>> = {
  400: 'not understood',
  401: 'not let in',
  403: 'not allowed',
  404: 'not found',
  409: 'in conflict',
  429: 'too many calls',
  500: 'server error',
  503: 'not ready',
}

/** `403, not allowed`. */
export function failureWords(status: number): string {
  const words = ANSWERS[status]
  return words === undefined ? String(status) : `${status}, ${words}`
}
