import { describe, expect, it } from 'vitest'

import type { PreviewTable, RestorePreview } from '#api/contract/restores.ts'

import { archiveWords, differenceWords, effectLabel, lossLines, lossSummary, sortTables } from './preview-words.ts'
import { readRestoreSearch, reachableStep, targetOf, writeRestoreSearch } from './restore-search.ts'
import { newWorkspaceName, restoreFigures, restoreShare, restoreStage, whichBackup } from './restore-words.ts'

const read = (text: string) => readRestoreSearch(new URLSearchParams(text))

describe('the wizard in the address', () => {
  it('comes back as it was written', () => {
    const search = { backup: 4, into: 'new' as const, name: 'Shop & co', step: 'confirm' as const }
    expect(readRestoreSearch(writeRestoreSearch(search))).toEqual(search)
    expect(writeRestoreSearch({ backup: 4, into: 7, name: 'left over', step: 'what' }).toString()).toBe(
      'backup=4&into=7',
    )
  })

  it('passes over nonsense', () => {
    expect(read('backup=x&into=-1&step=leap')).toEqual({ backup: undefined, into: undefined, name: '', step: 'what' })
  })

  it('shows no step before what it stands on', () => {
    expect(reachableStep(read('step=confirm'), true)).toBe('what')
    expect(reachableStep(read('backup=4&into=7&step=confirm'), false)).toBe('what')
    expect(reachableStep(read('backup=4&step=preview'), true)).toBe('where')
    expect(reachableStep(read('backup=4&into=new&step=preview'), true)).toBe('where')
    expect(reachableStep(read('backup=4&into=new&name=a&step=preview'), true)).toBe('preview')
    expect(reachableStep(read('backup=4'), true)).toBe('what')
    expect(targetOf(read('into=7'))).toEqual({ kind: 'existing', workspaceId: 7 })
  })
})

const table = (
  name: string,
  effect: PreviewTable['effect'],
  rowsNow: number | null,
  rowsInArchive: number | null,
): PreviewTable => ({ name, effect, rowsNow, rowsInArchive })

const preview = (tables: PreviewTable[], more: Partial<RestorePreview> = {}): RestorePreview => ({
  summary: {
    format: 2,
    workspace: 'Shop',
    branch: 'v1',
    createdAt: '2026-11-20T02:00:00Z',
    tables: [],
    apiGroups: 0,
    apiGroupNames: [],
    constructs: 0,
    rows: 0,
    bytes: 0,
    includesRows: true,
    includesFiles: false,
    files: 0,
    filesLost: 0,
  },
  target: { id: 1, name: 'Shop' },
  takenCanonicals: [],
  dependencies: {},
  expectedMs: null,
  tables,
  apiGroups: { added: [], replaced: [], removed: [] },
  constructs: { inArchive: 0, now: 0, draftsNow: 0, inRemovedGroups: 0 },
  files: { inArchive: null, now: 0 },
  ...more,
})

