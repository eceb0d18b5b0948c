import { expect, it } from 'vitest'

import { reachableStep, readRestoreSearch, targetOf, writeRestoreSearch } from './restore-search.ts'

const read = (text: string) => readRestoreSearch(new URLSearchParams(text))

it('comes back as it was written, with chosen tables and addresses', () => {
  const search = {
    ...read(''),
    backup: 4,
    into: 7,
    branch: 'restored-4',
    tables: ['a,b', 'Straße & co'],
    canonicals: { abc: 'x:y', old: 'new' },
    step: 'confirm' as const,
    look: 'table:orders',
  }
  expect(read(writeRestoreSearch(search).toString())).toEqual(search)
})

it('tells everything from tables that are still to be chosen', () => {
  expect(read('backup=4').tables).toBeUndefined()
  expect(read(writeRestoreSearch({ ...read('backup=4'), tables: [] }).toString()).tables).toEqual([])
})

it('forgets what belongs to another target', () => {
  const left = { ...read('backup=4&of=3&step=what'), into: 7, name: 'left over' }
  expect(writeRestoreSearch(left).toString()).toBe('backup=4&into=7')
})

it('passes over nonsense', () => {
  expect(read('backup=x&into=-1&step=leap&of=0')).toEqual(read(''))
})

it('shows no step before what it stands on', () => {
  expect(reachableStep(read('step=confirm'), true)).toBe('what')
  expect(reachableStep(read('backup=4&into=7&step=confirm'), false)).toBe('what')
  expect(reachableStep(read('backup=4&step=preview'), true)).toBe('where')
  expect(reachableStep(read('backup=4&into=new&step=preview'), true)).toBe('where')
  expect(reachableStep(read('backup=4&into=new&name=a&step=safety'), true)).toBe('safety')
  expect(reachableStep(read('backup=4&into=7&tables=&step=preview'), true)).toBe('scope')
  expect(reachableStep(read('backup=4&into=7&tables=&step=where'), true)).toBe('where')
  expect(reachableStep(read('backup=4&into=7&branch=b&tables=&step=preview'), true)).toBe('preview')
  expect(reachableStep(read('backup=4'), true)).toBe('what')
})

it('knows three kinds of target', () => {
  expect(targetOf(read('into=7'))).toEqual({ kind: 'existing', workspaceId: 7 })
  expect(targetOf(read('into=7&branch=b'))).toEqual({ kind: 'branch', workspaceId: 7, label: 'b' })
  expect(targetOf(read('into=new&name=a'))).toEqual({ kind: 'new', name: 'a' })
})
