import { expect, it } from 'vitest'

import { disabledWords, enabledWords } from './switch-words.ts'
import { namedTokens } from './token-names.ts'

it('names at most three tokens and counts the others', () => {
  expect(namedTokens([])).toBe('')
  expect(namedTokens(['CI'])).toBe('Token “CI”')
  expect(namedTokens(['CI', 'Nightly', 'Batch'])).toBe('Tokens “CI”, “Nightly” and “Batch”')
  expect(namedTokens(['CI', 'Nightly', 'Batch', 'Old', 'Older'])).toBe('Tokens “CI”, “Nightly”, “Batch” and 2 more')
  expect(namedTokens(['CI', 'Nightly', 'Batch'], 7)).toBe('Tokens “CI”, “Nightly”, “Batch” and 4 more')
  expect(namedTokens(['x'.repeat(200)])).toBe(`Token “${'x'.repeat(60)}…”`)
})

it('says which tokens stop with their maker', () => {
  expect(disabledWords(2, { names: ['CI'], total: 1 })).toBe(
    '2 sessions ended. Token “CI” is refused until the account is enabled.',
  )
  expect(disabledWords(0, { names: ['CI', 'Nightly'], total: 2 })).toBe(
    'No session was open. Tokens “CI” and “Nightly” are refused until the account is enabled.',
  )
  expect(disabledWords(0, { names: [], total: 0 })).toBe('No session was open. No token of theirs worked.')
})

it('says which tokens work again', () => {
  expect(enabledWords({ names: ['CI'], total: 1 })).toBe('They can sign in again. Token “CI” works again.')
  expect(enabledWords({ names: ['CI', 'Nightly', 'Batch'], total: 9 })).toBe(
    'They can sign in again. Tokens “CI”, “Nightly”, “Batch” and 6 more work again.',
  )
  expect(enabledWords({ names: [], total: 0 })).toBe('They can sign in again. No token of theirs works.')
})

it('claims no names where they could not be read', () => {
  expect(disabledWords(0, undefined)).toBe(
    'No session was open. Tokens of theirs are refused until the account is enabled.',
  )
  expect(enabledWords(undefined)).toBe('They can sign in again, and tokens of theirs work.')
})
