import { randomBytes } from 'node:crypto'

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** `length` random characters of 0-9, A-Z, a-z, each equally likely. */
export function randomBase62(length: number): string {
  let text = ''
  while (text.length < length) {
    // 248 = 4 × 62: bytes above it would favour the first characters.
    for (const byte of randomBytes(length)) {
      if (byte < 248 && text.length < length) text += BASE62.charAt(byte % 62)
    }
  }
  return text
}

/** 27 URL-safe characters, the form of `guid` in the Metadata API. */
export function newGuid(): string {
  return randomBytes(21).toString('base64url').slice(0, 27)
}

/** 8 URL-safe characters, the form of a group's `canonical`. */
export function newCanonical(): string {
  return randomBase62(8)
}

/** `number` in base 62, at least `width` characters. */
export function base62(number: number, width: number): string {
  let rest = number
  let text = ''
  while (rest > 0) {
    text = BASE62.charAt(rest % 62) + text
    rest = Math.floor(rest / 62)
  }
  return text.padStart(width, '0')
}
