import { describe, expect, it } from 'vitest'

import { effectLabel, isDestructive } from './effect-words.ts'
import { narrowed } from './narrowed.ts'
import { NO_PARTS, type Parts } from './parts.ts'
import { plannedDiff, sameLogic, unknownLosses } from './planned-diff.ts'
import { fileEffect, takenFileWords } from './preview/file-words.ts'
import { archiveDiff, preview, previewTable, tableDiff } from './restore-fixture.ts'
import { mergeWords } from './rows-words.ts'

const sample = (id: string) => ({ id, inArchive: {}, now: null })
const orders = tableDiff('orders', {
  effect: 'changed',
  added: 3,
  changed: 2,
  removed: 1,
  same: 5,
  fields: [{ what: 'column', name: 'tier', effect: 'removed', detail: 'text', values: 3 }],
  samples: { added: ['1', '2', '3'].map(sample), changed: ['4', '5'].map(sample), removed: [sample('11')] },
})
const parts = (more: Partial<Parts>): Parts => ({ ...NO_PARTS, tables: ['orders'], ...more })

describe('rows that meet others', () => {
  it.each([
    [
      { rows: 'missing' },
      '3 rows come back, nothing is deleted, 2 changed rows and 1 row that the backup lacks stay as they are',
    ],
    [
      { rows: 'missing_and_changed' },
      '3 rows come back, 2 changed rows go back to what the backup holds, nothing is deleted, 1 row that the backup lacks stays as it is',
    ],
    [
      { rows: 'missing_and_changed', rowIds: { orders: ['1', '4', '99'] } },
      '1 row comes back, 1 changed row goes back to what the backup holds, 1 row chosen by id is looked up, nothing is deleted, 1 changed row and 1 row that the backup lacks stay as they are',
    ],
    [
      { rows: 'missing', rowIds: { orders: ['4'] } },
      'no row comes back, nothing is deleted, 2 changed rows and 1 row that the backup lacks stay as they are',
    ],
  ] as [Partial<Parts>, string][])('%# are told by what happens', (more, words) => {
    expect(mergeWords([orders], parts(more))).toBe(words)
  })

  it('are counted as what happens: none goes, and the definition stays', () => {
    const diff = archiveDiff({ tables: [orders, tableDiff('fresh', { effect: 'added', added: 4, same: 0 })] })
    const planned = plannedDiff({ parts: parts({ rows: 'missing' }), effect: preview([]), diff, texts: undefined })
    expect(planned?.tables[0]).toMatchObject({
      added: 3,
      changed: 0,
      removed: 0,
      same: 8,
      fields: [],
      effect: 'changed',
    })
    // A table that is not there comes whole.
    expect(planned?.tables[1]).toBe(diff.tables[1])
    const both = parts({ rows: 'missing_and_changed' })
    expect(plannedDiff({ parts: both, effect: preview([]), diff, texts: undefined })?.tables[0]).toMatchObject({
      added: 3,
      changed: 2,
      removed: 0,
      same: 6,
    })
  })

  it('are nothing where no row is missing', () => {
    const diff = archiveDiff({ tables: [{ ...orders, added: 0 }] })
    const planned = plannedDiff({ parts: parts({ rows: 'missing' }), effect: preview([]), diff, texts: undefined })
    expect(planned).toMatchObject({ same: true, tables: [{ effect: null }] })
  })
})

