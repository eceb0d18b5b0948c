import { describe, expect, it } from 'vitest'

import type { Token } from '#api/contract/tokens.ts'

import { inDays, tokenWith } from '../token-fixture.ts'
import { endingWords, type Expiring, refusalWords, takenThisWeek, takesWords, toWarnOf } from './expiring-words.ts'

const schedule = (name: string) => ({ kind: 'schedule', id: 1, name, workspace: { id: 1, name: 'Shop' } })

const expiring = (days: number, names: string[], more: Partial<Token> = {}): Expiring => ({
  token: tokenWith(60, { expiresAt: inDays(days), ...more }),
  expiresAt: inDays(days),
  warning: days <= 1 ? 1 : days <= 7 ? 7 : days <= 14 ? 14 : null,
  breaks: names.map(schedule),
})

it('says how many die this week and what they take with them', () => {
  expect([1, 3].map(endingWords)).toEqual(['1 dies this week', '3 die this week'])
  expect(takesWords(1, { names: [], tokens: 0 })).toBe('')
  expect(takesWords(1, { names: ['Nightly backup'], tokens: 1 })).toBe(' and takes Nightly backup with it')
  expect(takesWords(3, { names: ['A', 'B', 'C', 'D'], tokens: 3 })).toBe(' and take A, B and 2 more with them')
  expect(takenThisWeek([expiring(5, ['Nightly']), expiring(6, []), expiring(10, ['Weekly'])])).toEqual({
    names: ['Nightly'],
    tokens: 1,
  })
})

it('does not say of tokens that die alone that they take something with them', () => {
  expect(takesWords(2, { names: ['A', 'B'], tokens: 1 })).toBe(', one of them with A and B')
  expect(takesWords(5, { names: ['A', 'B'], tokens: 2 })).toBe(', 2 of them with A and B')
})

describe('a warning', () => {
  const isWarned = (one: Expiring): boolean => toWarnOf([one]).length === 1

  it('comes at 14, 7 and 1 days wherever something in Metadeck stops', () => {
    expect([15, 13, 6, 0.5].map((days) => isWarned(expiring(days, ['Nightly'])))).toEqual([false, true, true, true])
  })

  it('comes for a token that programs use, but not all its short life long', () => {
    const used = { lastUsedAt: inDays(-0.1) }
    expect(isWarned(expiring(6, [], used))).toBe(true)
    expect(isWarned(expiring(6, []))).toBe(false)
    expect(isWarned(expiring(6, [], { ...used, createdAt: inDays(-1) }))).toBe(false)
    expect(isWarned(expiring(0.5, [], { ...used, createdAt: inDays(-6.5) }))).toBe(true)
  })

  it('names who is refused', () => {
    expect(refusalWords(expiring(5, []))).toBe('Whatever uses it is refused then.')
    expect(refusalWords(expiring(5, [], { lastUsedFrom: '10.0.0.7' }))).toMatch(/from 10\.0\.0\.7/)
  })
})
