import { expect, it } from 'vitest'

import { readSessionSearch, sessionFilter, sessionQuery, turnPages } from './session-search.ts'

const read = (query: string) => readSessionSearch(new URLSearchParams(query))

it.each(['', 'of=everybody', 'of=everybody&before=90%2C40', 'before=12'])('keeps %j in the address', (query) => {
  expect(new URLSearchParams(sessionQuery(read(query))).toString()).toBe(query)
})

it.each(['of=nobody', 'before=x', 'before=1,,2', 'before=%3Cb%3E'])('takes no notice of %j', (query) => {
  expect(read(query)).toEqual({ of: 'mine', before: undefined })
})

it('asks for everybody’s only for who may see them', () => {
  expect(sessionFilter(read('of=everybody&before=90,40'), true)).toEqual({ all: true, cursor: '40' })
  expect(sessionFilter(read('of=everybody'), false)).toEqual({ all: false, cursor: undefined })
})

it('turns the pages forth and back again', () => {
  const first = read('of=everybody')
  expect(turnPages(first, null)).toEqual({ previous: undefined, next: undefined })
  const second = turnPages(first, '90').next
  expect(second).toEqual({ of: 'everybody', before: '90' })
  const third = turnPages(read('before=90'), '40').next
  expect(third?.before).toBe('90,40')
  expect(turnPages(read('before=90,40'), null).previous?.before).toBe('90')
  expect(turnPages(read('before=90'), null).previous?.before).toBeUndefined()
})
