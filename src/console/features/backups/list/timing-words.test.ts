import { expect, it } from 'vitest'

import { timingWords } from './timing-words.ts'

it('says when a schedule runs', () => {
  expect(timingWords({ kind: 'hourly', minute: 5 })).toBe('every hour at minute 5')
  expect(timingWords({ kind: 'daily', time: '02:00' })).toBe('every day at 02:00')
  expect(timingWords({ kind: 'weekly', weekdays: [0, 3, 1], time: '02:00' })).toBe(
    'every Monday, Wednesday, and Sunday at 02:00',
  )
  expect(timingWords({ kind: 'weekly', weekdays: [0, 1, 2, 3, 4, 5, 6], time: '02:00' })).toBe('every day at 02:00')
  expect(timingWords({ kind: 'monthly', day: 31, time: '02:00' })).toBe('every month on its last day at 02:00')
  expect(timingWords({ kind: 'monthly', day: 30, time: '02:00' })).toBe(
    'every month on day 30, or its last day, at 02:00',
  )
  expect(timingWords({ kind: 'cron', cron: '0 2 * * *' })).toBe('cron 0 2 * * *')
})
