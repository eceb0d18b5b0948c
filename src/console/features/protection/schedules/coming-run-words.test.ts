import { expect, it } from 'vitest'

import { clockNote, farWords, isFar, localParts } from './coming-run-words.ts'

const run = { at: '2026-03-29T01:00:00Z', local: '2026-03-29 03:00', offset: '+02:00', note: null } as const

it('splits a local time into its day and its hour', () => {
  expect(localParts(run)).toEqual({ day: 'Sun 29 Mar', time: '03:00' })
})

it('says in words what the clocks do to a run', () => {
  expect(clockNote(run, '02:30')).toBeUndefined()
  expect(clockNote({ ...run, note: 'skipped' }, '02:30')).toBe('29 March: 02:30 does not exist that day; runs at 03:00')
  expect(clockNote({ ...run, note: 'skipped' }, undefined)).toBe(
    '29 March: the time does not exist that day; runs at 03:00',
  )
  expect(clockNote({ ...run, local: '2026-10-25 02:30', note: 'repeated' }, '02:30')).toBe(
    '25 October: 02:30 comes twice that day; runs at the first',
  )
  expect(clockNote({ ...run, note: 'offset_changes' }, '03:00')).toBe(
    '29 March: the clocks have changed; 03:00 is now at UTC+02:00',
  )
})

it('counts the days to a run where its date alone would stand there twice', () => {
  const now = new Date('2026-02-01T01:00:00Z')
  expect([isFar(run.at, now), isFar('2026-02-20T01:00:00Z', now)]).toEqual([true, false])
  expect(farWords(run.at, now)).toBe('in 56 d')
})
