import { expect, it } from 'vitest'

import { SESSION_POLICY_DEFAULT } from '#api/contract/sessions.ts'

import { durationOf, durationWords, secondsOf, unitWord } from './duration.ts'

it('is written in the largest unit that needs no fraction, and comes back as it was', () => {
  expect([300, 5_400, 7_200, 86_400, 90_000].map(durationWords)).toEqual([
    '5 minutes',
    '90 minutes',
    '2 hours',
    '1 day',
    '25 hours',
  ])
  for (const seconds of [300, 5_400, ...Object.values(SESSION_POLICY_DEFAULT)])
    expect(secondsOf(durationOf(seconds))).toBe(seconds)
})

it('an empty box is no length of time', () => {
  expect(secondsOf({ count: null, unit: 'days' })).toBeNaN()
})

it('one of a unit is no more than one', () => {
  expect([1, 2, null].map((count) => unitWord('days', count))).toEqual(['day', 'days', 'days'])
})
