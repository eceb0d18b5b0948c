import { expect, it } from 'vitest'

import { thingPath } from './thing-path.ts'

it('leads to the page of a thing, or nowhere', () => {
  expect(thingPath({ kind: 'table', id: 7, workspaceId: 2 })).toBe('/w/2/tables/7')
  expect(thingPath({ kind: 'token', id: 4, workspaceId: null })).toBe('/tokens/4')
  expect(thingPath({ kind: 'table', id: 7, workspaceId: null })).toBeUndefined()
  expect(thingPath({ kind: 'function', id: 'g-1', workspaceId: 2 })).toBeUndefined()
  expect(thingPath({ kind: 'constructor', id: 1, workspaceId: 2 })).toBeUndefined()
})

it('keeps an id that is text inside its part of the address', () => {
  expect(thingPath({ kind: 'user', id: '../x?a=b', workspaceId: null })).toBe('/members?member=..%2Fx%3Fa%3Db')
})
