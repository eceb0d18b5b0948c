import { describe, expect, it } from 'vitest'

import { isCodeMissing, isId } from './lazy-page.ts'

describe('ids in the address', () => {
  it.each(['1', '42', '9007199254740991'])('takes %j', (text) => {
    expect(isId(text)).toBe(true)
  })

  it.each(['abc', '', '0', '-1', '1.5', '1e3', ' 1', '99999999999999999', undefined])('refuses %j', (text) => {
    expect(isId(text)).toBe(false)
  })
})

it('tells missing code from faults of our own', () => {
  expect(isCodeMissing(new TypeError('Failed to fetch dynamically imported module: /assets/a.js'))).toBe(true)
  expect(isCodeMissing(new TypeError('x is not a function'))).toBe(false)
})
