import { describe, expect, it } from 'vitest'

import { narrowed } from './narrowed.ts'
import { isOnePart, partCounts, partsTitle, partsWords } from './part-words.ts'
import { NO_PARTS, partsFor, partsOfScope, readIds, scopeOf, withRowIds, withRows, withTables } from './parts.ts'
import { preview, previewTable } from './restore-fixture.ts'
import { countLacking, lackingLogic, lackingWords, withUsed } from './scope/logic-needs.ts'

const sum = { kind: 'function', name: 'sum' }
const rows = { ...NO_PARTS, tables: ['orders', 'users'], rows: 'missing', rowIds: { orders: ['1', 'a-b'] } } as const

describe('chosen parts', () => {
  it('are asked of the server as they were chosen, and nothing that was not', () => {
    expect(scopeOf(undefined)).toEqual({})
    expect(scopeOf(NO_PARTS)).toEqual({})
    expect(scopeOf({ ...NO_PARTS, tables: ['orders'] })).toEqual({ tables: ['orders'] })
    expect(scopeOf({ ...NO_PARTS, constructs: [sum], files: 'all' })).toEqual({ constructs: [sum], files: 'all' })
    expect(scopeOf(rows)).toEqual({ tables: ['orders', 'users'], rows: 'missing', rowIds: { orders: [1, 'a-b'] } })
    const dropping = { ...rows, dropColumns: true }
    expect(scopeOf(dropping)).toMatchObject({ rows: 'missing', dropColumns: true })
    expect(scopeOf({ ...dropping, rows: 'replace' })).not.toHaveProperty('dropColumns')
    const large = { ...rows, rowIds: { orders: ['90071992547409931'] } }
    expect(scopeOf(large).rowIds).toEqual({ orders: ['90071992547409931'] })
  })

  it('come back from what the server tells', () => {
    expect(partsOfScope(null)).toBeUndefined()
    expect(partsOfScope({ tables: ['orders', 'users'], rows: 'missing', rowIds: { orders: [1, 'a-b'] } })).toEqual(rows)
  })

  it('lose what the target cannot take', () => {
    const all = { ...rows, apiGroups: ['Public'], constructs: [sum], files: 'all' as const }
    expect(partsFor(all, { kind: 'existing', workspaceId: 1 })).toBe(all)
    expect(partsFor({ ...all, dropColumns: true }, { kind: 'new', name: 'a' })).toEqual({
      ...all,
      rows: 'replace',
      rowIds: {},
    })
    expect(partsFor(all, { kind: 'branch', workspaceId: 1, label: 'b' })).toEqual({
      ...NO_PARTS,
      apiGroups: ['Public'],
      constructs: [sum],
    })
  })

  it('forget the rows of a table that is not chosen any more or is replaced', () => {
    expect(withTables(rows, ['users'])).toMatchObject({ tables: ['users'], rows: 'missing', rowIds: {} })
    expect(withTables(rows, [])).toEqual(NO_PARTS)
    const dropping = { ...rows, dropColumns: true }
    expect(withRows(dropping, 'replace')).toMatchObject({ rowIds: {}, dropColumns: false })
    expect(withRows(dropping, 'missing_and_changed').dropColumns).toBe(true)
    // It was said of the tables that were chosen then.
    expect(withTables(dropping, ['orders', 'users', 'shops']).dropColumns).toBe(false)
    expect(withRows(rows, 'missing_and_changed').rowIds).toEqual(rows.rowIds)
    expect(withRowIds(rows, 'orders', []).rowIds).toEqual({})
    expect(withRowIds(rows, 'users', ['2', '2']).rowIds).toEqual({ orders: ['1', 'a-b'], users: ['2'] })
  })

  it('take ids as they are typed', () => {
    expect(readIds(' 1, 2;3\n2 ,')).toEqual(['1', '2', '3'])
    expect(readIds('')).toEqual([])
  })
})

