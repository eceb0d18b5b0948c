import { expect, it } from 'vitest'

import { cronFault, effectivePattern } from './cron-fields.ts'
import { longestGapMs } from './longest-gap.ts'
import { requireTiming } from './timing.ts'
import { inWords } from './words.ts'

const HOUR_MS = 3_600_000

it.each([
  ['', /five fields.*this one has 1/],
  ['0 2 * *', /this one has 4/],
  ['0 0 2 * * *', /this one has 6/],
  ['@daily', /this one has 1/],
  ['61 2 * * *', /Invalid value for minute: 61/],
  ['0 2 * * BLA', /not a cron expression/],
  ['0 5-2 * * *', /not a cron expression/],
  ['0 2 30 2 *', /never run/],
])('the cron expression "%s" is refused', (cron, message) => {
  expect(cronFault(cron)).toMatch(message)
})

it.each([
  '* * * * *',
  '*/4 * * * *',
  '58,59 3 * * *',
  '0 2 * * *',
  '0 2 29 2 *',
  '30 1-5/2 L * *',
  '0 0 * * MON-FRI',
  '0 9 * * MON#1',
  '0 3 1 JAN *',
])('the cron expression "%s" is taken', (cron) => {
  expect(cronFault(cron)).toBeUndefined()
})

it('steps and ranges become lists, so that they count as times of the wall clock; all hours become every hour', () => {
  expect(effectivePattern('*/30 0-6/3 * * 1')).toBe('0,30 0,3,6 * * 1')
  expect(effectivePattern('5 0-23 * * *')).toBe('5 * * * *')
})

it('a zone that is none, or no more than an offset, is refused by its field', () => {
  for (const timeZone of ['Europe/Atlantis', '+02:00', 'Berlin time', '']) {
    expect(() => requireTiming({ kind: 'daily', time: '02:00' }, timeZone)).toThrow(/time zone/)
  }
})

it.each([
  ['0 2 * * *', 24],
  ['0 * * * *', 1],
  ['*/5 * * * *', 1 / 12],
  ['* * * * *', 1 / 60],
  ['0 9-17 * * 1-5', 64],
  ['0 2 * * 1,4', 96],
  ['0 2 1 * *', 31 * 24],
  ['0 1,4 * * *', 21],
])('the longest time between runs of %s is %d hours', (cron, hours) => {
  const plan = { timing: { kind: 'cron', cron } as const, timeZone: 'UTC' }
  expect(longestGapMs(plan, new Date('2026-11-21T12:00:00Z'))).toBe(hours * HOUR_MS)
})

it('words say what runs when', () => {
  const words = (timing: Parameters<typeof inWords>[0]): string => inWords(timing, 'UTC')
  expect(words({ kind: 'daily', time: '02:00' })).toBe('every day at 02:00 (UTC)')
  expect(words({ kind: 'weekly', weekdays: [0, 1, 4], time: '02:00' })).toBe(
    'every Monday, Thursday, and Sunday at 02:00 (UTC)',
  )
  expect(words({ kind: 'weekly', weekdays: [0, 1, 2, 3, 4, 5, 6], time: '02:00' })).toBe('every day at 02:00 (UTC)')
  expect(words({ kind: 'monthly', day: 30, time: '02:00' })).toBe(
    'every month on day 30, or its last day, at 02:00 (UTC)',
  )
  expect(words({ kind: 'monthly', day: 31, time: '02:00' })).toBe('every month on its last day at 02:00 (UTC)')
  expect(words({ kind: 'cron', cron: '5 3 * * *' })).toBe('every day at 03:05 (UTC)')
  expect(words({ kind: 'cron', cron: '0 9-17 * * 1-5' })).toBe('by the cron expression 0 9-17 * * 1-5 (UTC)')
})
