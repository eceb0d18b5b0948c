import { describe, expect, it } from 'vitest'

import { SCOPES, type ScopeName, Scopes } from '#api/contract/scopes.ts'

import { countInReach, TOKEN_OPERATIONS } from './contract-operations.ts'
import {
  columnFill,
  findScopes,
  hasAnyScope,
  isSameGrant,
  rowFill,
  setCell,
  setColumn,
  setRow,
} from './scope-matrix.ts'
import { PRESETS, PRESET_IDS, presetOf } from './token-presets.ts'

const info = (name: ScopeName) => {
  const found = SCOPES.find((scope) => scope.name === name)
  if (found === undefined) throw new Error(name)
  return found
}

describe('the matrix', () => {
  it('sets one cell and forgets a scope without letters', () => {
    const granted = setCell({}, info('workspace:database'), 'u', true)
    expect(granted).toEqual({ 'workspace:database': 'u' })
    expect(setCell(granted, info('workspace:database'), 'c', true)).toEqual({ 'workspace:database': 'cu' })
    expect(setCell(granted, info('workspace:database'), 'u', false)).toEqual({})
  })

  it('never grants a letter that the scope does not know', () => {
    expect(setCell({}, info('workspace:log'), 'd', true)).toEqual({})
    expect(setRow({}, info('workspace:file'), true)).toEqual({ 'workspace:file': 'crd' })
    const everyDelete = setColumn({}, SCOPES, 'd', true)
    expect(everyDelete['workspace:log']).toBeUndefined()
    expect(Scopes.safeParse(everyDelete).success).toBe(true)
  })

  it('knows all, some and none of a row and of a column', () => {
    const granted = { 'workspace:file': 'crd', 'workspace:log': 'r', 'workspace:api': 'c' }
    expect([
      rowFill(granted, info('workspace:file')),
      rowFill(granted, info('workspace:api')),
      rowFill({}, info('workspace:api')),
    ]).toEqual(['all', 'some', 'none'])
    const shown = [info('workspace:file'), info('workspace:log')]
    expect([
      columnFill(granted, shown, 'r'),
      columnFill(granted, SCOPES, 'r'),
      columnFill(granted, shown, 'u'),
    ]).toEqual(['all', 'some', 'none'])
  })

  it('is searched by name and by what it covers', () => {
    expect(findScopes('audit log').map(({ name }) => name)).toEqual(['workspace:log'])
    expect(findScopes('  ')).toHaveLength(11)
  })
})

describe('presets', () => {
  it('hold only letters their scopes know, and are recognised again', () => {
    for (const id of PRESET_IDS) {
      expect(Scopes.safeParse(PRESETS[id].scopes).success).toBe(true)
      expect(presetOf(PRESETS[id].scopes)).toBe(id)
    }
    expect(presetOf({ 'workspace:log': 'r' })).toBe('custom')
    expect(isSameGrant({ 'workspace:api': 'rc' }, { 'workspace:api': 'cr' })).toBe(true)
    expect(hasAnyScope({ 'workspace:api': '' })).toBe(false)
  })
})

describe('operations in reach', () => {
  it('are counted from the contract itself', () => {
    expect(TOKEN_OPERATIONS.length).toBeGreaterThan(40)
    expect(new Set(TOKEN_OPERATIONS.map(({ id }) => id)).size).toBe(TOKEN_OPERATIONS.length)
    const open = countInReach({})
    expect(open).toBeGreaterThan(0)
    expect(countInReach({ 'workspace:content': 'd' })).toBe(open + 4)
    expect(countInReach(Object.fromEntries(SCOPES.map(({ name, letters }) => [name, letters.join('')])))).toBe(
      TOKEN_OPERATIONS.length,
    )
  })
})
