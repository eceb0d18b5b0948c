import { describe, expect, it } from 'vitest'

import type { FieldDiff } from '#api/contract/diffs.ts'

import { isNothing, lossesOf, lossTotals, lostSentence } from './losses.ts'
import { archiveDiff, preview, previewTable, tableDiff } from './restore-fixture.ts'
import { rowWords } from './row-change-words.ts'

const nothing = preview([])
const column = (name: string, values: number | null): FieldDiff => ({
  what: 'column',
  name,
  effect: 'removed',
  detail: 'text',
  values,
})

/** Something of each kind, the empty ones first. */
const diff = archiveDiff({
  tables: [
    tableDiff('archive_1', { effect: 'removed' }),
    tableDiff('archive_2', { effect: 'removed' }),
    tableDiff('small', { effect: 'removed', removed: 3 }),
    tableDiff('large', { effect: 'removed', removed: 5_000 }),
    tableDiff('few', { effect: 'changed', removed: 1 }),
    tableDiff('orders', { effect: 'changed', removed: 214, changed: 18, newestRemovedAt: '2026-11-21T09:14:00Z' }),
    tableDiff('customers', {
      effect: 'changed',
      fields: [column('blank', 0), column('tier', 3_120), { ...column('new', null), effect: 'added' }],
    }),
    tableDiff('fresh', { effect: 'added', added: 5 }),
  ],
  definitions: [
    { kind: 'function', name: 'sum', effect: 'removed', patch: '' },
    { kind: 'query', name: 'GET a in Public', effect: 'changed', patch: '' },
  ],
  draftsNow: 2,
  files: { added: 1, changed: 1, removed: 4, same: 0, samples: [] },
})
const wordsOf = (of: typeof diff): string[] => lossesOf(of, nothing).map(({ words }) => words)

describe('what would be lost', () => {
  it('begins with the most data: tables, rows, columns, files; then definitions and drafts, last what is empty', () => {
    expect(wordsOf(diff)).toEqual([
      'Table large with 5,000 rows',
      'Table small with 3 rows',
      '214 rows in orders',
      '1 row in few',
      'Column customers.tier with 3,120 values',
      '4 stored files',
      'Function sum',
      '2 unpublished drafts',
      'Empty column customers.blank',
      '2 empty tables',
    ])
  })

  it('leads closer only where there is something to see', () => {
    expect(lossesOf(diff, nothing).map(({ look }) => look)).toEqual([
      'table:large',
      'table:small',
      'table:orders',
      'table:few',
      'table:customers',
      'files',
      'definition:function:sum',
      null,
      null,
      null,
    ])
    expect(lossesOf(diff, nothing)[2]?.newestAt).toBe('2026-11-21T09:14:00Z')
  })

  it('is counted together, with the rows of tables that go', () => {
    expect(lossTotals(lossesOf(diff, nothing))).toBe(
      '4 tables, 5,218 rows, 2 columns, 4 stored files, 1 definition and 2 unpublished drafts',
    )
    expect(lossTotals([])).toBe('')
  })

  it('takes a column whose values nobody counted for one that has some', () => {
    const unknown = archiveDiff({ tables: [tableDiff('a', { effect: 'changed', fields: [column('b', null)] })] })
    expect(lossesOf(unknown, nothing)).toMatchObject([{ words: 'Column a.b', look: 'table:a' }])
  })

  it('is every row that is there where the archive holds none', () => {
    const none = { added: null, changed: null, removed: null, same: null }
    const bare = archiveDiff({ tables: [tableDiff('Big', none), tableDiff('empty', none)] })
    const rows = preview([previewTable('big', 'replaced', 7), previewTable('empty', 'replaced', 0)])
    expect(lossesOf(bare, rows).map(({ words }) => words)).toEqual(['7 rows in Big'])
    expect(rowWords(bare, rows)).toBe('7 rows are lost')
    expect(isNothing({ ...bare, same: true }, rows)).toBe(false)
    expect(isNothing({ ...bare, same: true }, nothing)).toBe(true)
  })

  it('is nothing where rows only come back or change', () => {
    expect(lossesOf(archiveDiff({ tables: [tableDiff('a', { added: 3, changed: 2 })] }), nothing)).toEqual([])
  })
})

describe('the sentence before the restore', () => {
  it('names all where they are few', () => {
    const few = archiveDiff({ tables: diff.tables.slice(0, 3), definitions: [...diff.definitions] })
    expect(lostSentence(lossesOf(few, nothing))).toBe('Lost: table small with 3 rows, function sum and 2 empty tables.')
    const one = archiveDiff({ tables: diff.tables.slice(0, 1) })
    expect(lostSentence(lossesOf(one, nothing))).toBe('Lost: empty table archive_1.')
    const group = archiveDiff({ definitions: [{ kind: 'api_group', name: 'Public', effect: 'removed', patch: '' }] })
    expect(lostSentence(lossesOf(group, nothing))).toBe('Lost: API group Public.')
  })

  it('counts many, and names those with the most data however many empty tables there are', () => {
    expect(lostSentence(lossesOf(diff, nothing))).toBe(
      'Lost: 4 tables, 5,218 rows, 2 columns, 4 stored files, 1 definition and 2 unpublished drafts, among them ' +
        'table large with 5,000 rows, table small with 3 rows, 214 rows in orders, 1 row in few.',
    )
  })
})
