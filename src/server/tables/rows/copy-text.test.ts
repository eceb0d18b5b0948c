import fc from 'fast-check'
import { expect, test } from 'vitest'

import type { Column } from '#api/contract/columns.ts'

import { createLineWriter } from './copy-text.ts'
import { createMomentWriter } from './moment-text.ts'

const line = (column: Omit<Column, 'name'>, value: unknown): string =>
  createLineWriter([{ name: 'c', ...column }])({ c: value })

test('characters that COPY reads as its own are escaped, in text, JSON and lists', () => {
  expect(line({ type: 'text' }, 'a\tb\nc\rd\\e')).toBe('a\\tb\\nc\\rd\\\\e\n')
  expect(line({ type: 'json' }, { a: 'x\n"' })).toBe('{"a":"x\\\\n\\\\""}\n')
  expect(line({ type: 'text', style: 'list' }, ['a"b', 'c\\d', '', 'NULL', '{,}'])).toBe(
    '{"a\\\\"b","c\\\\\\\\d","","NULL","{,}"}\n',
  )
})

test('no value is written as null, and empty text as empty text', () => {
  expect(line({ type: 'text' }, null)).toBe('\\N\n')
  expect(line({ type: 'text' }, undefined)).toBe('\\N\n')
  expect(line({ type: 'text' }, '')).toBe('\n')
  expect(line({ type: 'text' }, '\\N')).toBe('\\\\N\n')
  expect(line({ type: 'json' }, null)).toBe('\\N\n')
})

test('each kind of value is written as PostgreSQL reads it', () => {
  const write = createLineWriter([
    { name: 'id', type: 'int' },
    { name: 'price', type: 'decimal' },
    { name: 'is', type: 'bool' },
    { name: 'at', type: 'timestamp' },
    { name: 'ats', type: 'timestamp', style: 'list' },
    { name: 'numbers', type: 'int', style: 'list' },
    { name: 'point', type: 'vector' },
  ])
  const row = {
    id: 1,
    price: '1.10',
    is: true,
    at: 1,
    ats: [0],
    numbers: [1, '9223372036854775807'],
    point: [0.5, 1e-7],
  }
  expect(write(row)).toBe(
    '1\t1.10\ttrue\t1970-01-01T00:00:00.001Z\t{"1970-01-01T00:00:00.000Z"}\t{1,"9223372036854775807"}\t{0.5,1e-7}\n',
  )
})

test('every moment is written as toISOString does, but for a fraction of zero', () => {
  const write = createMomentWriter()
  const ms = fc.oneof(
    fc.integer({ min: -62_135_596_800_000, max: 253_402_300_799_999 }),
    fc.integer({ min: -100_000_000, max: 100_000_000 }),
  )
  fc.assert(
    fc.property(ms, (value) => {
      expect(write(value)).toBe(new Date(value).toISOString().replace('.000Z', 'Z'))
    }),
    { numRuns: 2_000 },
  )
})
