import { describe, expect, it } from 'vitest'

import type { Token } from '#api/contract/tokens.ts'

import { expiresText, expiryWords, lifeOf } from './token-expiry.ts'
import { attentionWords, readTokenView, viewTokens } from './token-list.ts'

const now = new Date('2026-11-20T12:00:00Z')
const inDays = (days: number): string => new Date(now.getTime() + days * 86_400_000).toISOString()

const token = (id: number, more: Partial<Token> = {}): Token => ({
  id,
  name: `token ${id}`,
  prefix: 'mdk_a1b2',
  lastFour: '9xYz',
  scopes: {},
  workspaces: 'all',
  createdAt: inDays(-id),
  expiresAt: null,
  lastUsedAt: null,
  lastUsedFrom: null,
  status: 'active',
  ...more,
})

describe('the list of tokens', () => {
  const items = [
    token(1, { status: 'revoked' }),
    token(2, { name: 'nightly backup', expiresAt: inDays(5) }),
    token(3, { expiresAt: inDays(1) }),
  ]
  const ids = (query: string) => viewTokens(items, readTokenView(new URLSearchParams(query))).map(({ id }) => id)

  it('shows what works first, the newest of it on top', () => {
    expect(ids('')).toEqual([2, 3, 1])
    expect(ids('sort=nonsense&order=up&status=?')).toEqual([2, 3, 1])
  })

  it('sorts, filters and searches as the address says', () => {
    expect(ids('sort=expires&order=asc')).toEqual([3, 2, 1])
    expect(ids('status=revoked')).toEqual([1])
    expect(ids('q=backup+nightly')).toEqual([2])
    expect(ids('q=9xyz')).toEqual([2, 3, 1])
  })

  it('tells what needs attention', () => {
    expect(attentionWords(items, now)).toBe('1 expires within 3 days')
    expect(attentionWords([token(40)], now)).toBe('1 unused for 30 days')
    expect(attentionWords([token(1)], now)).toBeUndefined()
  })
})

describe('expiry', () => {
  it('is a number of seconds, null for never, or a problem', () => {
    expect(lifeOf('7d', '', now)).toEqual({ seconds: 604_800 })
    expect(lifeOf('never', '', now)).toEqual({ seconds: null })
    expect(lifeOf('date', inDays(2), now)).toEqual({ seconds: 172_800 })
    expect(lifeOf('date', '', now)).toEqual({ problem: 'Give a date and a time' })
    expect(lifeOf('date', inDays(-1), now)).toEqual({ problem: 'Give a time that is still to come' })
    expect(lifeOf('date', inDays(4_000), now)).toEqual({ problem: 'At most ten years from now' })
  })

  it('does not lose a day to the minute since the token was made', () => {
    const minute = 1 / 1_440
    const text = (days: number) => expiresText(inDays(days), now)
    expect([7 - minute, 1 - minute, 1 / 24 - minute / 4, 3.4].map(text)).toEqual([
      'in 7 d',
      'in 24 h',
      'in 1 h',
      'in 3 d',
    ])
    expect(text(-1)).toBe('24 h ago')
  })

  it('grows urgent as it comes near', () => {
    expect([30, 3, 0.5, -1].map((days) => expiryWords(inDays(days), now).tone)).toEqual([
      'neutral',
      'warning',
      'danger',
      'danger',
    ])
    expect(expiryWords(inDays(7), now).tone).toBe('neutral')
    expect(expiryWords(null, now)).toEqual({ text: 'never', tone: 'warning' })
  })
})
