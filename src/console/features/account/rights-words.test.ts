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
  [[7], '1 chosen workspace'],
  [[7, 8], '2 chosen workspaces'],
  [[], 'None'],
] as const)('says which workspaces are in reach: %j', (workspaces, words) => {
  expect(workspaceWords(workspaces === 'all' ? 'all' : [...workspaces])).toBe(words)
})
