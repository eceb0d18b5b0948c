import { describe, expect, it } from 'vitest'

import { calendarWeeks, dayName, placeByKey } from './calendar-days.ts'

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
    expect(days.filter(({ isToday }) => isToday).map(({ day }) => day)).toEqual(['2026-11-21'])
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
