import { expect, it } from 'vitest'

import { archivePasswordStrength } from './archive-password.ts'

it.each([
  ['', 'none'],
  ['short', 'weak'],
  ['a'.repeat(40), 'weak'],
  ['abababababababababab', 'weak'],
  ['0123456789012345', 'weak'],
  ['kfmwpqxz82wm', 'fair'],
  ['correct horse battery', 'strong'],
])('rates %j as %s', (password, level) => {
  expect(archivePasswordStrength(password).level).toBe(level)
})

it('says what an empty one means', () => {
  expect(archivePasswordStrength('').hint).toContain('not encrypted')
})
