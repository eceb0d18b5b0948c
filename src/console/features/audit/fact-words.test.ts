import { expect, it } from 'vitest'

import { factText, factWords, reasonWords } from './fact-words.ts'

it('tells in words where a fact is', () => {
  expect(['secondFactor', 'is_active', 'limits.maxRows', 'name'].map(factWords)).toEqual([
    'Second step',
    'Active',
    'Limits › max rows',
    'Name',
  ])
})

it('tells how somebody signed in, and leaves names of other things as they are', () => {
  expect(factText('secondFactor', 'totp')).toBe('authenticator app')
  expect(factText('method', 'recovery_code')).toBe('recovery code')
  expect(factText('column', 'totp')).toBe('totp')
  expect(factText('isNew', true)).toBe('yes')
})

it('tells why a call was refused, also by a reason that only a newer server knows', () => {
  expect(reasonWords('recovery')).toBe('the recovery link does not hold')
  expect(reasonWords('too_many_moons')).toBe('too many moons')
})
