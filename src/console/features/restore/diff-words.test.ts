import { describe, expect, it } from 'vitest'

import { isNothing, kindWords, lossesOf, rowWords } from './diff-words.ts'
import { archiveDiff, preview, previewTable, tableDiff } from './restore-fixture.ts'

const nothing = preview([])

describe('what would be lost', () => {
  it('is whole tables first, then rows with the most on top, then columns, definitions, drafts and files', () => {
    const at = '2026-11-21T09:14:00Z'
    const column = { what: 'column', name: 'tier', effect: 'removed', detail: 'text', values: 3_120 } as const
    const diff = archiveDiff({
      tables: [
        tableDiff('few', { effect: 'changed', removed: 1 }),
        tableDiff('orders', { effect: 'changed', removed: 214, changed: 18, newestRemovedAt: at }),
        tableDiff('gone', { effect: 'removed', removed: 3 }),
        tableDiff('customers', { effect: 'changed', fields: [column, { ...column, name: 'new', effect: 'added' }] }),
        tableDiff('fresh', { effect: 'added', added: 5 }),
      ],
      definitions: [
        { kind: 'function', name: 'sum', effect: 'removed', patch: '' },
        { kind: 'query', name: 'GET a in Public', effect: 'changed', patch: '' },
      ],
      draftsNow: 2,
      files: { added: 1, changed: 1, removed: 4, same: 0, samples: [] },
    })
    expect(lossesOf(diff, nothing)).toEqual([
      { what: 'table', words: 'Table gone with 3 rows', newestAt: null, look: 'table:gone' },
      { what: 'rows', words: '214 rows in orders', newestAt: at, look: 'table:orders' },
      { what: 'rows', words: '1 row in few', newestAt: null, look: 'table:few' },
      { what: 'column', words: 'Column customers.tier with 3,120 values', newestAt: null, look: 'table:customers' },
      { what: 'definition', words: 'Function sum', newestAt: null, look: 'definition:function:sum' },
      { what: 'drafts', words: '2 unpublished drafts', newestAt: null, look: null },
      { what: 'files', words: '4 stored files', newestAt: null, look: 'files' },
    ])
  })

  it('is every row that is there where the archive holds none', () => {
    const none = { added: null, changed: null, removed: null, same: null }
    const diff = archiveDiff({ tables: [tableDiff('Big', none), tableDiff('empty', none)] })
    const rows = preview([previewTable('big', 'replaced', 7), previewTable('empty', 'replaced', 0)])
    expect(lossesOf(diff, rows).map(({ words }) => words)).toEqual(['7 rows in Big'])
    expect(rowWords(diff, rows)).toBe('7 rows are lost')
    expect(isNothing({ ...diff, same: true }, rows)).toBe(false)
    expect(isNothing({ ...diff, same: true }, nothing)).toBe(true)
  })

  it('is nothing where rows only come back or change', () => {
    expect(lossesOf(archiveDiff({ tables: [tableDiff('a', { added: 3, changed: 2 })] }), nothing)).toEqual([])
  })
})

it.each([
  [{ added: 3, changed: 18, removed: 214 }, '214 rows are lost, 18 change and 3 come back'],
  [{ added: 1, changed: 0, removed: 1 }, '1 row is lost and 1 comes back'],
  [{ added: 0, changed: 1, removed: 0 }, '1 row changes'],
  [{ added: 1_200, changed: 0, removed: 0 }, '1,200 rows come back'],
  [{ added: 0, changed: 0, removed: 0 }, 'no row changes'],
])('the sum of rows %o reads: %s', (counts, words) => {
  expect(rowWords({ tables: [tableDiff('a', counts), tableDiff('b')] }, nothing)).toBe(words)
})

it('names kinds of definitions in words', () => {
  expect(['query', 'api_group', 'function', 'table_trigger'].map(kindWords)).toEqual([
    'Endpoint',
    'API group',
    'Function',
    'Table trigger',
  ])
})
