import { describe, expect, it } from 'vitest'

import type { Column, ColumnType } from '#api/contract/columns.ts'

import { fromInput, readOnlyText, toInput } from './row-input.ts'

const column = (type: ColumnType, more: Partial<Column> = {}): Column => ({ name: 'c', type, ...more })
const read = (of: Column, text: string) => fromInput(of, { text, isNull: false })

describe('a stored value and its input', () => {
  it.each<[Column, unknown]>([
    [column('int'), -12],
    [column('decimal'), 12.5],
    [column('text'), ' two\nlines '],
    [column('text'), ''],
    [column('bool'), false],
    [column('enum', { values: ['open', 'void'] }), 'void'],
    [column('timestamp'), 1_763_600_000_000],
    [column('timestamp'), 1_763_600_000_123],
    [column('date'), '2026-11-20'],
    [column('json'), { a: [1, null] }],
    [column('text', { style: 'list' }), ['a', 'b']],
    [column('geo_point'), { type: 'Point', coordinates: [1, 2] }],
    [column('int', { nullable: true }), null],
  ])('come back the same: %o', (of, value) => {
    expect(fromInput(of, toInput(of, value))).toEqual({ ok: true, value })
  })

  it('is text to be read where nobody may change it', () => {
    const shown = (of: Column, value: unknown) => readOnlyText(of, toInput(of, value))
    expect(shown(column('timestamp'), new Date(2026, 10, 20, 14, 30).getTime())).toMatch(/^2026-11-20 14:30/)
    expect([shown(column('bool'), true), shown(column('int', { nullable: true }), null)]).toEqual(['true', ''])
    expect([shown(column('text'), 'NOT'), shown(column('password'), 'hash')]).toEqual(['NOT', ''])
  })

  it('never puts a password into its input', () => {
    expect(toInput(column('password'), 'hash')).toEqual({ text: '', isNull: false })
  })
})

describe('what does not fit is refused with what would', () => {
  it.each<[Column, string, string]>([
    [column('int'), '1.5', 'Give a whole number'],
    [column('int'), '9007199254740993', 'Between −9,007,199,254,740,991 and 9,007,199,254,740,991'],
    [column('int'), ' ', 'Give a value'],
    [column('decimal'), '1,5', 'Give a number, with a point before the decimals'],
    [column('bool'), 'yes', 'Choose true or false'],
    [column('enum', { values: ['a'] }), 'b', 'One of: a'],
    [column('timestamp'), 'soon', 'Give a date and a time, such as 2026-11-20 14:30'],
    [column('date'), '20.11.2026', 'Give a date, such as 2026-11-20'],
    [column('json', { style: 'list' }), '{}', 'A JSON list, such as ["a", "b"]'],
    [column('text', { style: 'list' }), 'a, b', 'A JSON list, such as ["a", "b"]'],
    [column('int', { style: 'list' }), '1, 2', 'A JSON list, such as [1, 2]'],
    [column('json'), '{', 'A JSON value, such as {"a": 1}'],
    [column('text', { required: true }), '', 'This column needs a value'],
    [column('uuid'), 'x', 'Give a UUID: 32 hexadecimal digits in groups of 8-4-4-4-12'],
  ])('%o takes no %j', (of, text, message) => {
    expect(read(of, text)).toEqual({ ok: false, message })
  })

  it('names null where none is taken', () => {
    expect(fromInput(column('int'), { text: '', isNull: true })).toEqual({
      ok: false,
      message: 'This column takes no null',
    })
  })
})
