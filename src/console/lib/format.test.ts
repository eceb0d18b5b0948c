import { describe, expect, it } from 'vitest'

import {
  formatBytes,
  formatClock,
  formatCompact,
  formatCount,
  formatDuration,
  formatGrowth,
  formatNumber,
  formatPercent,
  formatRate,
} from './format.ts'

describe('numbers', () => {
  it('separates thousands', () => {
    expect(formatNumber(12_430)).toBe('12,430')
    expect(formatNumber(9_007_199_254_740_993n)).toBe('9,007,199,254,740,993')
    expect(formatCompact(12_430)).toBe('12.4K')
  })

  it('says one thing in the singular', () => {
    expect(formatCount(0, 'row')).toBe('0 rows')
    expect(formatCount(1, 'row')).toBe('1 row')
    expect(formatCount(2, 'entry', 'entries')).toBe('2 entries')
  })

  it('shows growth with its sign, and none from nothing', () => {
    expect(formatGrowth(100, 102)).toBe('+2%')
    expect(formatGrowth(100, 90)).toBe('-10%')
    expect(formatGrowth(100, 100)).toBe('0%')
    expect(formatGrowth(0, 5)).toBeUndefined()
    expect([formatGrowth(100, 990), formatGrowth(100, 77_900)]).toEqual(['+890%', '779×'])
    expect([formatGrowth(10_000, 1), formatGrowth(100, 0)]).toEqual(['-99%', '-100%'])
    expect(formatPercent(0.214)).toBe('21.4%')
  })
})

describe('bytes', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1_000, '1 kB'],
    [1_240, '1.2 kB'],
    [99_940, '99.9 kB'],
    [99_960, '100 kB'],
    [999_499, '999 kB'],
    [999_500, '1 MB'],
    [21_400_000, '21.4 MB'],
    [214_000_000, '214 MB'],
    [1_500_000_000, '1.5 GB'],
    [2e18, '2,000 PB'],
    [-1_500, '-1.5 kB'],
  ])('writes %d as %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text)
  })

  it('writes a rate per second', () => {
    expect(formatRate(9_800_000)).toBe('9.8 MB/s')
  })
})

describe('lengths of time', () => {
  it.each([
    [0, '0 ms'],
    [340, '340 ms'],
    [4_230, '4.2 s'],
    [9_960, '10 s'],
    [59_400, '59 s'],
    [59_600, '1 min'],
    [220_000, '3 min 40 s'],
    [14_400_000, '4 h'],
    [183_600_000, '2 d 3 h'],
  ])('writes %d ms as %s', (milliseconds, text) => {
    expect(formatDuration(milliseconds)).toBe(text)
  })

  it.each([
    [-5, '0:00'],
    [7_900, '0:07'],
    [72_000, '1:12'],
    [7_420_000, '2:03:40'],
  ])('writes %d ms on a clock as %s', (milliseconds, text) => {
    expect(formatClock(milliseconds)).toBe(text)
  })
})
