import { describe, expect, it } from 'vitest'

import type { Column } from '#api/contract/columns.ts'

import { filterProblem, operatorsFor, toSearch, toSort } from './row-search.ts'

const columns: Column[] = [
  { name: 'id', type: 'int' },
  { name: 'name', type: 'text', nullable: true },
  { name: 'state', type: 'enum', values: ['open', 'void'] },
  { name: 'paid', type: 'bool' },
  { name: 'at', type: 'timestamp' },
  { name: 'data', type: 'json' },
]

describe('filters become conditions of the search language', () => {
  it('types each value by its column and joins them in an array', () => {
    const local = new Date('2026-11-20T14:30').getTime()
    expect(
      toSearch(
        [
          { column: 'id', operator: '=', value: ' 12 ' },
          { column: 'id', operator: 'not in', value: '1, 2,,3' },
          { column: 'name', operator: 'contains', value: '50%_a|b' },
          { column: 'name', operator: 'is null', value: '' },
          { column: 'name', operator: 'is not null', value: '' },
          { column: 'paid', operator: '!=', value: 'true' },
          { column: 'at', operator: '>=', value: '2026-11-20T14:30' },
        ],
        columns,
      ),
    ).toEqual([
      { id: 12 },
      { 'id|not in': [1, 2, 3] },
      { 'name|ilike': String.raw`%50\%\_a|b%` },
      { name: null },
      { 'name|!=': null },
      { 'paid|!=': true },
      { 'at|>=': local },
    ])
  })

  it('leaves out what cannot be asked', () => {
    const filters = [
      { column: 'gone', operator: '=' as const, value: '1' },
      { column: 'id', operator: '=' as const, value: 'one' },
      { column: 'id', operator: 'in' as const, value: ' , ' },
    ]
    expect(toSearch(filters, columns)).toBeUndefined()
    expect(filterProblem({ column: 'id', operator: '=', value: 'one' }, { name: 'id', type: 'int' })).toBe(
      'Give a whole number',
    )
  })

  it('sorts only by a column that is there', () => {
    expect(toSort({ column: 'at', direction: 'desc' }, columns)).toEqual({ at: 'desc' })
    expect(toSort({ column: 'gone', direction: 'asc' }, columns)).toBeUndefined()
  })
})

it('offers a column only what it can be asked', () => {
  expect(operatorsFor({ name: 'a', type: 'text', nullable: true })).toContain('is null')
  expect(operatorsFor({ name: 'a', type: 'bool' })).toEqual(['=', '!='])
  expect(operatorsFor({ name: 'a', type: 'uuid' })).toEqual(['=', '!=', 'in', 'not in'])
  expect(operatorsFor({ name: 'a', type: 'json' })).toEqual([])
  expect(operatorsFor({ name: 'a', type: 'int', style: 'list', nullable: true })).toEqual(['is null', 'is not null'])
})
