import { randomBase62 } from '../../ids.ts'

/** Characters of a listed name. */
const NAME_MAX = 255
/** Of the name within an address. */
const SLUG_MAX = 100
/** Random characters of a path: 142 bits, so that nobody guesses the address of a private file. */
const KEY_LENGTH = 24
/** Direction marks make `exe.gpj` look like `jpg.exe`. */
const UNSEEN = /[\p{Cc}\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu
/** Names that Windows keeps for devices, whatever their ending. */
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i

/** The name a file is listed under: what the sender called it, without folders and what cannot be seen. */
export function displayName(sent: string | undefined): string {
  const base = (sent ?? '').toWellFormed().split(/[/\\]/).at(-1) ?? ''
  const name = base.replaceAll(UNSEEN, '').trim()
  if (name === '' || name === '.' || name === '..') return 'file'
  if (name.length <= NAME_MAX) return name
  // The ending tells programs what the file is.
  const ending = /\.\w{1,11}$/.exec(name)?.[0] ?? ''
  const start = name.slice(0, NAME_MAX - ending.length).replace(/[\uD800-\uDBFF]$/, '')
  return `${start}${ending}`
}

/** The name as one segment of an address and as a file on any system: ASCII letters, digits, `.`, `_`, `-`. */
export function addressName(name: string): string {
  const ending = /\.[A-Za-z0-9]{1,11}$/.exec(name)?.[0] ?? ''
  const stem = name
    .slice(0, name.length - ending.length)
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^A-Za-z0-9._-]+/g, '_')
    .replaceAll(/\.{2,}/g, '.')
    .replaceAll(/^[._]+|\.+$/g, '')
    .slice(0, SLUG_MAX - ending.length)
  const slug = `${stem === '' ? 'file' : stem}${ending}`
  return RESERVED.test(slug) ? `_${slug}` : slug
}

/** A new path that nobody guesses: `/vault/<random>/<name>`. */
export function newFilePath(name: string): string {
  return `/vault/${randomBase62(KEY_LENGTH)}/${addressName(name)}`
}
