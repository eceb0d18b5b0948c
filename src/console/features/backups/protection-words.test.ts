import { describe, expect, it } from 'vitest'

import { calendarWeeks, dayName, placeByKey } from './calendar-days.ts'
import { recoveryPointWords } from './recovery-point-words.ts'
import { timingWords } from './timing-words.ts'

const HOUR_S = 3_600

describe('the recovery point', () => {
  const point = { state: 'protected', ageSeconds: 4 * HOUR_S, wantedSeconds: 24 * HOUR_S } as const

  it('says how old it is and how old it may be', () => {
    expect(recoveryPointWords(point)).toEqual({ words: '4 h old, wanted 24 h', tone: 'success', share: 4 / 24 })
    expect(recoveryPointWords({ ...point, wantedSeconds: null, state: 'unscheduled' })).toEqual({
      words: '4 h old, no schedule',
      tone: 'warning',
      share: undefined,
    })
  })

  it('turns red by itself when the time runs out, half an hour after it was wanted', () => {
    expect(recoveryPointWords(point, 20.4 * HOUR_S).tone).toBe('success')
    expect(recoveryPointWords(point, 20.6 * HOUR_S)).toMatchObject({ tone: 'danger', share: 1 })
  })

  it('says what it means that there is none', () => {
    const none = { state: 'unprotected', ageSeconds: null, wantedSeconds: null } as const
    expect(recoveryPointWords(none)).toMatchObject({ tone: 'danger', share: undefined })
    expect(recoveryPointWords(none).words).toContain('cannot be brought back')
  })
})

describe('the calendar', () => {
  const now = new Date('2026-11-21T23:30:00Z')
  const run = { day: '2026-11-20', runs: 2, worst: 'failed' } as const
  const weeks = calendarWeeks([run], now)
  const days = weeks.flat().filter((cell) => cell !== null)

  it('has 35 days in UTC, in weeks from Monday', () => {
    expect([days.length, days[0]?.day, days.at(-1)?.day]).toEqual([35, '2026-10-18', '2026-11-21'])
    expect(weeks.every((week) => week.length === 7)).toBe(true)
    expect(weeks[0]?.[6]?.day).toBe('2026-10-18')
    expect(days.find(({ day }) => day === '2026-11-20')?.run).toBe(run)
    expect(dayName('2026-11-20')).toBe('20 Nov')
  })

  it('is walked by arrow keys from one day with runs to the next', () => {
    const places = [3, 10, 11, 30]
    expect(placeByKey(places, 3, 'ArrowDown')).toBe(10)
    expect(placeByKey(places, 11, 'ArrowLeft')).toBe(10)
    expect(placeByKey(places, 11, 'ArrowRight')).toBe(30)
    expect(placeByKey(places, 30, 'ArrowRight')).toBe(30)
    expect([placeByKey(places, 11, 'Home'), placeByKey(places, 11, 'End')]).toEqual([3, 30])
    expect(placeByKey(places, 11, 'a')).toBe(11)
  })
})

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
