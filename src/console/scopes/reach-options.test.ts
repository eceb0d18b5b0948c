import { expect, test } from 'vitest'

import { reachOptions } from './reach-options.ts'

const SHOP = { id: 1, name: 'Shop', description: 'Orders' }
const labels = (...input: Parameters<typeof reachOptions>) => reachOptions(...input).map(({ label }) => label)

test('workspaces are offered by name and description', () => {
  expect(reachOptions([SHOP], [])).toEqual([{ value: '1', label: 'Shop', description: 'Orders' }])
})

test('a chosen workspace that was deleted since stays in view', () => {
  expect(labels([SHOP], ['1', '7'])).toEqual(['Shop', 'Workspace 7, deleted'])
})

test('while workspaces are on their way nothing chosen is lost, and none is called deleted', () => {
  expect(labels(undefined, ['1'])).toEqual(['Workspace 1'])
})
