import { expect, it } from 'vitest'

import { storableJson } from './storable-json.ts'

it.each([
  [{ a: 'x\0y' }, { a: 'x\uFFFDy' }],
  [{ 'k\0': 1 }, { 'k\uFFFD': 1 }],
  [
    ['\uD83C', '\uDFD6', '\uD83C\uDFD6'],
    ['\uFFFD', '\uFFFD', '🏖'],
  ],
  ['a backslash \\u0000 that is text', 'a backslash \\u0000 that is text'],
  ['\\\\\0', '\\\\\uFFFD'],
  ['"quoted\\"\n', '"quoted\\"\n'],
  [undefined, null],
])('%j is kept as %j', (value, kept) => {
  expect(JSON.parse(storableJson(value))).toEqual(kept)
})
