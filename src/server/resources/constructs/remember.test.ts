import { expect, test } from 'vitest'

import { remember } from './remember.ts'

function counted(limits: { texts: number; characters: number }) {
  const worked: string[] = []
  const work = remember((text) => {
    worked.push(text)
    return { text }
  }, limits)
  return { worked, work }
}

test('a text is worked on once, and another one is never taken for it', () => {
  const { worked, work } = counted({ texts: 10, characters: 1_000 })
  const first = work('a')
  expect(work('a')).toBe(first)
  expect(work('b')).toEqual({ text: 'b' })
  expect(work('')).toEqual({ text: '' })
  expect(worked).toEqual(['a', 'b', ''])
})

test('the text that was not used for the longest time is forgotten first', () => {
  const { worked, work } = counted({ texts: 2, characters: 1_000 })
  for (const text of ['a', 'b', 'a', 'c', 'a', 'b']) work(text)
  expect(worked).toEqual(['a', 'b', 'c', 'b'])
})

test('long texts count by their length, and one that is too long for all is not kept', () => {
  const { worked, work } = counted({ texts: 10, characters: 10 })
  const [a, b, c] = ['a'.repeat(4), 'b'.repeat(6), 'c'.repeat(4)]
  for (const text of [a, b, c, b, c]) work(text)
  expect(worked).toEqual([a, b, c])
  work(a)
  work('x'.repeat(11))
  work('x'.repeat(11))
  expect(worked.slice(3)).toEqual([a, 'x'.repeat(11), 'x'.repeat(11)])
})

test('what the work throws is thrown, and not remembered', () => {
  let isBroken = true
  const work = remember(
    () => {
      if (isBroken) throw new Error('broken')
      return 1
    },
    { texts: 10, characters: 10 },
  )
  expect(() => work('a')).toThrow('broken')
  isBroken = false
  expect(work('a')).toBe(1)
})
