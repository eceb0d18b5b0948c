import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import type { Timing } from '#api/contract/schedules.ts'

import { localClock } from './local-clock.ts'
import { comingRuns, runsAfter, runsBefore } from './next-runs.ts'
import { toCron } from './timing.ts'

const ZONES = [
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kolkata',
  'Pacific/Apia',
  'UTC',
] as const
const MINUTE_MS = 60_000
const DAY_MS = 86_400_000

/** Days around which clocks change in one of the zones, and ordinary ones. */
const MOMENTS = [
  '2026-03-07',
  '2026-03-28',
  '2026-04-04',
  '2026-10-03',
  '2026-10-24',
  '2026-10-31',
  '2027-02-27',
  '2028-02-28',
].map((day) => new Date(`${day}T00:00:00Z`))

/** What the wall clock shows in each minute from here on, worked out by the runtime alone. */
function wallClock(timeZone: string, from: Date, days: number): { at: number; local: string }[] {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' })
  return Array.from({ length: (days * DAY_MS) / MINUTE_MS }, (_, minute) => {
    const at = from.getTime() + minute * MINUTE_MS
    return { at, local: format.format(at) }
  })
}

/** The contract, word for word, minute by minute: at the first showing, or at the first moment after a gap. */
function expectedRuns(times: string[], timeZone: string, from: Date, days: number): number[] {
  // A day earlier, so that what showed before the first minute is known.
  const minutes = wallClock(timeZone, new Date(from.getTime() - DAY_MS), days + 1)
  const seen = new Set<string>()
  const runs: number[] = []
  for (const [index, { at, local }] of minutes.entries()) {
    const before = minutes[index - 1]?.local ?? local
    const day = local.slice(0, 10)
    const isDue = times.some((time) => {
      const wanted = `${day} ${time}`
      return wanted === local || (wanted > before && wanted < local && before.slice(0, 10) === day)
    })
    if (isDue && !seen.has(local) && at > from.getTime()) runs.push(at)
    seen.add(local)
  }
  return runs
}

