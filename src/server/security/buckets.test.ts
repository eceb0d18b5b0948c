import { expect, test } from 'vitest'

import { allowance, createBuckets, KEYS_MAX } from './buckets.ts'

/** One a second, ten at once. */
const SLOW = { perMinute: 60, atOnce: 10 }
const takeMany = (buckets: ReturnType<typeof createBuckets>, count: number, nowMs: number): number[] =>
  Array.from({ length: count }, () => buckets.take('a', nowMs))

test('a sixth of a minute may come at once, and never fewer than ten', () => {
  expect(allowance(6_000)).toEqual({ perMinute: 6_000, atOnce: 1_000 })
  expect(allowance(1)).toEqual({ perMinute: 1, atOnce: 10 })
})

test('what is over the limit is told how long to wait, and after that long one passes', () => {
  const buckets = createBuckets(SLOW)
  expect(takeMany(buckets, 12, 0)).toEqual([...Array.from({ length: 10 }, () => 0), 1_000, 1_000])
  expect(buckets.take('a', 999)).toBe(1)
  expect(buckets.take('a', 1_000)).toBe(0)
  expect(buckets.take('b', 1_000)).toBe(0)
})

test('over a long time no more than the rate and one burst passes', () => {
  const buckets = createBuckets(SLOW)
  let passed = 0
  for (let nowMs = 0; nowMs <= 600_000; nowMs += 100) if (buckets.take('a', nowMs) === 0) passed += 1
  expect(passed).toBe(610)
})

test('a rest gives back one burst and no more; a clock set back gives nothing', () => {
  const buckets = createBuckets(SLOW)
  takeMany(buckets, 10, 0)
  expect(takeMany(buckets, 11, 3_600_000).filter((wait) => wait === 0)).toHaveLength(10)
  expect(buckets.take('a', 0)).toBeGreaterThan(0)
})

test('failures that are counted afterwards make a debt of a minute at most', () => {
  const buckets = createBuckets(SLOW)
  for (let n = 0; n < 5_000; n += 1) buckets.spend('a', 0)
  expect(buckets.waitMs('a', 0)).toBe(61_000)
  expect(buckets.waitMs('unknown', 0)).toBe(0)
})

test('what others used is charged, and what was told from here is not charged twice', () => {
  const buckets = createBuckets(SLOW)
  takeMany(buckets, 4, 0)
  expect(buckets.takeUnsent(5)).toEqual([{ key: 'a', used: 4 }])
  expect(buckets.takeUnsent(5)).toEqual([])
  // The first total tells what was before; only what comes on top counts.
  buckets.settle('a', 104, 4)
  expect(buckets.waitMs('a', 0)).toBe(0)
  takeMany(buckets, 2, 0)
  const [told] = buckets.takeUnsent(5)
  buckets.settle('a', 110, told?.used ?? 0)
  expect(buckets.waitMs('a', 0)).toBe(1_000)
  // The row was cleared away in between.
  buckets.settle('a', 1, 1)
  expect(buckets.waitMs('a', 0)).toBe(1_000)
})

test('use that could not be told is told the next time', () => {
  const buckets = createBuckets(SLOW)
  takeMany(buckets, 3, 0)
  buckets.giveBack(buckets.takeUnsent(5))
  takeMany(buckets, 1, 0)
  expect(buckets.takeUnsent(5)).toEqual([{ key: 'a', used: 4 }])
})

test('quiet keys are not told, and memory is bounded however many keys come', () => {
  const buckets = createBuckets({ perMinute: 6_000, atOnce: 1_000 })
  for (let n = 0; n < KEYS_MAX + 10; n += 1) buckets.take(`key ${n}`, 0)
  expect(buckets.takeUnsent(100)).toEqual([])
  for (let n = 0; n < 1_000; n += 1) buckets.take('busy', 0)
  expect(buckets.takeUnsent(100)).toEqual([{ key: 'busy', used: 1_000 }])
  // The first key was forgotten: it starts anew.
  expect(buckets.waitMs('key 0', 0)).toBe(0)
})
