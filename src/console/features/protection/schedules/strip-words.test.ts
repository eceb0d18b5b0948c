import { describe, expect, it } from 'vitest'

import type { StripItem } from '#api/contract/schedules.ts'

import { comingCells, expectedSize, legendOf, presentCells, splitStrip, stripSentence } from './strip-words.ts'

const item = (id: number | null, at: string, ...keptAs: StripItem['keptAs']): StripItem => ({ id, at, keptAs })
const retention = { last: 2, daily: 2, weekly: 1, monthly: 1 }
const coming = [
  item(null, '2027-05-20T02:00:00Z', 'last', 'daily', 'weekly', 'monthly'),
  item(null, '2027-05-19T02:00:00Z', 'last', 'daily'),
  item(null, '2027-02-28T02:00:00Z', 'monthly'),
]
const present = [item(9, '2026-11-20T02:00:00Z', 'last'), item(8, '2026-11-19T02:00:00Z')]

it('keeps apart what lies there and what will lie there', () => {
  expect(splitStrip([...coming, ...present])).toEqual({ coming, present })
})

describe('a cell', () => {
  it('has the letter of the rule that keeps it longest, and all rules in words', () => {
    expect(comingCells(coming).map(({ letter, words }) => [letter, words])).toEqual([
      ['M', 'the newest: stays, monthly, weekly, daily, one of the last'],
      ['D', '1 day old: stays, daily, one of the last'],
      ['M', 'about 3 months old: stays, monthly'],
    ])
  })

  it('has no letter for what goes', () => {
    expect(presentCells(present).map(({ letter, words }) => [letter, words])).toEqual([
      ['L', '20 Nov 2026: stays, one of the last'],
      ['', '19 Nov 2026: goes at the next run'],
    ])
    expect(legendOf(present).map(({ words }) => words)).toEqual(['one of the last', 'goes at the next run'])
  })
})

it('says how many stay, how old they get and how much room they take', () => {
  expect(stripSentence(coming, retention)).toBe('3 archives stay; the oldest is about 3 months old.')
  expect(stripSentence(coming.slice(0, 1), retention)).toBe('1 archive stays.')
  expect(stripSentence(coming, { last: 0, daily: 0, weekly: 0, monthly: 0 })).toMatch(/^Every backup stays/)
  expect(expectedSize(15, 24_300_000)).toBe('About 365 MB: 15 times the 24.3 MB of the last good backup')
})