describe('chosen definitions', () => {
  const choices = {
    apiGroups: [{ name: 'Public', endpoints: 1, effect: 'replaced' as const }],
    constructs: [{ kind: 'function', name: 'sum', effect: 'added' as const }],
    files: [],
    filesTotal: 0,
    needs: [],
  }
  const chosen = { ...NO_PARTS, apiGroups: ['Public'], constructs: [{ kind: 'function', name: 'sum' }] }
  const effect = narrowed(preview([], { choices }), chosen)

  it('are shown by name before their texts are compared, and wait for no rows', () => {
    const planned = plannedDiff({ parts: chosen, effect, diff: undefined, texts: undefined })
    expect(planned?.definitions).toEqual([
      { kind: 'api_group', name: 'Public', effect: 'changed', patch: null },
      { kind: 'function', name: 'sum', effect: 'added', patch: null },
    ])
    expect(planned?.same).toBe(false)
    // Endpoints of a replaced group may go: that is not known yet, and not denied.
    expect(unknownLosses({ effect, texts: undefined })).toEqual(['Public'])
    expect(unknownLosses({ effect, texts: archiveDiff() })).toEqual([])
    expect(plannedDiff({ parts: parts({}), effect, diff: undefined, texts: undefined })).toBeUndefined()
  })

  it('are then those of all that differ, endpoints with their group, drafts counted', () => {
    const patch = '--- workspace/sum (draft)\n+++ archive/sum (draft)\n@@ -1 +1 @@\n-a\n+b\n'
    const texts = archiveDiff({
      tables: [orders],
      definitions: [
        { kind: 'query', name: 'GET a in Admin', effect: 'removed', patch: '' },
        { kind: 'query', name: 'GET a in Public', effect: 'removed', patch: '' },
        { kind: 'function', name: 'sum', effect: 'changed', patch },
        { kind: 'function', name: 'other', effect: 'changed', patch },
        { kind: 'workspace', name: 'Shop', effect: 'changed', patch: '' },
      ],
      draftsNow: 2,
    })
    const planned = plannedDiff({ parts: chosen, effect, diff: undefined, texts })
    expect(planned?.definitions.map(({ name }) => name)).toEqual(['GET a in Public', 'sum'])
    expect(planned).toMatchObject({ tables: [], draftsNow: 1 })
    expect(sameLogic(chosen, { definitions: planned?.definitions ?? [] })).toEqual([])
    expect(sameLogic(chosen, { definitions: [] })).toEqual(['API group Public', 'function sum'])
  })

  it('are named by the button with what happens to them', () => {
    const target = { kind: 'existing', workspaceId: 1 } as const
    const label = (some: Parts) => {
      const table = previewTable('orders', 'replaced', 1, 1)
      return effectLabel({
        target,
        targetName: 'Shop',
        effect: narrowed(preview([table], { choices }), some),
        parts: some,
      })
    }
    expect(label(chosen)).toBe('Replace API group Public and add function sum in Shop')
    expect(label({ ...chosen, apiGroups: [] })).toBe('Add function sum to Shop')
    expect(label({ ...chosen, tables: ['orders'], files: 'all' })).toBe(
      'Overwrite table orders, replace API group Public, put back all stored files and add function sum in Shop',
    )
    expect(label(parts({ rows: 'missing' }))).toBe('Put back missing rows of table orders in Shop')
    expect(label(parts({ rows: 'missing', rowIds: { orders: ['1', '2'] } }))).toBe(
      'Put back 2 rows of table orders in Shop',
    )
  })

  it('destroy something where something that is there is overwritten', () => {
    const destroys = [undefined, parts({}), parts({ rows: 'missing_and_changed' }), chosen].map(isDestructive)
    expect(destroys).toEqual([true, true, true, true])
    expect(isDestructive(parts({ rows: 'missing' }))).toBe(false)
  })
})

it('chosen files are told by how many come and how many take the place of others', () => {
  const file = (effect: 'added' | 'replaced') => ({ path: effect, name: effect, size: 1, effect })
  const files = [file('added'), file('replaced')]
  expect(fileEffect({ files, filesTotal: 2 })).toBe(
    '2 files come: 1 is new, 1 takes the place of the one that is there. No file is deleted.',
  )
  expect(fileEffect({ files, filesTotal: 2_000 })).toContain('2,000 files come. One of the same path is replaced')
})

it('says how many files get a new address, of the chosen ones', () => {
  const taken = { count: 2, paths: ['/vault/a/a.txt', '/vault/b/b.txt'] }
  const of = (files: Parts['files']) => narrowed(preview([], { takenFiles: taken }), { ...NO_PARTS, files }).takenFiles
  expect(takenFileWords(of('all'))).toBe('2 stored files get a new address: theirs is taken by another workspace.')
  expect(takenFileWords(of(['/vault/a/a.txt', '/vault/c/c.txt']))).toMatch(/^1 stored file gets a new address/)
  expect(takenFileWords(of([]))).toBe('')
})
