import { expect, it } from 'vitest'

import { passwordStrength } from './password-strength.ts'

it.each([
  ['', 'none'],
  ['short', 'short'],
  ['aaaaaaaaaaaaaaaa', 'weak'],
  ['0123456789', 'weak'],
  ['kfmwpqxz82', 'fair'],
  ['correct-horse-battery', 'strong'],
])('rates %j as %s', (password, level) => {
  expect(passwordStrength(password).level).toBe(level)
})

it('counts the characters that are missing', () => {
  expect(passwordStrength('123456789').hint).toBe('1 more character needed.')
})
