import type { z } from 'zod'

import type { ProbedScope as ProbedScopeSchema, TokenProbe } from '#api/contract/token-usage.ts'
import { formatCount } from '#console/lib/format.ts'

export type ProbedScope = z.infer<typeof ProbedScopeSchema>

export const isAsExpected = ({ expected, actual }: ProbedScope): boolean => expected === actual

/** What came of a probe, in a sentence. */
export function probeWords({ items, refusal }: TokenProbe): string {
  if (refusal !== null) return refusal
  const wrong = items.filter((item) => !isAsExpected(item)).length
  const allowed = items.filter(({ actual }) => actual === 'allowed').length
  const refused = items.filter(({ actual }) => actual === 'refused').length
  return wrong === 0
    ? `All ${formatCount(items.length, 'scope')} answered as expected: ${allowed} let in, ${refused} refused.`
    : `${wrong} of ${formatCount(items.length, 'scope')} did not answer as expected.`
}

/** How the actual verdict came about. */
export function statusWords({ isDry, status }: ProbedScope): string {
  return isDry ? 'guard only' : `HTTP ${status}`
}