describe('what would be lost', () => {
  const tables = [
    table('new', 'added', null, 5),
    table('small', 'replaced', 1, 2),
    table('big', 'replaced', 12_644, 12_430),
    table('old', 'removed', 3, null),
  ]

  it('comes first, and the largest of it on top', () => {
    expect(sortTables(tables).map(({ name }) => name)).toEqual(['old', 'big', 'small', 'new'])
  })

  it('is said line by line', () => {
    const whole = preview(tables, {
      apiGroups: { added: ['a'], replaced: ['b'], removed: ['c'] },
      constructs: { inArchive: 4, now: 5, draftsNow: 2, inRemovedGroups: 1 },
      files: { inArchive: 5, now: 7 },
    })
    expect(lossLines(whole)).toEqual([
      'Table old with 3 rows is removed: the archive does not have it',
      '12,644 rows in big are replaced by the 12,430 rows of the archive (−214)',
      '1 row in small is replaced by the 2 rows of the archive (+1)',
      '2 drafts of constructs are removed: an archive holds only what is published',
      'API group c is removed: the archive does not have it',
      '5 constructs (endpoints, functions, tasks, triggers and the like) are replaced by the 4 of the archive',
      '7 stored files are replaced by the 5 of the archive',
      'API group b is replaced by that of the archive',
    ])
    expect(lossSummary(whole)).toBe(
      '3 tables with 12,648 rows, 2 API groups, 5 constructs, 2 drafts and 7 stored files would be overwritten or removed',
    )
    expect(lossSummary(preview(tables))).toBe('3 tables with 12,648 rows would be overwritten or removed')
    expect(lossSummary(preview([]))).toBe('Nothing that is there would be overwritten or removed')
  })

  it('puts what is really lost over what only grows, and what stays into one line', () => {
    const list = [
      table('same', 'replaced', 90_000, 90_000),
      table('grows', 'replaced', 5_000, 5_012),
      table('alike', 'replaced', 7, 7),
      table('loses', 'replaced', 2, 1),
      table('gone', 'removed', 0, null),
    ]
    expect(sortTables(list).map(({ name }) => name)).toEqual(['gone', 'loses', 'grows', 'same', 'alike'])
    expect(sortTables(list).map(differenceWords)).toEqual(['=', '−1', '+12', '=', '='])
    expect(lossLines(preview(list)).slice(1)).toEqual([
      '2 rows in loses are replaced by the 1 row of the archive (−1)',
      '5,000 rows in grows are replaced by the 5,012 rows of the archive (+12)',
      '2 tables have the same number of rows; their rows are replaced by those of the archive',
    ])
    expect(lossLines(preview([table('same', 'replaced', 3, 3)]))).toEqual([
      'Table same has the same number of rows; its rows are replaced by those of the archive',
    ])
  })

  it('is everything when the archive holds no rows', () => {
    const only = preview([table('big', 'replaced', 2, null)])
    expect(lossLines({ ...only, summary: { ...only.summary, includesRows: false } })).toEqual([
      '2 rows in big are removed: the archive holds no rows',
    ])
  })

  it('is named by the button', () => {
    const label = (list: PreviewTable[]) => effectLabel(preview(list), 'Shop')
    expect(label(tables)).toBe('Overwrite 2 tables and remove 1 in Shop')
    expect(label([table('a', 'replaced', 1, 1)])).toBe('Overwrite 1 table in Shop')
    expect(label([table('a', 'removed', 1, null)])).toBe('Remove 1 table from Shop')
    expect(label([table('a', 'added', null, 1)])).toBe('Add 1 table to Shop')
    expect(label([])).toBe('Replace the definitions of Shop')
    expect(effectLabel(preview(tables, { target: null }), 'Shop copy')).toBe('Create workspace Shop copy')
  })
})

it('tells what the archive holds, a table in several data sources once', () => {
  const { summary } = preview([])
  const two = ['live', 'test'].map((dataSource) => ({ name: 'a', dataSource, rows: 2 }))
  const old = { ...summary, tables: two, rows: 4, constructs: null }
  expect(archiveWords(old)).toBe('1 table, 4 rows, 0 API groups, no constructs and no stored files')
  const whole = { ...summary, apiGroups: 1, constructs: 5, includesFiles: true, files: 1 }
  expect(archiveWords(whole)).toBe('0 tables, 0 rows, 1 API group, 5 constructs and 1 stored file')
})

describe('a running restore', () => {
  const running = { tablesDone: 3, tablesTotal: 10, rows: 4_000, rowsTotal: 12_430, startedAt: '2026-11-20T11:59:48Z' }

  it('shows only figures that are known', () => {
    const now = new Date('2026-11-20T12:00:00Z')
    expect(restoreFigures(running, now)).toBe('3 of 10 tables · 4,000 of 12,430 rows · 0:12')
    expect(restoreFigures({ ...running, tablesTotal: null, rowsTotal: null, startedAt: null }, now)).toBe('4,000 rows')
    expect(restoreStage({ stage: 'rows', current: 'orders' })).toBe('Copying orders')
    expect(restoreStage({ stage: 'swapping', current: null })).toBe('Putting it in place')
  })

  it('has a bar only where the total is known', () => {
    expect(restoreShare(running)).toEqual({ value: 4_000, total: 12_430 })
    expect(restoreShare({ ...running, rowsTotal: 0 })).toEqual({ value: 3, total: 10 })
    expect(restoreShare({ ...running, rowsTotal: null, tablesTotal: null })).toEqual({})
  })
})

it('tells backups of one workspace apart', () => {
  expect(whichBackup({ id: 12, kind: 'manual', branch: 'v1' })).toBe('#12 · manual · v1')
  expect(whichBackup({ id: 3, kind: 'uploaded', branch: '' })).toBe('#3 · uploaded')
})

it('proposes a name that is free', () => {
  expect(newWorkspaceName('Shop', [])).toBe('Shop')
  expect(newWorkspaceName('Shop', ['Shop'])).toBe('Shop copy')
  expect(newWorkspaceName('Shop', ['Shop', 'Shop copy', 'Shop copy 2'])).toBe('Shop copy 3')
  expect(newWorkspaceName('', [])).toBe('Restored')
})
