import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import type { Retention } from '#api/contract/schedules.ts'

import { keep, type Kept } from './keep.ts'

const NONE: Retention = { last: 0, daily: 0, weekly: 0, monthly: 0 }

function good(...times: string[]): Kept[] {
  return times.map((time, at) => ({ id: at + 1, at: new Date(time), isGood: true, isPinned: false }))
}

const count = fc.integer({ min: 0, max: 6 })
const retentions = fc.record({ last: count, daily: count, weekly: count, monthly: count })
const START = Date.parse('2026-01-01T00:00:00Z')
const items = fc
  .array(fc.record({ hours: fc.integer({ min: 0, max: 3_000 }), isGood: fc.boolean(), isPinned: fc.boolean() }), {
    maxLength: 40,
  })
  .map((list) =>
    list.map(({ hours, ...item }, at): Kept => ({ id: at + 1, at: new Date(START + hours * 3_600_000), ...item })),
  )
const zones = fc.constantFrom('UTC', 'Europe/Berlin', 'Pacific/Apia', 'America/New_York')

const stay = (list: Kept[], retention: Retention, zone = 'UTC'): Set<number> =>
  new Set([...keep(list, retention, zone)].filter(([, reasons]) => reasons.length > 0).map(([id]) => id))

describe('retention', () => {
  it('keeps the newest, and the newest of each day, week and month that has one', () => {
    const list = good(
      '2026-03-10T02:00:00Z',
      '2026-03-10T14:00:00Z',
      '2026-03-11T02:00:00Z',
      '2026-02-20T02:00:00Z',
      '2025-12-31T02:00:00Z',
    )
    expect(Object.fromEntries(keep(list, { last: 1, daily: 2, weekly: 2, monthly: 3 }, 'UTC'))).toEqual({
      3: ['last', 'daily', 'weekly', 'monthly', 'last_good'],
      2: ['daily'],
      1: [],
      4: ['weekly', 'monthly'],
      5: ['monthly'],
    })
  })

  it('days begin at midnight of the time zone, and weeks on Monday', () => {
    const list = good('2026-03-10T22:30:00Z', '2026-03-10T23:30:00Z')
    expect(stay(list, { ...NONE, daily: 2 }, 'UTC')).toEqual(new Set([2]))
    expect(stay(list, { ...NONE, daily: 2 }, 'Europe/Berlin')).toEqual(new Set([1, 2]))
    // A Sunday and the Monday after it.
    const turn = good('2026-03-15T12:00:00Z', '2026-03-16T12:00:00Z')
    expect(stay(turn, { ...NONE, weekly: 2 })).toEqual(new Set([1, 2]))
  })

  it('keeps everything where all numbers are zero', () => {
    expect(stay(good('2026-03-10T02:00:00Z', '2020-03-10T02:00:00Z'), NONE)).toEqual(new Set([1, 2]))
  })

  it('keeps the last good one also where newer ones look wrong and are all that the numbers would keep', () => {
    const list = [
      ...good('2026-03-01T02:00:00Z'),
      { id: 9, at: new Date('2026-03-09T02:00:00Z'), isGood: false, isPinned: false },
    ]
    expect(keep(list, { ...NONE, last: 1 }, 'UTC').get(1)).toEqual(['last', 'last_good'])
  })

  it('a pinned one takes the place of none that the numbers keep', () => {
    const [first, second] = good('2026-03-10T02:00:00Z', '2026-03-10T03:00:00Z')
    const list = [first, { ...second, isPinned: true }] as Kept[]
    expect(keep(list, { ...NONE, last: 1, daily: 1 }, 'UTC').get(1)).toEqual(['last', 'daily'])
  })

  it('the last good one always stays', () => {
    fc.assert(
      fc.property(items, retentions, zones, (list, retention, zone) => {
        const newest = Math.max(...list.filter(({ isGood }) => isGood).map(({ at }) => at.getTime()))
        const kept = stay(list, retention, zone)
        const ofNewest = list.filter(({ isGood, at }) => isGood && at.getTime() === newest)
        expect(ofNewest.length === 0 || ofNewest.some(({ id }) => kept.has(id))).toBe(true)
      }),
    )
  })

  it('pinned ones always stay, and pinning one takes nothing from the others', () => {
    fc.assert(
      fc.property(items, retentions, zones, fc.nat(), (list, retention, zone, which) => {
        const kept = stay(list, retention, zone)
        expect(list.every(({ id, isPinned }) => !isPinned || kept.has(id))).toBe(true)
        const pinned = list.map((item, at) => (at === which % list.length ? { ...item, isPinned: true } : item))
        const keptThen = stay(pinned, retention, zone)
        expect([...kept].filter((id) => !keptThen.has(id))).toEqual([])
      }),
    )
  })

  it('higher numbers never remove more', () => {
    fc.assert(
      fc.property(items, retentions, retentions, zones, (list, lower, more, zone) => {
        fc.pre(Object.values(lower).some((number) => number > 0))
        const higher = {
          last: lower.last + more.last,
          daily: lower.daily + more.daily,
          weekly: lower.weekly + more.weekly,
          monthly: lower.monthly + more.monthly,
        }
        const keptByHigher = stay(list, higher, zone)
        expect([...stay(list, lower, zone)].filter((id) => !keptByHigher.has(id))).toEqual([])
      }),
    )
  })

  it('what goes once would not have come back: applying it twice removes nothing more', () => {
    fc.assert(
      fc.property(items, retentions, zones, (list, retention, zone) => {
        const kept = stay(list, retention, zone)
        const left = list.filter(({ id }) => kept.has(id))
        expect(stay(left, retention, zone)).toEqual(kept)
      }),
    )
  })
})
