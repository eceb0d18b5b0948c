import { createHash, randomBytes } from 'node:crypto'
import { crc32 } from 'node:zlib'

import { hash as argon2, verify } from '@node-rs/argon2'

import { base62, randomBase62 } from './ids.ts'

const TOKEN_PREFIX = 'mdk_'
const TOKEN_RANDOM = 36
const TOKEN_CHECK = 6
const TOKEN_FORM = /^mdk_[0-9A-Za-z]{42}$/

/** SHA-256, the only form in which tokens, cookies and links are stored. */
export function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

/** `mdk_` + 36 random base62 characters + 6 characters of their CRC32: scanners can tell a real one from a typo. */
export function newAccessToken(): string {
  const random = randomBase62(TOKEN_RANDOM)
  return `${TOKEN_PREFIX}${random}${base62(crc32(random), TOKEN_CHECK)}`
}

/** False for anything that cannot be a token of ours; saves the look-up. */
export function isTokenForm(text: string): boolean {
  if (!TOKEN_FORM.test(text)) return false
  const random = text.slice(TOKEN_PREFIX.length, TOKEN_PREFIX.length + TOKEN_RANDOM)
  return text.endsWith(base62(crc32(random), TOKEN_CHECK))
}

/** 43 URL-safe characters: cookies, setup links. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url')
}

/** argon2id; parameters are the library's, in the hash itself. */
export function hashPassword(password: string): Promise<string> {
  return argon2(password)
}

/** A hash that no password fits: unknown accounts then take as long to refuse as known ones. */
const NOBODY_HASH = argon2(randomBytes(32).toString('hex'))

/** True where the password fits; `null` stands for an unknown account. */
export async function checkPassword(hash: string | null, password: string): Promise<boolean> {
  const fits = await verify(hash ?? (await NOBODY_HASH), password)
  return fits && hash !== null
}
