import { expect, it } from 'vitest'

import { chipsOf } from './chip-words.ts'

const none = { person: undefined, token: undefined, kind: '', target: '' }
const record = {
  actor: { kind: 'token' as const, id: 3, label: 'nightly', person: { id: 4, email: 'bea@b.co' } },
  target: { kind: 'api_group', id: 9, name: 'shop' },
}
const words = (search: Partial<Parameters<typeof chipsOf>[0]>, people = new Map<number, string>()) =>
  chipsOf({ ...none, ...search }, [record], people).map((chip) => chip.words)

it('a filter is named, by its number only where no name is known', () => {
  expect(words({ person: 4 }, new Map([[4, 'Bea Berg']]))).toEqual(['Bea Berg'])
  expect(words({ person: 4 })).toEqual(['bea@b.co'])
  expect(words({ person: 5 })).toEqual(['Person 5'])
  expect(words({ token: 3, kind: 'api_group', target: '9' })).toEqual(['Token nightly', 'API group shop'])
  expect(words({ token: 8, kind: 'table', target: '9' })).toEqual(['Token 8', 'Table 9'])
})

it('there is none where nothing came by a link', () => {
  expect(words({ kind: 'table' })).toEqual([])
})
