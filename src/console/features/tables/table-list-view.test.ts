import { expect, it } from 'vitest'

import { readTableListView, toTableFilter, writeTableListView } from './table-list-view.ts'

it('reads the list from the address and passes over nonsense', () => {
  expect(readTableListView(new URLSearchParams('q=ord&sort=updated_at&order=desc&page=3'))).toEqual({
    q: 'ord',
    sort: 'updated_at',
    order: 'desc',
    page: 3,
  })
  expect(readTableListView(new URLSearchParams('sort=size&order=up&page=-1'))).toEqual({
    q: '',
    sort: 'name',
    order: 'asc',
    page: 1,
  })
})

it('starts on the first page again when the list becomes another one', () => {
  const params = new URLSearchParams('q=a&page=3')
  expect(writeTableListView(params, { q: 'b' }).toString()).toBe('q=b')
  expect(writeTableListView(params, { page: 4 }).toString()).toBe('q=a&page=4')
  expect(writeTableListView(params, { page: 1, q: '' }).toString()).toBe('')
})

it('asks for one page as the API names things', () => {
  const view = readTableListView(new URLSearchParams('q=a'))
  expect(toTableFilter(7, view)).toEqual({
    workspaceId: 7,
    page: 1,
    per_page: 50,
    search: 'a',
    sort: 'name',
    order: 'asc',
  })
})