describe('chosen parts in words', () => {
  const logic = { ...NO_PARTS, apiGroups: ['Public'], constructs: [sum, { kind: 'table_trigger', name: 'tt' }] }
  const many = { ...logic, tables: ['a', 'b', 'c'], files: ['x'] }

  it.each([
    [{ ...NO_PARTS, tables: ['orders', 'users'] }, 'orders and users'],
    [{ ...NO_PARTS, tables: ['orders'], rows: 'missing' as const }, 'missing rows of orders'],
    [rows, '2 rows of orders and missing rows of users'],
    [logic, 'API group Public, function sum and table trigger tt'],
    [many, '3 tables, 1 API group, 2 constructs and 1 stored file'],
    [{ ...NO_PARTS, tables: ['a', 'b', 'c', 'd', 'e'] }, 'a, b, c and 2 more'],
  ])('%# are named, and counted where they are many', (parts, words) => {
    expect(partsWords(parts)).toBe(words)
  })

  it('begin a sentence without another spelling of a table', () => {
    expect(partsTitle({ ...NO_PARTS, tables: ['orders'] })).toBe('orders')
    expect(partsTitle({ ...NO_PARTS, constructs: [sum] })).toBe('Function sum')
  })

  it('are counted where there is little room', () => {
    expect(partCounts({ ...many, files: 'all' })).toBe('3 tables, 1 API group, 2 constructs and all stored files')
    expect(partCounts({ ...NO_PARTS, constructs: [sum] })).toBe('1 function')
    expect(partCounts(NO_PARTS)).toBe('')
  })

  it('are one or many', () => {
    const one = { ...NO_PARTS, tables: ['orders'] }
    expect([one, { ...NO_PARTS, constructs: [sum] }, { ...NO_PARTS, files: ['a'] }].map(isOnePart)).not.toContain(false)
    const row = { ...one, rows: 'missing', rowIds: { orders: ['1'] } } as const
    expect(
      [rows, { ...one, rows: 'missing' } as const, { ...NO_PARTS, files: 'all' } as const, row].map(isOnePart),
    ).toEqual([false, false, false, true])
  })
})

describe('what chosen logic uses', () => {
  const choices = {
    apiGroups: [{ name: 'Public', endpoints: 2, effect: 'replaced' as const }],
    constructs: [
      { ...sum, effect: 'added' as const },
      { kind: 'function', name: 'total', effect: 'added' as const },
    ],
    files: [{ path: 'a', name: 'a', size: 1, effect: 'added' as const }],
    filesTotal: 1,
    needs: [
      { kind: 'api_group', name: 'Public', needs: [sum] },
      {
        ...sum,
        needs: [
          { kind: 'table', name: 'orders' },
          { kind: 'function', name: 'total' },
        ],
      },
    ],
  }
  const whole = preview([previewTable('orders', 'added', null, 1), previewTable('gone', 'removed', 1)], { choices })
  const group = { ...NO_PARTS, apiGroups: ['Public'] }

  it('is told as long as neither the target nor the choice has it', () => {
    expect(lackingLogic(group, choices)).toEqual([{ kind: 'api_group', name: 'Public', needs: [sum] }])
    expect(lackingLogic(NO_PARTS, choices)).toEqual([])
    const both = lackingLogic({ ...group, constructs: [sum] }, choices)
    expect(both.map((need) => lackingWords(need, 'Shop'))).toEqual([
      'sum uses the table orders and the function total, which Shop lacks.',
    ])
    expect(countLacking(both)).toBe(2)
  })

  it('is taken along, with what that uses in turn', () => {
    expect(withUsed(group, whole)).toEqual({
      ...group,
      tables: ['orders'],
      constructs: [sum, { kind: 'function', name: 'total' }],
    })
    const lost = { ...choices, needs: [{ ...sum, needs: [{ kind: 'table', name: 'gone' }] }] }
    const only = { ...NO_PARTS, constructs: [sum] }
    expect(withUsed(only, { ...whole, choices: lost })).toBe(only)
  })

  it('and all else that is not chosen is left out of what the restore would do', () => {
    const some = narrowed(whole, { ...group, constructs: [sum], files: ['a'] })
    expect(some.apiGroups).toEqual({ added: [], replaced: ['Public'], removed: [] })
    expect(some.choices.constructs.map(({ name }) => name)).toEqual(['sum'])
    expect(some.choices.filesTotal).toBe(1)
    expect(narrowed(whole, group).choices).toMatchObject({ constructs: [], files: [], filesTotal: 0 })
    expect(some.tables).toEqual([])
  })
})
