import { expect, it } from 'vitest'

import { ageAgainst, ageWords } from './age-words.ts'

it('rounds an age down in one unit, and never to nothing', () => {
  expect([5, 59 * 60, 47.9 * 3_600, 31 * 86_400].map(ageWords)).toEqual(['1 min', '59 min', '47 h', '31 d'])
})

it('sets an age beside what is wanted, where something is', () => {
  expect(ageAgainst(4 * 3_600 + 1_800, 86_400)).toBe('4 h old, wanted 24 h')
  expect(ageAgainst(600, null)).toBe('10 min old')
})
