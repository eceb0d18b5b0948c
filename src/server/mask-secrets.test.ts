import { expect, it } from 'vitest'

import { newAccessToken } from './credentials.ts'
import { MASK, maskSecrets } from './mask-secrets.ts'

it.each([
  'password',
  'newPassword',
  'sealed_password',
  'secretAccessKey',
  'client_secret',
  'X-Api-Key',
  'apikey',
  'Authorization',
  'set-cookie',
  'token',
  'refreshToken',
  'recoveryCodes',
  'password_hash',
  'key',
  'otp',
  'totpCode',
  'passphrase',
  'credentials',
  'private_pem',
])('what is called %s is masked, at any depth', (name) => {
  expect(maskSecrets({ list: [{ deep: { [name]: 'hunter2' } }] })).toEqual({ list: [{ deep: { [name]: MASK } }] })
  expect(maskSecrets({ [name]: { inner: 'hunter2' } })).toEqual({ [name]: MASK })
})

it('secrets of a list are masked, and so is a list that holds one among things', () => {
  expect(maskSecrets({ tokens: ['hunter2'] })).toEqual({ tokens: MASK })
  expect(maskSecrets({ tokens: [{ id: 7 }, 'hunter2'] })).toEqual({ tokens: MASK })
  expect(maskSecrets({ list: [['Bearer hunter2']] })).toEqual({ list: [[MASK]] })
})

it('a secret may be a number', () => {
  expect(maskSecrets({ pin: 1234 })).toEqual({ pin: MASK })
})

it.each([
  ['name', 'password'],
  ['accessKeyId', 'AKIA'],
  ['token_id', 7],
  ['keyName', 'main'],
  ['tokens', 3],
  ['tokensTo', 7],
  ['tokens', [{ id: 7, fate: 'revoked' }]],
  ['require_token', true],
  ['newSecret', false],
  ['password', null],
  ['canonical', 'token'],
  ['monkey', 'business'],
  ['keyboard', 'qwerty'],
])('what tells no secret stays: %s is %s', (name, value) => {
  expect(maskSecrets({ [name]: value })).toEqual({ [name]: value })
})

it.each([
  [`curl -H "x: ${newAccessToken()}" now`, `curl -H "x: ${MASK}" now`],
  ['Authorization: Bearer abc.def', `Authorization: ${MASK}`],
  ['eyJhbGciOi.eyJzdWIiOi.c2ln', MASK],
  ['postgres://ann:hunter2@db/x', `postgres://ann:${MASK}@db/x`],
  ['https://a.b/c?x=1&token=hunter2#d', `https://a.b/c?x=1&token=${MASK}#d`],
  ['$argon2id$v=19$m=19456$c2FsdA$aGFzaA', MASK],
  ['a token (mdk_abcd…wxyz), 3 keys', 'a token (mdk_abcd…wxyz), 3 keys'],
])('a secret that is known by its form is masked wherever it stands: %s', (text, masked) => {
  expect(maskSecrets({ docs: text })).toEqual({ docs: masked })
})

it('what nobody reads is not looked through: neither long texts nor endless nesting', () => {
  expect(maskSecrets({ docs: 'x'.repeat(10_000) })).toEqual({ docs: '(10000 characters)' })
  let deep: unknown = 'hunter2'
  for (let level = 0; level < 200; level += 1) deep = { a: deep }
  expect(JSON.stringify(maskSecrets(deep))).not.toContain('hunter2')
})

it('hostile texts take no longer than others', () => {
  const texts = ['eyJ-', 'eyJaaaaa.', '://a:', 'Bearer ', 'mdk_', '-----BEGIN PRIVATE KEY', '?token=&'].map((part) =>
    part.repeat(Math.floor(8_192 / part.length)),
  )
  const begin = performance.now()
  for (const text of texts) maskSecrets(Array.from({ length: 20 }, () => text))
  expect(performance.now() - begin).toBeLessThan(2_000)
})

it('a key named __proto__ stays a plain key', () => {
  const masked = maskSecrets(JSON.parse('{"__proto__": {"password": "hunter2"}}'))
  expect(JSON.stringify(masked)).toBe(`{"__proto__":{"password":"${MASK}"}}`)
  expect(Object.getPrototypeOf(masked)).toBe(Object.prototype)
})
