import { describe, expect, it } from 'vitest'

import { narrowed } from './narrowed.ts'
import { NO_PARTS } from './parts.ts'
import { preview, previewTable } from './restore-fixture.ts'
import {
  emptiesTables,
  keptTables,
  keptWords,
  listWords,
  missingTables,
  needWords,
  matchesWords,
  withNeeded,
} from './scope-words.ts'

const dependencies = { items: ['orders'], orders: ['users', 'shops'], users: ['shops'], shops: ['users'] }
const names = ['items', 'orders', 'users', 'shops']

describe('chosen tables into a new workspace', () => {
  const scope = preview(
    names.map((name) => previewTable(name, 'added', null, 1)),
    { target: null, dependencies },
  )

  it('need all that they refer to', () => {
    expect(missingTables(['orders', 'users'], scope)).toEqual([
      { table: 'orders', needs: ['shops'] },
      { table: 'users', needs: ['shops'] },
    ])
    expect(missingTables(names, scope)).toEqual([])
    expect(keptTables(['orders'], scope)).toEqual([])
  })

  it('take along what those need in turn, and come to an end in a circle', () => {
    expect(withNeeded(['items'], scope)).toEqual(names)
    expect(withNeeded(['shops'], scope)).toEqual(['shops', 'users'])
  })
})

describe('chosen tables into a workspace that is there', () => {
  const scope = preview(
    [
      previewTable('orders', 'replaced', 1, 1),
      previewTable('users', 'replaced', 1, 1),
      previewTable('shops', 'added', null, 1),
    ],
    { dependencies },
  )

  it('need only what that lacks; the rest stays as it is', () => {
    expect(missingTables(['orders'], scope)).toEqual([{ table: 'orders', needs: ['shops'] }])
    expect(keptTables(['orders'], scope)).toEqual([{ table: 'orders', needs: ['users'] }])
    expect(withNeeded(['orders'], scope)).toEqual(['orders', 'shops'])
    expect(withNeeded(['orders'], scope, keptTables)).toEqual(['orders', 'users'])
  })
})

it('leaves everything but the chosen tables out of what a restore would do', () => {
  const whole = preview(
    [previewTable('a', 'replaced', 1, 1), previewTable('b', 'removed', 1), previewTable('c', 'added', null, 1)],
    {
      apiGroups: { added: ['x'], replaced: [], removed: [] },
      takenCanonicals: [{ group: 'x', canonical: 'c', takenBy: 'Other', suggested: 's' }],
    },
  )
  expect(narrowed(whole, undefined)).toBe(whole)
  const some = narrowed(whole, { ...NO_PARTS, tables: ['a', 'b'] })
  expect(some.tables.map(({ name }) => name)).toEqual(['a'])
  expect(some).toMatchObject({ apiGroups: { added: [] }, takenCanonicals: [] })
})

it('knows that an archive without rows would only empty tables that are there', () => {
  const whole = preview([previewTable('a', 'replaced', 1), previewTable('b', 'added')])
  const without = { ...whole, summary: { ...whole.summary, includesRows: false } }
  expect(emptiesTables(whole)).toBe(false)
  expect(emptiesTables(without)).toBe(true)
  expect(emptiesTables(narrowed(without, { ...NO_PARTS, tables: ['b'] }))).toBe(false)
})

it('lists names as one says them, and counts many', () => {
  expect(listWords([])).toBe('')
  expect(listWords(['a'])).toBe('a')
  expect(listWords(['a', 'b', 'c', 'd'])).toBe('a, b, c and d')
  expect(listWords(['a', 'b', 'c', 'd', 'e'])).toBe('a, b, c and 2 more')
  const users = { table: 'orders', needs: ['users'] }
  expect(keptWords([users])).toBe('orders refers to users, which stays as it is now.')
  expect(keptWords([users, { table: 'carts', needs: ['users', 'shops'] }])).toBe(
    'orders and carts refer to users and shops, which stay as they are now.',
  )
  expect(needWords({ table: 'orders', needs: ['users', 'shops'] })).toBe('orders needs users and shops.')
})

it('finds names by all words of the search, in any order and case', () => {
  expect(matchesWords('function cart/Total', 'total CART')).toBe(true)
  expect(matchesWords('function cart/Total', 'total shop')).toBe(false)
  expect(matchesWords('orders', '  ')).toBe(true)
})
