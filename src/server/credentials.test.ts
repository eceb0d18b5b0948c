import { expect, test } from 'vitest'

import { checkPassword, hashPassword, isTokenForm, newAccessToken } from './credentials.ts'

test('a token is mdk_ with 36 random characters and 6 of their checksum', () => {
  const token = newAccessToken()
  expect(token).toMatch(/^mdk_[0-9A-Za-z]{42}$/)
  expect(isTokenForm(token)).toBe(true)
  expect(newAccessToken()).not.toBe(token)
})

test('a token with one character changed is refused before any look-up', () => {
  const token = newAccessToken()
  for (const at of [4, 20, 45]) {
    const changed = `${token.slice(0, at)}${token.charAt(at) === 'a' ? 'b' : 'a'}${token.slice(at + 1)}`
    expect(isTokenForm(changed)).toBe(false)
  }
  expect(isTokenForm(`${token}x`)).toBe(false)
  expect(isTokenForm('')).toBe(false)
})

test('a password fits its own hash and no other, and an unknown account fits nothing', async () => {
  const hash = await hashPassword('correct horse battery')
  expect(hash).toMatch(/^\$argon2id\$/)
  expect(await checkPassword(hash, 'correct horse battery')).toBe(true)
  expect(await checkPassword(hash, 'Correct horse battery')).toBe(false)
  expect(await checkPassword(null, 'correct horse battery')).toBe(false)
})
