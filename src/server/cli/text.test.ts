import { expect, test } from 'vitest'

import { bytesText, countText, durationText, factsText, momentText, tableText } from './text.ts'

test('sizes, counts, moments and durations are short', () => {
  expect([0, 999, 1_000, 1_550_000, 2e15].map(bytesText)).toEqual(['0 B', '999 B', '1.0 kB', '1.6 MB', '2000.0 TB'])
  expect([countText(1, 'row'), countText(12_345, 'row')]).toEqual(['1 row', '12,345 rows'])
  expect([momentText('2026-11-21T03:00:07.123Z'), momentText(null)]).toEqual(['2026-11-21 03:00:07 UTC', '-'])
  expect([durationText(1_240), durationText(184_000)]).toEqual(['1.2 s', '3 min 4 s'])
})

test('columns are aligned, and what a name holds cannot change lines or a terminal', () => {
  const lines = tableText(
    ['ID', 'NAME'],
    [
      ['1', 'a\nb'],
      ['200', '\u001B[31mred'],
    ],
  )
  expect(lines).toBe('ID   NAME\n1    a?b\n200  ?[31mred')
  expect(factsText({ one: 'a\r', longer: 'b', none: null })).toBe('one:    a?\nlonger: b')
})
