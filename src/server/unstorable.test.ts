import { expect, test } from 'vitest'

import { refuseUnstorable } from './unstorable.ts'

const refusal = (param: string) => expect.objectContaining({ payload: expect.objectContaining({ param }) as unknown })

test.each([
  ['a NUL', { name: 'a\0b' }, 'name'],
  ['half a character', { list: ['a', { text: '\ud83d' }] }, 'list.1.text'],
  ['one deep in lists', [[['\0']]], '0.0.0'],
])('%s is refused by its place', (_what, value, param) => {
  expect(() => refuseUnstorable(value)).toThrow(refusal(param))
})

test('a text that is the whole value has the name that it is given', () => {
  expect(() => refuseUnstorable('\0', 'xanoscript')).toThrow(refusal('xanoscript'))
})

test('everything else is taken, and what is nested deeper than anybody nests is not', () => {
  const nested = (levels: number): unknown => JSON.parse(`${'['.repeat(levels)}${']'.repeat(levels)}`)
  for (const value of ['ä\u{1F600}', '', null, undefined, 7, { a: [true, { b: 'c' }] }, nested(101)]) {
    refuseUnstorable(value)
  }
  expect(() => refuseUnstorable(nested(102))).toThrow('nested deeper than 100 levels')
})

test('a megabyte costs no more than a few times what reading it did', () => {
  const costOf = (work: () => unknown): number => {
    const began = process.cpuUsage()
    work()
    const { user, system } = process.cpuUsage(began)
    return user + system
  }
  const text = `{"a":[${'{"b":1},'.repeat(130_000)}1]}`
  let value: unknown
  const reading = costOf(() => (value = JSON.parse(text)))
  const walk = (): unknown => refuseUnstorable(value)
  expect(Math.min(costOf(walk), costOf(walk), costOf(walk))).toBeLessThan(2 * reading)
})
