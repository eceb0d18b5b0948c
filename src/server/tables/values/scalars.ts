import { BadValue } from './bad-value.ts'

const INTEGER = /^-?\d{1,19}$/
const DECIMAL = /^-?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?$/
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const EMAIL = /^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>".]+$/
const EMAIL_MAX = 320
const DECIMAL_TEXT_MAX = 400

const INT64_MIN = -(2n ** 63n)
const INT64_MAX = 2n ** 63n - 1n

/** A 64-bit whole number: a number, or text where a number cannot hold every digit. */
export function toInt(value: unknown): number | string {
  if (typeof value === 'number') {
    if (!Number.isInteger(value)) throw new BadValue('must be a whole number')
    if (!Number.isSafeInteger(value)) {
      throw new BadValue('is too large for a JSON number; send it as text so that no digit is lost')
    }
    return value
  }
  if (typeof value !== 'string' || !INTEGER.test(value.trim())) throw new BadValue('must be a whole number')
  const whole = BigInt(value.trim())
  if (whole < INT64_MIN || whole > INT64_MAX) throw new BadValue('must fit 64 bits')
  return fromIntText(whole.toString())
}

/** What the API answers for a 64-bit number: a number, and text beyond 2^53 so that no digit is lost. */
export function fromIntText(text: string): number | string {
  const number = Number(text)
  return Number.isSafeInteger(number) ? number : text
}

/** A finite number; text keeps digits that a number would lose. */
export function toDecimal(value: unknown): number | string {
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new BadValue('must be a finite number')
    return value
  }
  if (typeof value !== 'string' || value.length > DECIMAL_TEXT_MAX || !DECIMAL.test(value.trim())) {
    throw new BadValue('must be a number')
  }
  if (!Number.isFinite(Number(value))) throw new BadValue('must be a finite number')
  return value.trim()
}

/** Text that PostgreSQL can hold: no NUL, no half of a surrogate pair. */
export function toText(value: unknown): string {
  if (typeof value !== 'string') throw new BadValue('must be text')
  requireStorableText(value)
  return value
}

/** Throws for the two things a text may hold in JSON and not in PostgreSQL. */
export function requireStorableText(text: string): void {
  if (text.includes('\u0000')) throw new BadValue('must not contain the character NUL (\\u0000)')
  if (!text.isWellFormed()) throw new BadValue('contains half of a surrogate pair, which is no character')
}

export function toBool(value: unknown): boolean {
  if (typeof value !== 'boolean') throw new BadValue('must be true or false')
  return value
}

/** A uuid in lower case. */
export function toUuid(value: unknown): string {
  if (typeof value !== 'string' || !UUID.test(value)) throw new BadValue('must be a uuid')
  return value.toLowerCase()
}

/** The shape of an e-mail address; empty text passes, as for every optional text. */
export function requireEmail(text: string): void {
  if (text === '') return
  if (text.length > EMAIL_MAX || !EMAIL.test(text)) throw new BadValue('must be an e-mail address')
}

/** One of the choices of an enum. */
export function toChoice(value: unknown, choices: readonly string[]): string {
  const text = typeof value === 'number' ? String(value) : value
  if (typeof text === 'string' && choices.includes(text)) return text
  const shown = choices.slice(0, 20).join(', ')
  throw new BadValue(`must be one of ${shown}${choices.length > 20 ? ', …' : ''}`)
}
