import { expect, it } from 'vitest'

import { stopWords } from './stop-words.ts'

it('names what stops with tokens, and counts it where not all of the names may be read', () => {
  expect(stopWords(['Nightly', 'Weekly'], 2)).toBe('Nightly and Weekly stop with them.')
  expect(stopWords(['Nightly'], 1)).toBe('Nightly stops with them.')
  expect(stopWords([], 1)).toBe('1 thing in Metadeck stops with them.')
  expect(stopWords(['Nightly'], 3)).toBe('3 things in Metadeck stop with them.')
  expect(stopWords([], 0)).toBe('Nothing in Metadeck runs with one.')
  expect(stopWords([], undefined)).toMatch(/could not be read/)
})
