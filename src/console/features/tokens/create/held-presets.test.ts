import { expect, it } from 'vitest'

import { ALL_SCOPES } from '#api/contract/scopes.ts'
import { PRESET_IDS, PRESETS } from '#console/scopes/presets.ts'

import { heldPreset, heldPresetOf, isOutOfReach, isPresetCut } from './held-presets.ts'

const held = { 'workspace:database': 'r', 'workspace:api': 'r' }

it('a preset is cut to what is held, and read back from what is granted', () => {
  expect(heldPreset('agent', held)).toEqual(held)
  expect([isPresetCut('agent', held), isPresetCut('agent', ALL_SCOPES)]).toEqual([true, false])
  expect(heldPresetOf(held, held, 'agent')).toBe('agent')
  expect(heldPresetOf({ 'workspace:api': 'r' }, held, 'agent')).toBe('custom')
})

it('one of which nothing is held is out of reach, and never what nothing granted comes to', () => {
  const log = { 'workspace:log': 'r' }
  expect(isOutOfReach('agent', log)).toBe(true)
  expect(heldPresetOf({}, log, 'agent')).toBe('custom')
})

it('who holds everything is offered each preset whole', () => {
  expect(PRESET_IDS.map((id) => heldPresetOf(PRESETS[id].scopes, ALL_SCOPES, undefined))).toEqual([...PRESET_IDS])
})
