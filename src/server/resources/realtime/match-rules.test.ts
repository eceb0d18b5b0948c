import { expect, test } from 'vitest'

import { checkRules, matchRules } from './match-rules.ts'

const channels = [
  { id: 1, name: 'chat' },
  { id: 2, name: 'News/*' },
]

function refused(work: () => unknown): string | undefined {
  try {
    work()
    return undefined
  } catch (error) {
    return (error as { payload: { param: string } }).payload.param
  }
}

test('a rule is for the channel of its id, else of its pattern, else for a new one', () => {
  const rules = [{ pattern: 'news/*' }, { id: 1, pattern: 'talk' }, { pattern: 'chat' }]
  expect(matchRules(rules, channels).map((channel) => channel?.id)).toEqual([2, 1, undefined])
})

test('an id that is unknown or there twice is refused by its place', () => {
  expect(refused(() => matchRules([{ pattern: 'a' }, { id: 9, pattern: 'b' }], channels))).toBe('channels.1.id')
  const twice = [
    { id: 1, pattern: 'a' },
    { id: 1, pattern: 'b' },
  ]
  expect(refused(() => matchRules(twice, channels))).toBe('channels.1.id')
})

test('a pattern that is there twice, and one that contradicts its wildcard, are refused by their place', () => {
  expect(refused(() => checkRules([{ pattern: 'a' }, { pattern: 'A' }]))).toBe('channels.1.pattern')
  expect(refused(() => checkRules([{ pattern: 'a/*', wildcard: false }]))).toBe('channels.0.wildcard')
  expect(refused(() => checkRules([{ pattern: 'a/*', wildcard: true }, { pattern: 'a' }]))).toBeUndefined()
})
