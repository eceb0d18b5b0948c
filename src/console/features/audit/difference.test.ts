import { expect, it } from 'vitest'

import { differences } from './difference.ts'

it('tells what came, went and changed, by field', () => {
  const before = { name: 'a', description: '', swagger: true, limits: { rows: 1, size: 2 } }
  const after = { name: 'a', description: 'b', tag: ['x'], limits: { rows: 1, size: 3 } }
  expect(differences(before, after)).toEqual([
    { path: 'description', kind: 'changed', before: '(empty)', after: 'b' },
    { path: 'swagger', kind: 'removed', before: 'yes', after: undefined },
    { path: 'limits.size', kind: 'changed', before: '2', after: '3' },
    { path: 'tag', kind: 'added', before: undefined, after: '["x"]' },
  ])
})

it('of something made or deleted tells all of it', () => {
  expect(differences(null, { name: 'a' })).toEqual([{ path: 'name', kind: 'added', before: undefined, after: 'a' }])
  expect(differences({ name: 'a' }, null)).toMatchObject([{ path: 'name', kind: 'removed', before: 'a' }])
  expect(differences(null, null)).toEqual([])
})

it('tells null from nothing', () => {
  expect(differences({ expires: null }, {})).toEqual([
    { path: 'expires', kind: 'removed', before: 'none', after: undefined },
  ])
})

it('ends where a record is nested deeper than anybody reads', () => {
  const deep = (value: number) => ({ a: { b: { c: { d: { e: value } } } } })
  expect(differences(deep(1), deep(2))).toMatchObject([{ path: 'a.b.c.d', kind: 'changed' }])
})
