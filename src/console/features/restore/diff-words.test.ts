import { expect, it } from 'vitest'

import { kindWords } from './diff-words.ts'

it('names kinds of definitions in words', () => {
  expect(['query', 'api_group', 'function', 'table_trigger'].map(kindWords)).toEqual([
    'Endpoint',
    'API group',
    'Function',
    'Table trigger',
  ])
})
