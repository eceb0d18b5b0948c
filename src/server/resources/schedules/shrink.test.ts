import { expect, it } from 'vitest'

import { isSmaller } from './shrink.ts'

const NONE = { last: 0, daily: 0, weekly: 0, monthly: 0 }
const SOME = { last: 2, daily: 7, weekly: 4, monthly: 6 }

it.each([
  ['as before', SOME, SOME, false],
  ['more of one', { ...SOME, last: 3 }, SOME, false],
  ['everything instead of some', NONE, SOME, false],
  ['everything as before', NONE, NONE, false],
  ['less of one', { ...SOME, monthly: 5 }, SOME, true],
  ['less of one and more of another', { ...SOME, last: 900, daily: 6 }, SOME, true],
  ['some instead of everything', { ...NONE, last: 1_000 }, NONE, true],
])('a retention is smaller where something may go that the one before keeps: %s', (_what, after, before, is) => {
  expect(isSmaller(after, before)).toBe(is)
})
