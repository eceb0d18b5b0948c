import { expect, test } from 'vitest'

import { closedVault, createVault } from './vault.ts'

const vault = createVault(Buffer.alloc(32, 1))

test('what was sealed comes back, and each sealing differs', () => {
  const sealed = vault.seal('pässword')
  expect(vault.open(sealed)).toBe('pässword')
  expect(vault.seal('pässword')).not.toBe(sealed)
  expect(sealed).not.toContain('pässword')
})

test('another key or a changed byte is refused', () => {
  const sealed = vault.seal('secret')
  expect(() => createVault(Buffer.alloc(32, 2)).open(sealed)).toThrow()
  const bytes = Buffer.from(sealed, 'base64')
  bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1)
  expect(() => vault.open(bytes.toString('base64'))).toThrow()
})

test('a closed vault neither seals nor opens, and says that another process can', () => {
  const closed = closedVault()
  const refusal = expect.objectContaining({
    code: 'not_ready',
    message: expect.stringContaining('another master key') as string,
  }) as Error
  expect(() => closed.seal('secret')).toThrow(refusal)
  expect(() => closed.open(vault.seal('secret'))).toThrow(refusal)
})
