import { describe, expect, it } from 'vitest'

import { formatRelative, formatUtc, relativeLifetimeMs } from './format-time.ts'

const now = new Date('2026-11-20T12:00:00Z')
const after = (milliseconds: number): Date => new Date(now.getTime() + milliseconds)

describe('relative time', () => {
  it.each([
    [0, 'just now'],
    [-9_000, 'just now'],
    [-45_000, '45 s ago'],
    [-3 * 60_000, '3 min ago'],
    [-47 * 3_600_000, '47 h ago'],
    [-49 * 3_600_000, '2 d ago'],
    [5 * 86_400_000, 'in 5 d'],
  ])('reads %d ms as %s', (distance, text) => {
    expect(formatRelative(after(distance), now)).toBe(text)
  })

  it('becomes a date after a month, with the year when it is another one', () => {
    expect(formatRelative(new Date('2026-03-12T12:00:00Z'), now)).toBe('12 Mar')
    expect(formatRelative(new Date('2025-03-12T12:00:00Z'), now)).toBe('12 Mar 2025')
  })

  it('is looked at less often the older it is', () => {
    expect(relativeLifetimeMs(after(-5_000), now)).toBeLessThan(relativeLifetimeMs(after(-500_000), now))
    expect(relativeLifetimeMs(after(-500_000), now)).toBeLessThan(relativeLifetimeMs(after(-50_000_000), now))
  })
})

it('names the zone of an exact time', () => {
  expect(formatUtc(now)).toBe('20 Nov 2026, 12:00:00 UTC')
})
