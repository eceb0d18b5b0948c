import { describe, expect, it } from 'vitest'

import { overlapWords } from './actions/overlap.ts'
import { rotationAdvice } from './detail/rotation-words.ts'
import { chartWords, scaleTop } from './detail/usage-words.ts'
import { expiresText, expiryWords, lifeOf } from './token-expiry.ts'
import { inDays, NOW, tokenWith } from './token-fixture.ts'
import { canRotate, statusReason, statusWord } from './token-status-words.ts'

describe('expiry', () => {
  it('is a number of seconds, null for never, or a problem', () => {
    expect(lifeOf('7d', '', NOW)).toEqual({ seconds: 604_800 })
    expect(lifeOf('never', '', NOW)).toEqual({ seconds: null })
    expect(lifeOf('date', inDays(2), NOW)).toEqual({ seconds: 172_800 })
    expect(lifeOf('date', '', NOW)).toEqual({ problem: 'Give a date and a time' })
    expect(lifeOf('date', inDays(-1), NOW)).toEqual({ problem: 'Give a time that is still to come' })
    expect(lifeOf('date', inDays(4_000), NOW)).toEqual({ problem: 'At most ten years from now' })
  })

  it('does not lose a day to the minute since the token was made', () => {
    const minute = 1 / 1_440
    const text = (days: number) => expiresText(inDays(days), NOW)
    expect([7 - minute, 1 - minute, 1 / 24 - minute / 4, 3.4].map(text)).toEqual([
      'in 7 d',
      'in 24 h',
      'in 1 h',
      'in 3 d',
    ])
    expect(text(-1)).toBe('24 h ago')
  })

  it('grows urgent as it comes near', () => {
    expect([30, 7.1, 6.9, 0.5, -1].map((days) => expiryWords(inDays(days), NOW).tone)).toEqual([
      'neutral',
      'neutral',
      'warning',
      'danger',
      'danger',
    ])
    expect(expiryWords(null, NOW)).toEqual({ text: 'never', tone: 'warning' })
  })
})

describe('the state of a token', () => {
  const link = { ...tokenWith(2), name: 'next' }

  it('says that another takes its place, and that it cannot be rotated again', () => {
    const rotating = tokenWith(1, { rotatedTo: link })
    expect(statusWord(rotating)).toBe('Rotating')
    expect(statusReason(rotating)).toMatch(/^mdk_a1b2…9xYz takes its place/)
    expect([canRotate(rotating), canRotate(tokenWith(1)), canRotate(tokenWith(1, { status: 'expired' }))]).toEqual([
      false,
      true,
      false,
    ])
  })

  it('says why it is blocked', () => {
    expect(statusReason(tokenWith(1, { status: 'blocked', blockedBy: 'policy' }))).toMatch(/breaks the token policy/)
    expect(statusReason(tokenWith(1))).toBeUndefined()
  })
})

describe('a rotation', () => {
  it('tells whether the old token is still needed', () => {
    const old = (daysAgo: number | null) => tokenWith(1, { lastUsedAt: daysAgo === null ? null : inDays(-daysAgo) })
    expect(rotationAdvice(old(1), inDays(-2))).toMatch(/was used after the rotation/)
    expect(rotationAdvice(old(3), inDays(-2))).toMatch(/^Nothing has used the old token/)
    expect(rotationAdvice(old(null), undefined)).toBeUndefined()
    expect(rotationAdvice(tokenWith(1, { status: 'revoked' }), undefined)).toMatch(/is over/)
  })

  it('says how long both work, and that the old one may end before', () => {
    expect(overlapWords('0', null, NOW)).toMatch(/revoked at once/)
    expect(overlapWords('86400', null, NOW)).toMatch(/^Both work for 24 h/)
    expect(overlapWords('86400', inDays(0.5), NOW)).toMatch(/sooner than that/)
  })
})

describe('the chart of calls', () => {
  it('is told in words too', () => {
    const days = [
      { day: '2026-11-19', calls: 2, errors: 0 },
      { day: '2026-11-20', calls: 5, errors: 1 },
    ]
    expect(chartWords(days)).toBe('7 calls in 2 days, 1 failed; the most on 20 Nov: 5 calls, 1 failed')
    expect(chartWords([{ day: '2026-11-19', calls: 0, errors: 0 }])).toBe('0 calls in 1 day, 0 failed')
  })

  it('has a round scale that holds the highest day', () => {
    expect([0, 5, 6, 43, 100, 101].map(scaleTop)).toEqual([5, 5, 10, 50, 100, 200])
  })
})
