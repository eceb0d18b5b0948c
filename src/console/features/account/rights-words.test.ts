import { expect, it } from 'vitest'

import { scopeWords, workspaceWords } from './rights-words.ts'

it('names each scope that is held with what it lets one do, and no other', () => {
  expect(scopeWords({ 'workspace:content': 'cr', 'workspace:database': 'r', 'workspace:file': '' })).toBe(
    'Workspace Database: read · Workspace Content: create, read',
  )
  expect(scopeWords({})).toBe('None')
})

it.each([
  ['all', 'All workspaces'],
  [[7], 'Shop'],
  [[7, 8], 'Shop and workspace 8'],
  [[], 'None'],
] as const)('says which workspaces are in reach: %j', (reach, words) => {
  const workspaces = reach === 'all' ? 'all' : [...reach]
  expect(workspaceWords(workspaces, new Map([[7, 'Shop']]))).toBe(words)
})

it('counts the workspaces while their names are not known', () => {
  expect([workspaceWords([7], undefined), workspaceWords([7, 8], undefined)]).toEqual([
    '1 chosen workspace',
    '2 chosen workspaces',
  ])
})
