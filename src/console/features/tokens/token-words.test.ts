import { describe, expect, it } from 'vitest'

import { DEFAULT_TOKEN_POLICY } from '#api/contract/token-policy.ts'

import { allowedLife, newEndWords, overlapWords } from './actions/overlap.ts'
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

  it('is told in the same kind of words however far it is', () => {
    const text = (days: number) => expiresText(inDays(days), NOW)
    expect([24, 41, 99, 100, 365, 720, 735, 3_650].map(text)).toEqual([
      'in 24 d',
      'in 41 d',
      'in 99 d',
      'in 3 mo',
      'in 12 mo',
      'in 24 mo',
      'in 2 y',
      'in 10 y',
    ])
    expect([text(-60), expiresText(new Date(NOW.getTime() + 5_000).toISOString(), NOW)]).toEqual(['60 d ago', 'in 5 s'])
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

  it('says that it is disabled because somebody who is not trusted any more may know its secret', () => {
    const known = { status: 'disabled', disabledBecause: 'secret_known' } as const
    expect(statusReason(tokenWith(1, { ...known, secretShownTo: { id: 3, name: 'Ann' } }))).toMatch(
      /^Refused, as Ann, who was shown its secret, was disabled or given a lower role .*Rotate it/,
    )
    const removed = tokenWith(1, { ...known, secretShownTo: { id: 3, name: null } })
    expect(statusReason(removed)).toMatch(/^Refused, as whoever was shown its secret was removed/)
    expect(statusReason(tokenWith(1, { status: 'disabled' }))).toBe('Refused until it is enabled.')
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

  it('says when the new token ends', () => {
    const made = (life: number | null) =>
      newEndWords(tokenWith(10, { expiresAt: life === null ? null : inDays(life - 10) }), DEFAULT_TOKEN_POLICY, NOW)
    expect(made(90)).toMatch(/^The new token ends on 18 Feb 2027, in 90 d:/)
    expect(made(null)).toMatch(/^The new token never expires/)
  })

  it('asks for no longer life than the policy allows, so that a token that breaks it can be rotated to one that keeps it', () => {
    const day = 86_400
    const strict = { ...DEFAULT_TOKEN_POLICY, maxLifeSeconds: 30 * day, allowsNever: false }
    const life = (days: number | null) => tokenWith(1, { expiresAt: days === null ? null : inDays(days - 1) })
    expect([90, 30, 1, null].map((days) => allowedLife(life(days), strict))).toEqual([
      30 * day,
      undefined,
      undefined,
      30 * day,
    ])
    expect(allowedLife(life(null), { ...strict, maxLifeSeconds: null })).toBe(7 * day)
    expect(allowedLife(life(null), DEFAULT_TOKEN_POLICY)).toBeUndefined()
    expect(newEndWords(life(90), strict, NOW)).toMatch(/in 30 d: the token policy allows no longer life\.$/)
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
