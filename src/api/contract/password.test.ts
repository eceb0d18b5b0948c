import { expect, test } from 'vitest'

import { passwordProblem } from './password.ts'

const PERSON = { name: 'Ada Lovelace', email: 'countess@example.com' }

test.each(['correct horse battery', 'tr0ub4dor&3-x', 'ключ от старой двери', 'lovelace wrote the first program'])(
  'a password that nobody guesses is taken: %s',
  (password) => expect(passwordProblem(password, PERSON)).toBeNull(),
)

test.each([
  ['aaaaaaaaaaaa', /different/],
  ['abababababab', /different/],
  ['Password1234!', /tried first/],
  ['1234567890', /tried first/],
  ['qwertyuiop123', /tried first/],
  ['abcdefghijkl', /tried first/],
  ['countess@example.com', /name or e-mail/],
  ['Lovelace2026!', /name or e-mail/],
  ['adalovelace99', /name or e-mail/],
])('a password that is guessed first is refused and told why: %s', (password, reason) => {
  expect(passwordProblem(password, PERSON)).toMatch(reason)
})

test('the longest password that is taken is judged at once', () => {
  const started = Date.now()
  passwordProblem('password'.repeat(125), PERSON)
  expect(Date.now() - started).toBeLessThan(200)
})
