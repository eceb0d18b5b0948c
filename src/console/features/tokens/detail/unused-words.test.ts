import { describe, expect, it } from 'vitest'

import { inDays, tokenWith } from '../token-fixture.ts'
import { adviceWords, unusedTitle, type UseOf } from './unused-words.ts'

/** A token in use as the test says, counted for so many of the 30 days. */
function used(calls: number, countedDays: number, usedScopes: UseOf['usage']['usedScopes'] = []): UseOf {
  const byDay = [
    { day: inDays(-29).slice(0, 10), calls: 0, errors: 0 },
    { day: inDays(0).slice(0, 10), calls, errors: 0 },
  ]
  return {
    ...tokenWith(1, { lastUsedAt: calls > 0 ? inDays(0) : null }),
    usage: { usedScopes, byDay, since: inDays(-countedDays), days: 30 },
  }
}

describe('the advice about scopes that are not used', () => {
  it('never is to revoke a token that is called', () => {
    expect(adviceWords(used(20, 30))).toMatch(/^It is in use, with 20 calls, and none of them needed a scope/)
    for (const days of [0, 30]) expect(adviceWords(used(20, days))).not.toMatch(/revoke/)
  })

  it('does not call a token unused for 30 days that is minutes old', () => {
    expect([unusedTitle(used(0, 0)), adviceWords(used(0, 0))]).toEqual([
      'Granted but not used so far',
      'Nothing has called it yet.',
    ])
    expect(unusedTitle(used(0, 30))).toBe('Granted but unused for 30 days')
  })

  it('is to revoke what nothing has called, and to shrink what uses a part', () => {
    expect(adviceWords(used(0, 30))).toMatch(/revoke it if nothing will/)
    expect(adviceWords(used(3, 30, ['workspace:database:read']))).toMatch(/^Rotate to a token without these/)
  })
})
