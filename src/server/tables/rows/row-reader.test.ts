import { expect, test } from 'vitest'

import type { AppError } from '../../errors.ts'
import type { TableDefinition } from '../definition.ts'
import { createRowReader } from './row-reader.ts'

const definition = {
  name: 'orders',
  columns: [
    { name: 'id', type: 'int' },
    { name: 'n', type: 'int' },
  ],
} as TableDefinition

function failureOf(work: () => void): AppError {
  try {
    work()
  } catch (error) {
    return error as AppError
  }
  throw new Error('Nothing was refused')
}

test('reading ends with the fiftieth refusal, which says that there may be more', () => {
  const reader = createRowReader(definition, new Date())
  let read = 0
  const failure = failureOf(() => {
    for (; read < 1_000; read += 1) reader.readNew({ n: 'x' }, `items.${read}`)
  })
  expect(read).toBe(49)
  const issues = failure.payload?.issues ?? []
  expect(issues).toHaveLength(50)
  expect(issues[0]).toEqual({
    param: 'items.0.n',
    message: 'Invalid value for param items.0.n: must be a whole number',
  })
  expect(issues[49]).toMatchObject({
    param: 'items.49.n',
    message: expect.stringMatching(/there may be more/) as string,
  })
})

test('of a row with very many unknown keys the first ones are named', () => {
  const row = Object.fromEntries(Array.from({ length: 100_000 }, (_, at) => [`k${at}`, 1]))
  const failure = failureOf(() => createRowReader(definition, new Date()).readChanges(row, 'items.0.updates'))
  expect(failure.payload?.issues).toHaveLength(50)
  expect(failure.message).toBe('Unknown param: items.0.updates.k0. The table "orders" has no such column.')
})

test('fewer refusals are thrown together at the end', () => {
  const reader = createRowReader(definition, new Date())
  reader.readNew({ n: 'x', m: 1 })
  reader.refuse({ param: 'id', message: 'no' })
  expect(failureOf(() => reader.finish()).payload?.issues?.map(({ param }) => param)).toEqual(['m', 'n', 'id'])
})
