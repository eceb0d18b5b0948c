import { describe, expect, it } from 'vitest'

import { cellText, readableText, rowTitle } from './cell-text.ts'
import { momentText, parseMoment } from './moment-text.ts'

describe('a value in a cell', () => {
  it('is one line, however long or broken the value is', () => {
    expect(cellText({ name: 'a', type: 'text' }, 'one\r\n  two')).toBe('one ⏎ two')
    expect(cellText({ name: 'a', type: 'text' }, 'x'.repeat(10_000))).toHaveLength(401)
    expect(cellText({ name: 'a', type: 'json' }, { a: [1] })).toBe('{"a":[1]}')
    expect(cellText({ name: 'a', type: 'bool' }, true)).toBe('true')
    expect(readableText({ name: 'a', type: 'json' }, { a: 1 })).toBe('{\n  "a": 1\n}')
    expect(readableText({ name: 'a', type: 'timestamp' }, 1_763_600_000_123)).toBe('2025-11-20T00:53:20.123Z')
    expect(readableText({ name: 'a', type: 'timestamp' }, 9e99)).toBe('9e+99')
  })

  it('shows a moment in local time, and takes it back', () => {
    const at = new Date(2026, 10, 20, 2, 0, 14, 7).getTime()
    expect(momentText(at)).toBe('2026-11-20 02:00:14.007')
    expect(parseMoment(momentText(at))).toBe(at)
    expect(parseMoment('2026-11-20')).toBe(new Date(2026, 10, 20).getTime())
    expect(parseMoment('2026-13-40T00:00')).toBeUndefined()
    expect(momentText(Number.NaN)).toBe('NaN')
  })
})

it('names a row by what a person would call it', () => {
  const columns = [
    { name: 'id', type: 'int' as const },
    { name: 'title', type: 'text' as const },
  ]
  expect(rowTitle(columns, { id: 7, title: 'Lamp' })).toBe('#7 (Lamp)')
  expect(rowTitle(columns, { id: 7, title: '' })).toBe('#7')
})
