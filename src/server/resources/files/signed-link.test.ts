import { expect, it } from 'vitest'

import { createVault } from '../../vault.ts'
import { isSigned, LINK_SECONDS, signedQuery } from './signed-link.ts'

const vault = createVault(Buffer.alloc(32, 7))
const now = new Date('2026-11-21T10:00:00Z')
const later = (seconds: number): Date => new Date(now.getTime() + seconds * 1_000)
const linkTo = (path: string): { expires: string; signature: string } =>
  Object.fromEntries(new URLSearchParams(signedQuery(vault, path, now))) as never

it('a link is good for its path until its end, in every process with the master key', () => {
  const link = linkTo('/vault/a/b.png')
  expect(isSigned(createVault(Buffer.alloc(32, 7)), '/vault/a/b.png', link, later(LINK_SECONDS - 1))).toBe(true)
  expect(isSigned(vault, '/vault/a/b.png', link, later(LINK_SECONDS))).toBe(false)
  expect(isSigned(vault, '/vault/a/c.png', link, now)).toBe(false)
  expect(isSigned(createVault(Buffer.alloc(32, 8)), '/vault/a/b.png', link, now)).toBe(false)
})

it('a later end, another signature, a missing part and a repeated one are refused', () => {
  const { expires, signature } = linkTo('/vault/a/b.png')
  const changed = `${signature.slice(0, 20)}${signature[20] === 'A' ? 'B' : 'A'}${signature.slice(21)}`
  for (const query of [
    { expires: String(Number(expires) + 1), signature },
    { expires: `0${expires}`, signature },
    { expires, signature: changed },
    { expires, signature: '' },
    { expires, signature: 'AAAA' },
    { expires },
    { signature },
    { expires: [expires, expires], signature },
  ]) {
    expect(isSigned(vault, '/vault/a/b.png', query, now)).toBe(false)
  }
})

it('what is sealed for another purpose signs nothing', () => {
  const { expires } = linkTo('/vault/a/b.png')
  const signature = Buffer.from(vault.seal(`/vault/a/b.png\n${expires}`), 'base64').toString('base64url')
  expect(isSigned(vault, '/vault/a/b.png', { expires, signature }, now)).toBe(false)
})