describe('coming runs', () => {
  const times = fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
    .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`)
  const nightly = fc
    .tuple(fc.integer({ min: 0, max: 3 }), fc.constantFrom('00', '15', '30', '45'))
    .map((t) => `0${t.join(':')}`)

  it('a time of day runs once each local day: moved to the next moment there is, or at the first of two', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ZONES),
        fc.constantFrom(...MOMENTS),
        fc.oneof(nightly, times),
        (timeZone, from, at) => {
          const days = 3
          const until = from.getTime() + days * DAY_MS
          const runs = runsAfter({ timing: { kind: 'daily', time: at }, timeZone }, from, 10)
          const expected = expectedRuns([at], timeZone, from, days)
          expect(runs.map((run) => run.getTime()).filter((run) => run < until)).toEqual(expected)
        },
      ),
      { numRuns: 120 },
    )
  })

  it('several times of one cron keep the same rule, also where they are written as steps', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ZONES),
        fc.constantFrom(...MOMENTS),
        fc.constantFrom('*/2', '1,2,3', '0-5/1', '2', '1-3'),
        fc.constantFrom('*/30', '0', '15,45'),
        (timeZone, from, hours, minutes) => {
          const timing: Timing = { kind: 'cron', cron: `${minutes} ${hours} * * *` }
          const until = from.getTime() + 3 * DAY_MS
          const runs = runsAfter({ timing, timeZone }, from, 100)
          const expected = expectedRuns(timesOf(hours, minutes), timeZone, from, 3)
          expect(runs.map((run) => run.getTime()).filter((run) => run < until)).toEqual(expected)
        },
      ),
      { numRuns: 60 },
    )
  })

  it('runs are in order, after the moment asked for, and the same when they are looked up backwards', () => {
    const timing = fc.oneof(
      times.map((at): Timing => ({ kind: 'daily', time: at })),
      fc.integer({ min: 0, max: 59 }).map((minute): Timing => ({ kind: 'hourly', minute })),
      fc
        .tuple(fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 1 }), times)
        .map(([weekdays, at]): Timing => ({ kind: 'weekly', weekdays, time: at })),
      fc.tuple(fc.integer({ min: 1, max: 31 }), times).map(([day, at]): Timing => ({ kind: 'monthly', day, time: at })),
    )
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), fc.constantFrom(...MOMENTS), timing, (timeZone, from, what) => {
        const plan = { timing: what, timeZone }
        const runs = runsAfter(plan, from, 6)
        expect(runs).toHaveLength(6)
        expect(runs.every((run, at) => run > (runs[at - 1] ?? from))).toBe(true)
        const last = runs.at(-1) ?? from
        expect(runsBefore(plan, new Date(last.getTime() + 1_000), 6)).toEqual(runs)
      }),
      { numRuns: 150 },
    )
  })

  it('notes mark the skipped time, the repeated time and the first run under the new offset', () => {
    const daily = (time: string, timeZone: string, day: string): unknown[] =>
      comingRuns({ timing: { kind: 'daily', time }, timeZone }, new Date(`${day}T12:00:00Z`))
        .slice(0, 3)
        .map(({ local, offset, note }) => [local, offset, note])
    expect(daily('02:30', 'Europe/Berlin', '2026-03-27')).toEqual([
      ['2026-03-28 02:30', '+01:00', null],
      ['2026-03-29 03:00', '+02:00', 'skipped'],
      ['2026-03-30 02:30', '+02:00', null],
    ])
    expect(daily('02:30', 'Europe/Berlin', '2026-10-24')).toEqual([
      ['2026-10-25 02:30', '+02:00', 'repeated'],
      ['2026-10-26 02:30', '+01:00', 'offset_changes'],
      ['2026-10-27 02:30', '+01:00', null],
    ])
    expect(daily('03:00', 'Europe/Berlin', '2026-03-28')).toEqual([
      ['2026-03-29 03:00', '+02:00', 'offset_changes'],
      ['2026-03-30 03:00', '+02:00', null],
      ['2026-03-31 03:00', '+02:00', null],
    ])
    expect(daily('02:15', 'Australia/Lord_Howe', '2026-10-03')[0]).toEqual(['2026-10-04 02:30', '+11:00', 'skipped'])
    expect(daily('01:45', 'Australia/Lord_Howe', '2026-04-04')[0]).toEqual(['2026-04-05 01:45', '+11:00', 'repeated'])
    expect(daily('23:15', 'Asia/Kolkata', '2026-03-28')[0]).toEqual(['2026-03-28 23:15', '+05:30', null])
  })

  it('what runs every hour runs in each hour that passes, also in the one that comes twice', () => {
    const runs = comingRuns(
      { timing: { kind: 'hourly', minute: 5 }, timeZone: 'Europe/Berlin' },
      new Date('2026-10-24T23:30:00Z'),
    )
    expect(runs.slice(0, 3).map(({ at, local, note }) => [at.slice(11, 16), local.slice(11), note])).toEqual([
      ['00:05', '02:05', null],
      ['01:05', '02:05', 'offset_changes'],
      ['02:05', '03:05', null],
    ])
  })

  it.each([
    [28, ['02-28', '03-28', '04-28', '05-28']],
    [29, ['02-28', '03-29', '04-29', '05-29']],
    [30, ['02-28', '03-30', '04-30', '05-30']],
    [31, ['02-28', '03-31', '04-30', '05-31']],
  ])('day %i of a month means the last day of a shorter one', (day, expected) => {
    const timing: Timing = { kind: 'monthly', day, time: '02:00' }
    const runs = runsAfter({ timing, timeZone: 'UTC' }, new Date('2027-02-01T00:00:00Z'), 4)
    expect(runs.map((run) => run.toISOString().slice(5, 10))).toEqual(expected)
  })

  it('timings become cron expressions of five fields', () => {
    expect(toCron({ kind: 'hourly', minute: 7 })).toBe('7 * * * *')
    expect(toCron({ kind: 'daily', time: '02:05' })).toBe('5 2 * * *')
    expect(toCron({ kind: 'weekly', weekdays: [5, 1, 5], time: '23:00' })).toBe('0 23 * * 1,5')
    expect(toCron({ kind: 'monthly', day: 31, time: '00:00' })).toBe('0 0 L * *')
    expect(toCron({ kind: 'cron', cron: ' 0  3 * * 1-5 ' })).toBe('0 3 * * 1-5')
  })

  it('the local clock knows offsets west of Greenwich and of half hours', () => {
    const at = new Date('2026-07-01T12:00:00Z')
    expect(localClock('America/New_York').local(at)).toBe('2026-07-01 08:00')
    expect(localClock('America/St_Johns').offset(at)).toBe('-02:30')
    expect(localClock('UTC').offset(at)).toBe('+00:00')
  })
})

function timesOf(hours: string, minutes: string): string[] {
  const values = (field: string, max: number): number[] => {
    const all = Array.from({ length: max }, (_, value) => value)
    if (field.startsWith('*/')) return all.filter((value) => value % Number(field.slice(2)) === 0)
    const range = /^(\d+)-(\d+)/.exec(field)
    if (range !== null) return all.filter((value) => value >= Number(range[1]) && value <= Number(range[2]))
    return field.split(',').map(Number)
  }
  return values(hours, 24).flatMap((hour) =>
    values(minutes, 60).map((minute) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`),
  )
}
