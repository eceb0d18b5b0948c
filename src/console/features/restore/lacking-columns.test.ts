import { expect, it } from 'vitest'

import { isUnanswered } from './is-unanswered.ts'
import { columnNames, lackingColumns, lackingColumnWords, needsColumnChoice } from './lacking-columns.ts'
import { NO_PARTS } from './parts.ts'
import { preview, previewTable } from './restore-fixture.ts'

const data = preview([
  { ...previewTable('orders', 'replaced', 1, 1), missingColumns: ['price', 'note'] },
  { ...previewTable('users', 'replaced', 1, 1), missingColumns: ['email'] },
  previewTable('shops', 'replaced', 1, 1),
])
const merging = { ...NO_PARTS, tables: ['orders', 'shops'], rows: 'missing' as const }

it('asks about columns that a table lacks only where its rows are merged', () => {
  expect(lackingColumns(merging, data)).toEqual([{ table: 'orders', columns: ['price', 'note'] }])
  expect(lackingColumns({ ...merging, tables: ['shops'] }, data)).toEqual([])
  expect(lackingColumns({ ...merging, rows: 'replace' }, data)).toEqual([])
  expect(lackingColumns(undefined, data)).toEqual([])
})

it('lets nobody go on before they said that the values are left behind, or chose otherwise', () => {
  expect(needsColumnChoice(merging, data)).toBe(true)
  expect(needsColumnChoice({ ...merging, dropColumns: true }, data)).toBe(false)
  expect(needsColumnChoice({ ...merging, rows: 'replace' }, data)).toBe(false)
  const ask = { target: { kind: 'existing', workspaceId: 1 } as const, parts: merging }
  expect(isUnanswered({ ...ask, preview: { data } })).toBe(true)
  expect(isUnanswered({ ...ask, preview: { data: undefined } })).toBe(false)
})

it('names the columns, with their tables where these are several', () => {
  const lacking = lackingColumns({ ...merging, tables: ['orders', 'users'] }, data)
  expect(lacking.map(lackingColumnWords)).toEqual([
    'orders has no columns price and note now.',
    'users has no column email now.',
  ])
  expect(columnNames(lacking)).toBe('price and note of orders and email of users')
  expect(columnNames(lacking.slice(0, 1))).toBe('price and note')
})
