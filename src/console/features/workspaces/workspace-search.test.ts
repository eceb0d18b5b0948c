import { describe, expect, it } from 'vitest'

import { applyWorkspaceSearch, WorkspaceSearch } from './workspace-search.ts'

const list = [
  { id: 1, name: 'Shop 10', description: 'web', created_at: '2026-01-02 00:00:00+0000' },
  { id: 2, name: 'Shop 9', created_at: '2026-01-03 00:00:00+0000' },
  { id: 3, name: 'Blog', description: 'Web log', created_at: '2026-01-01 00:00:00+0000' },
]
const names = (input: Record<string, string>): string[] =>
  applyWorkspaceSearch(list, WorkspaceSearch.parse(input)).map(({ name }) => name)

describe('the list of workspaces', () => {
  it('is ordered by name, numbers as numbers', () => {
    expect(names({})).toEqual(['Blog', 'Shop 9', 'Shop 10'])
  })

  it('finds all words in any order, in name, description and id', () => {
    expect(names({ q: 'WEB shop' })).toEqual(['Shop 10'])
    expect(names({ q: '3' })).toEqual(['Blog'])
  })

  it('takes nonsense in the address as the usual', () => {
    expect(names({ sort: 'size', order: 'sideways' })).toEqual(['Blog', 'Shop 9', 'Shop 10'])
    expect(names({ sort: 'created', order: 'desc' })).toEqual(['Shop 9', 'Shop 10', 'Blog'])
  })
})
