import { expect, it } from 'vitest'

import { byteRange } from './byte-range.ts'

it.each([
  ['bytes=0-4', { start: 0, end: 4 }],
  ['bytes=5-', { start: 5, end: 9 }],
  ['bytes=-3', { start: 7, end: 9 }],
  ['bytes=-30', { start: 0, end: 9 }],
  ['bytes=2-100', { start: 2, end: 9 }],
  ['bytes=9-9', { start: 9, end: 9 }],
  ['bytes=10-', 'none'],
  ['bytes=-0', 'none'],
  ['bytes=5-4', undefined],
  ['bytes=-', undefined],
  ['bytes=0-1,4-5', undefined],
  ['bytes=a-b', undefined],
  ['rows=0-4', undefined],
  [undefined, undefined],
])('of ten bytes, %j is %j', (header, range) => {
  expect(byteRange(header, 10)).toEqual(range)
})

it('an empty file has no range at all', () => {
  expect(byteRange('bytes=0-0', 0)).toBe('none')
  expect(byteRange('bytes=-1', 0)).toBe('none')
})
