import { expect, test } from 'vitest'

import { readDocument } from './document.ts'

const named = (name: string) => `function ${JSON.stringify(name)} {\n}\n`

test('names are one line, and kept exactly as the document writes them', () => {
  expect(readDocument('function', named('a/b c')).name).toBe('a/b c')
  expect(readDocument('function', named('x'.repeat(200))).name).toHaveLength(200)
  for (const name of [' a', 'a ', 'a\nb', 'x'.repeat(201)]) {
    expect(() => readDocument('function', named(name))).toThrow(
      expect.objectContaining({ code: 'invalid_input', payload: expect.objectContaining({ param: 'name' }) }),
    )
  }
})

test('a guid is one word', () => {
  const guided = (guid: string) => `function a {\n  guid = ${JSON.stringify(guid)}\n}\n`
  expect(readDocument('function', guided('a_-b')).guid).toBe('a_-b')
  for (const guid of ['a b', 'é', 'x'.repeat(201)]) {
    expect(() => readDocument('function', guided(guid))).toThrow(
      expect.objectContaining({ payload: expect.objectContaining({ param: 'guid' }) }),
    )
  }
})

test('the refusal of the language keeps its line and column', () => {
  expect(() => readDocument('function', 'function a {\n  active = 4\n}')).toThrow(
    expect.objectContaining({ code: 'syntax_error', payload: { line: 2, col: expect.any(Number) } }),
  )
})
