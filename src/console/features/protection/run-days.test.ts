import { expect, it } from 'vitest'

import { runDays, runDaysLabel } from './run-days.ts'

const now = new Date('2026-11-20T12:00:00Z')

it('has a cell for each of the last 35 days, with its worst run in words', () => {
  const days = runDays(
    [
      { day: '2026-11-19', runs: 2, worst: 'failed' },
      { day: '2026-11-20', runs: 1, worst: 'succeeded' },
    ],
    now,
  )
  expect(days).toHaveLength(35)
  expect(days[0]).toEqual({ day: '2026-10-17', mark: 'none', words: '17 Oct: no run' })
  expect(days.slice(-2).map(({ mark, words }) => [mark, words])).toEqual([
    ['bad', '19 Nov: 2 runs, worst failed'],
    ['good', '20 Nov: 1 run, succeeded'],
  ])
  expect(runDaysLabel(days)).toBe('35 days: 1 good, 33 without a run. 19 Nov: 2 runs, worst failed.')
})
