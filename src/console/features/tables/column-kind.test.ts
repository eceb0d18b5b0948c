import { expect, it } from 'vitest'

import { ruleWords } from './column-kind.ts'

it('says what a row may leave out, and nothing where it may leave out nothing', () => {
  const column = { name: 'stock', type: 'int' } as const
  expect(ruleWords({ ...column, nullable: true, required: true, default: '0' })).toBe(
    'may be null, required, default 0',
  )
  expect(ruleWords({ ...column, nullable: false, required: false, default: '' })).toBe('')
})
