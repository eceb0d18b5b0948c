import { describe, expect, test } from 'vitest'
import { z } from 'zod'

import { wholeNumber } from './numbers.ts'

const read = (sent: unknown) => wholeNumber(0, 1_000).safeParse(sent)

test('decimal digits are read as the number they are', () => {
  for (const [sent, number] of [
    ['0', 0],
    ['7', 7],
    ['007', 7],
    ['1000', 1_000],
    [12, 12],
  ] as const) {
    expect([sent, read(sent).data]).toEqual([sent, number])
  }
  expect(wholeNumber(1).parse('9007199254740991')).toBe(Number.MAX_SAFE_INTEGER)
})

describe('what is no whole number in decimal digits is refused', () => {
  const texts = [
    '',
    ' ',
    '1 ',
    ' 1',
    '+1',
    '-1',
    '-0',
    '0x1',
    '0b1',
    '0o7',
    '1e3',
    '1.0',
    '.5',
    'NaN',
    'Infinity',
    '１',
    '1_0',
  ]
  test.each([...texts, '99999999999999999999'])('as text: %j', (sent) => expect(read(sent).success).toBe(false))
  test.each([1.5, -1, Number.NaN, Infinity, true, null, [1], { a: 1 }, undefined])('as %j in a body', (sent) =>
    expect(read(sent).success).toBe(false),
  )
})

test('what is out of bounds is refused', () => {
  expect([read('1001').success, wholeNumber(1).safeParse('0').success]).toEqual([false, false])
  expect(wholeNumber(1).safeParse('9007199254740993').success).toBe(false)
})

test('it may be absent where its schema says so', () => {
  const schema = z.object({ id: wholeNumber(1).optional(), limit: wholeNumber(1, 50).default(20) })
  expect(schema.parse({})).toEqual({ limit: 20 })
  expect(schema.safeParse({ id: '' }).success).toBe(false)
})
