import { expect, it } from 'vitest'

import { passwordStrength } from './password-strength.ts'

const ADA = { name: 'Ada Lovelace', email: 'ada@example.com' }

it.each([
  ['', 'none'],
  ['short', 'short'],
  ['aaaaaaaaaaaaaaaa', 'weak'],
  ['0123456789', 'weak'],
  ['kfmwpqxz82', 'fair'],
  ['correct-horse-battery', 'strong'],
])('rates %j as %s', (password, level) => {
  expect(passwordStrength(password, ADA).level).toBe(level)
})

it('counts the characters that are missing', () => {
  expect(passwordStrength('123456789', ADA).hint).toBe('1 more character needed.')
})

it.each([
  ['password123456', /tried first/],
  ['ada@example.com1', /your name or e-mail address/],
])('says of %j why the rule refuses it, however long it is', (password, why) => {
  expect(passwordStrength(password, ADA)).toMatchObject({ level: 'weak', hint: expect.stringMatching(why) as string })
})
