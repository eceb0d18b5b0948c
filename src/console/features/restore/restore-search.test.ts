import { expect, it } from 'vitest'

import { NO_PARTS } from './parts.ts'
import { reachableStep, readRestoreSearch, writeRestoreSearch } from './restore-search.ts'
import { targetOf } from './target.ts'

const read = (text: string) => readRestoreSearch(new URLSearchParams(text))

it('comes back as it was written, with chosen parts and addresses', () => {
  const search = {
    ...read(''),
    backup: 4,
    into: 7,
    branch: 'restored-4',
    parts: {
      tables: ['a,b', 'Straße & co', 'x:y'],
      apiGroups: ['Public: v1'],
      constructs: [{ kind: 'function', name: 'cart:total/sum' }],
      files: ['vault/a b.png', 'ü?&=.txt'],
      rows: 'missing' as const,
      rowIds: { 'x:y': ['1', '7d8f-a'], 'a,b': ['2'] },
      dropColumns: true,
    },
    canonicals: { abc: 'x:y', old: 'new' },
    step: 'confirm' as const,
    look: 'table:orders',
  }
  expect(read(writeRestoreSearch(search).toString())).toEqual(search)
})

it('tells everything from parts that are still to be chosen', () => {
  expect(read('backup=4').parts).toBeUndefined()
  expect(read(writeRestoreSearch({ ...read('backup=4'), parts: NO_PARTS }).toString()).parts).toEqual(NO_PARTS)
  const all = { ...NO_PARTS, files: 'all' as const }
  expect(read(writeRestoreSearch({ ...read('backup=4'), parts: all }).toString()).parts).toEqual(all)
})

it('forgets what belongs to another target', () => {
  const left = { ...read('backup=4&of=3&step=what'), into: 7, name: 'left over' }
  expect(writeRestoreSearch(left).toString()).toBe('backup=4&into=7')
})

it('passes over nonsense', () => {
  expect(read('backup=x&into=-1&step=leap&of=0&section=x&rows=missing&ids=a:1')).toEqual(read(''))
  const parts = read('tables=a&construct=function&construct=:x&rows=all&ids=b:1&ids=a&drop=columns').parts
  expect(parts).toEqual({ ...NO_PARTS, tables: ['a'] })
})

it('shows no step before what it stands on', () => {
  expect(reachableStep(read('step=confirm'), true)).toBe('what')
  expect(reachableStep(read('backup=4&into=7&step=confirm'), false)).toBe('what')
  expect(reachableStep(read('backup=4&step=preview'), true)).toBe('where')
  expect(reachableStep(read('backup=4&into=new&step=preview'), true)).toBe('where')
  expect(reachableStep(read('backup=4&into=new&name=a&step=safety'), true)).toBe('safety')
  expect(reachableStep(read('backup=4&into=7&tables=&step=preview'), true)).toBe('scope')
  expect(reachableStep(read('backup=4&into=7&tables=&step=where'), true)).toBe('where')
  expect(reachableStep(read('backup=4&into=7&tables=a&step=preview'), true)).toBe('preview')
  // A branch takes no tables.
  expect(reachableStep(read('backup=4&into=7&branch=b&tables=a&step=preview'), true)).toBe('scope')
  expect(reachableStep(read('backup=4&into=7&branch=b&group=a&step=preview'), true)).toBe('preview')
  expect(reachableStep(read('backup=4'), true)).toBe('what')
})

it('knows three kinds of target', () => {
  expect(targetOf(read('into=7'))).toEqual({ kind: 'existing', workspaceId: 7 })
  expect(targetOf(read('into=7&branch=b'))).toEqual({ kind: 'branch', workspaceId: 7, label: 'b' })
  expect(targetOf(read('into=new&name=a'))).toEqual({ kind: 'new', name: 'a' })
})
