import { expect, test } from 'vitest'

import { readConstruct } from '#xanoscript/read-construct.ts'

import { toInput } from './present-input.ts'

test('defaults are answered as JSON values; numbers that JSON cannot hold stay text', () => {
  const fields = [
    'text a',
    'text b?="7"',
    'int c?=7',
    'decimal d?=1.5',
    'bool e?=true',
    'timestamp f?=now',
    'int g?=9007199254740993',
    'text? h?=null',
  ]
  const { input } = readConstruct(`function x {\n  input {\n    ${fields.join('\n    ')}\n  }\n}\n`)
  expect(input.map(toInput).map((one) => one.default)).toEqual([
    null,
    '7',
    7,
    1.5,
    true,
    'now',
    '9007199254740993',
    null,
  ])
})
