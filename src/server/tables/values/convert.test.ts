import { describe, expect, test } from 'vitest'

import type { Column } from '#api/contract/columns.ts'

import { BadValue } from './bad-value.ts'
import { convertValue, prepareField } from './convert.ts'

const NOW = new Date('2026-11-21T10:20:30.400Z')
const column = (type: Column['type'], more: Partial<Column> = {}): Column => ({ name: 'c', type, ...more })
const convert = (of: Column, value: unknown): unknown => convertValue(of, value, NOW)

function reasonOf(of: Column, value: unknown): string {
  try {
    prepareField(of, NOW)(value)
  } catch (error) {
    if (error instanceof BadValue) return error.toIssue('c').message
    throw error
  }
  return 'taken'
}

const TAKEN: [Column, unknown, unknown][] = [
  [column('int'), 7, 7],
  [column('int'), -9_007_199_254_740_991, -9_007_199_254_740_991],
  [column('int'), '9223372036854775807', '9223372036854775807'],
  [column('int'), '-9223372036854775808', '-9223372036854775808'],
  [column('int'), '007', 7],
  [column('decimal'), 0.1, 0.1],
  [column('decimal'), '12345678901234567890.123456789', '12345678901234567890.123456789'],
  [column('decimal'), '1e3', '1e3'],
  [column('text'), '', ''],
  [column('text', { filters: { trim: true, upper: true } }), ' aé ', 'AÉ'],
  [column('email', { filters: { lower: true } }), 'A@Example.com', 'a@example.com'],
  [column('email'), '', ''],
  [column('bool'), false, false],
  [column('uuid'), '0B0E7A52-93B4-4C3E-9C5B-2F6F4E1D0A11', '0b0e7a52-93b4-4c3e-9c5b-2f6f4e1d0a11'],
  [column('timestamp'), 0, 0],
  [column('timestamp'), 'now', NOW.getTime()],
  [column('timestamp'), '2026-11-21', Date.UTC(2026, 10, 21)],
  [column('timestamp'), '2026-11-21 18:05:57+0000', Date.UTC(2026, 10, 21, 18, 5, 57)],
  [column('timestamp'), '2026-11-21T18:05:57.123456Z', Date.UTC(2026, 10, 21, 18, 5, 57, 123)],
  [column('timestamp'), '2026-11-21T18:05-02:30', Date.UTC(2026, 10, 21, 20, 35)],
  [column('timestamp'), '0001-01-01T00:00:00Z', -62_135_596_800_000],
  [column('date'), '2024-02-29', '2024-02-29'],
  [column('date'), 'now', '2026-11-21'],
  [column('json'), { a: [1, null, 'x'] }, { a: [1, null, 'x'] }],
  [column('enum', { values: ['1', 'b'] }), 'b', 'b'],
  [column('enum', { values: ['1', 'b'] }), 1, '1'],
  [column('vector', { vector: { size: 2 } }), [0.5, -1], [0.5, -1]],
  [column('vector', { vector: { size: 1 } }), [1e-60], [0]],
  [column('image'), { path: '/a.png', size: 3 }, { path: '/a.png', size: 3 }],
  [
    column('geo_point'),
    { type: 'point', data: { lng: 13.4, lat: 52.5 } },
    { type: 'point', data: { lng: 13.4, lat: 52.5 } },
  ],
  [
    column('geo_linestring'),
    {
      type: 'linestring',
      data: [
        { lng: 1, lat: 1 },
        { lng: 2, lat: 2 },
      ],
    },
    {
      type: 'linestring',
      data: [
        { lng: 1, lat: 1 },
        { lng: 2, lat: 2 },
      ],
    },
  ],
  [column('int', { style: 'list' }), [1, '2'], [1, 2]],
  [column('int', { style: 'list' }), [], []],
  [
    column('object', {
      children: [column('timestamp', { name: 'at' }), column('text', { name: 'x', filters: { trim: true } })],
    }),
    { at: '1970-01-01T00:00:01Z', x: ' y ' },
    { at: 1_000, x: 'y' },
  ],
  [column('object'), { any: 'thing' }, { any: 'thing' }],
]

test.each(TAKEN)('%j takes %j as %j', (of, value, expected) => {
  expect(convert(of, value)).toEqual(expected)
})

