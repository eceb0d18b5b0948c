import { expect, it } from 'vitest'

import { canonicalError, canonicalNames } from './canonical-words.ts'
import { archiveWords, effectLabel, intoOf } from './effect-words.ts'
import { patchLines } from './preview/patch-lines.ts'
import { preview, previewTable } from './restore-fixture.ts'
import { whereDefaults, WhereForm, whereSearch } from './where/where-form.ts'

const replaced = previewTable('orders', 'replaced', 1, 1)
const removed = previewTable('old', 'removed', 1)
const added = previewTable('new', 'added', null, 1)

it.each([
  [[replaced], 'Overwrite table orders in Shop'],
  [[replaced, { ...replaced, name: 'b' }, removed], 'Overwrite 2 tables and remove table old in Shop'],
  [[removed], 'Remove table old from Shop'],
  [[added], 'Add table new to Shop'],
  [[], 'Replace the definitions of Shop'],
])('the button names the effect: %#', (tables, label) => {
  const target = { kind: 'existing', workspaceId: 1 } as const
  expect(effectLabel({ target, targetName: 'Shop', effect: preview(tables), parts: undefined })).toBe(label)
})

it('the button names what is made', () => {
  const made = { effect: preview([added]), parts: undefined }
  expect(effectLabel({ ...made, target: { kind: 'new', name: 'Copy' }, targetName: 'Copy' })).toBe(
    'Create workspace Copy',
  )
  const branch = { kind: 'branch', workspaceId: 1, label: 'old' } as const
  expect(effectLabel({ ...made, target: branch, targetName: 'Shop' })).toBe('Create branch old in Shop')
  expect(intoOf(branch, 'x')).toEqual({ workspaceId: 1, newBranch: 'old' })
  expect(intoOf({ kind: 'existing', workspaceId: 1 }, 'Shop')).toEqual({ workspaceId: 1, confirm: 'Shop' })
})

it('tells what the archive holds, a table in several data sources once', () => {
  const { summary } = preview([])
  const two = ['live', 'test'].map((dataSource) => ({ name: 'a', dataSource, rows: 2 }))
  const old = { ...summary, tables: two, rows: 4, constructs: null }
  expect(archiveWords(old)).toBe('1 table, 4 rows, 0 API groups, no constructs and no stored files')
  const whole = { ...summary, apiGroups: 1, constructs: 5, includesFiles: true, files: 1 }
  expect(archiveWords(whole)).toBe('0 tables, 0 rows, 1 API group, 5 constructs and 1 stored file')
})

it('a taken address becomes the one that was shown or typed, and a wrong one is refused at once', () => {
  const [one, two] = ['aaa', 'bbb'].map((canonical) => ({
    group: canonical,
    canonical,
    takenBy: 'Other',
    suggested: `${canonical}2`,
  }))
  if (one === undefined || two === undefined) throw new Error('two groups')
  const taken = [one, two]
  expect(canonicalNames(taken, { aaa: 'mine' })).toEqual({ aaa: 'mine', bbb: 'bbb2' })
  expect(canonicalError(one, taken, {})).toBeUndefined()
  expect(canonicalError(one, taken, { aaa: 'mine' })).toBeUndefined()
  for (const wrong of ['', 'a b', 'bbb', 'bbb2']) expect(canonicalError(one, taken, { aaa: wrong })).toBeDefined()
})

it('a text diff keeps its marks and loses its heads, but no line of the text', () => {
  const patch =
    '===\n--- workspace/f\n+++ archive/f\n@@ -1,2 +1,2 @@\n same\n--- old\n+new\n\\ No newline at end of file\n'
  expect(patchLines(patch)).toEqual([
    { kind: 'place', text: '@@ -1,2 +1,2 @@' },
    { kind: 'same', text: ' same' },
    { kind: 'removed', text: '--- old' },
    { kind: 'added', text: '+new' },
  ])
})

it('where it goes fills in what is not chosen yet, and asks only for what its kind needs', () => {
  const proposed = { name: 'Shop copy', workspaceId: 1, label: 'restored-4' }
  const form = whereDefaults({ into: undefined, name: '', branch: '' }, proposed)
  expect(form).toEqual({ kind: 'new', name: 'Shop copy', workspaceId: '1', label: 'restored-4' })
  expect(whereDefaults({ into: 7, name: '', branch: 'b' }, proposed)).toMatchObject({
    kind: 'branch',
    workspaceId: '7',
    label: 'b',
  })
  expect(whereSearch({ ...form, kind: 'existing' })).toEqual({ into: 1, name: '', branch: '' })
  expect(WhereForm.safeParse({ ...form, name: ' ' }).success).toBe(false)
  expect(WhereForm.safeParse({ ...form, kind: 'existing', name: ' ' }).success).toBe(true)
  expect(WhereForm.safeParse({ ...form, kind: 'existing', workspaceId: '' }).success).toBe(false)
  expect(WhereForm.safeParse({ ...form, kind: 'branch', label: 'a b' }).success).toBe(false)
})