const TEXT = column('text')
const REFUSED: [Column, unknown, RegExp][] = [
  [column('int'), 1.5, /param c: must be a whole number/],
  [column('int'), Number.NaN, /whole number/],
  [column('int'), 9_007_199_254_740_992, /send it as text/],
  [column('int'), '9223372036854775808', /64 bits/],
  [column('int'), '1e3', /whole number/],
  [column('int'), true, /whole number/],
  [column('int', { filters: { min: 1 } }), 0, /at least 1/],
  [column('int', { filters: { max: 3 } }), '4', /at most 3/],
  [column('decimal'), Number.POSITIVE_INFINITY, /finite/],
  [column('decimal'), '1e999', /finite/],
  [column('decimal'), 'NaN', /number/],
  [column('decimal'), '', /number/],
  [TEXT, 5, /must be text/],
  [TEXT, 'a\u0000b', /NUL/],
  [TEXT, '\ud83d', /surrogate/],
  [column('text', { filters: { min: 2 } }), '😀', /at least 2 characters/],
  [column('text', { filters: { max: 2 } }), 'abc', /at most 2/],
  [column('text', { filters: { startsWith: 'x' } }), 'abc', /start with "x"/],
  [column('text', { filters: { alphaOk: true } }), 'a1', /letters$/],
  [column('text', { filters: { digitOk: true } }), 'a1', /digits$/],
  [column('text', { filters: { alphaOk: true, digitOk: true } }), 'a1!', /letters and digits/],
  [column('text', { filters: { ok: 'abc' } }), 'abd', /characters abc/],
  [column('text', { filters: { pattern: '^\\d+$' } }), 'abc', /must match the pattern/],
  [column('text', { filters: { pattern: '^(a+)+$' } }), `${'a'.repeat(60)}!`, /too long/],
  [column('email'), 'nobody', /e-mail/],
  [column('email'), 'a@b', /e-mail/],
  [column('email'), 'a b@c.de', /e-mail/],
  [column('bool'), 'true', /true or false/],
  [column('bool'), 0, /true or false/],
  [column('uuid'), 'x', /uuid/],
  [column('timestamp'), '2026-02-30', /epoch milliseconds/],
  [column('timestamp'), '2026-01-01T24:00:00Z', /epoch milliseconds/],
  [column('timestamp'), 'tomorrow', /epoch milliseconds/],
  [column('timestamp'), 1.5, /epoch milliseconds/],
  [column('timestamp'), 8.64e15, /years 1 and 9999/],
  [column('date'), '2023-02-29', /date such as/],
  [column('date'), '0000-01-01', /date such as/],
  [column('date'), 5, /date such as/],
  [column('enum', { values: ['a'] }), 'b', /one of a/],
  [column('json'), { a: 'x\u0000' }, /NUL/],
  [column('json'), { '\ud800': 1 }, /surrogate/],
  [column('json'), [Number.POSITIVE_INFINITY], /finite/],
  [column('json'), JSON.parse('['.repeat(300) + ']'.repeat(300)), /nested/],
  [column('vector', { vector: { size: 2 } }), [1], /2 numbers, and has 1/],
  [column('vector', { vector: { size: 1 } }), ['x'], /param c\.0: .*32-bit/],
  [column('vector', { vector: { size: 1 } }), [1e40], /32-bit/],
  [column('image'), '/a.png', /describes a file/],
  [column('image'), { path: 5 }, /param c\.path: must be text/],
  [column('geo_point'), { lng: 1, lat: 1 }, /"point"/],
  [column('geo_point'), { type: 'point', data: { lng: 200, lat: 1 } }, /param c\.data\.lng/],
  [
    column('geo_polygon'),
    { type: 'polygon', data: [[{ lng: 1, lat: 1 }]] },
    /param c\.data\.0: needs at least 4 points/,
  ],
  [column('int', { style: 'list' }), 5, /must be a list/],
  [column('int', { style: 'list' }), [1, null], /param c\.1/],
  [column('object', { children: [column('int', { name: 'x' })] }), { y: 1 }, /param c\.y: is not a field/],
  [column('object', { children: [column('int', { name: 'x', required: true })] }), {}, /^Missing param: c\.x$/],
  [
    column('object', { style: 'list', children: [column('int', { name: 'x' })] }),
    [{ x: 1 }, { x: 'a' }],
    /param c\.1\.x/,
  ],
  [column('password', { filters: { minUpperAlpha: 1 } }), 'lower', /upper-case/],
  [column('password', { filters: { minSymbol: 2 } }), 'one!', /2 symbols/],
]

test.each(REFUSED)('%j refuses %j', (of, value, reason) => {
  expect(reasonOf(of, value)).toMatch(reason)
})

describe('what may be left out, empty or null', () => {
  const cases = [
    ['text', { required: true }, ['Missing', 'Missing', 'Missing']],
    ['text', { required: true, nullable: true }, ['Missing', 'taken', 'Missing']],
    ['text', {}, ['taken', 'null', 'taken']],
    ['text', { nullable: true }, ['taken', 'taken', 'taken']],
  ] as const
  test.each(cases)('%s %j: nothing, null and empty text', (type, more, expected) => {
    const of = column(type, more)
    const got = [undefined, null, ''].map((value) => {
      const reason = reasonOf(of, value)
      return reason.startsWith('Missing') ? 'Missing' : reason.includes('null') ? 'null' : reason
    })
    expect(got).toEqual(expected)
  })

  test('a reference takes null unless it is required', () => {
    expect(reasonOf(column('int', { tableref_id: 1 }), null)).toBe('taken')
    expect(reasonOf(column('int', { tableref_id: 1, required: true }), null)).toBe('Missing param: c')
  })
})
