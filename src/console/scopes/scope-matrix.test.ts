import { describe, expect, it } from 'vitest'

import { SCOPES, type ScopeName, Scopes } from '#api/contract/scopes.ts'

import { blastRadius, dangersOf } from './blast-radius.ts'
import { countInReach, operationsOf, TOKEN_OPERATIONS } from './contract-operations.ts'
import { PRESETS, PRESET_IDS, presetOf } from './presets.ts'
import {
  columnFill,
  findScopes,
  hasAnyScope,
  isLocked,
  isSameGrant,
  rowFill,
  setCell,
  setColumn,
  setRow,
  withinHeld,
} from './scope-matrix.ts'

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
      columnFill({}, shown, 'd'),
      // None of those shown knows the letter.
      columnFill(granted, shown, 'u'),
    ]).toEqual(['all', 'some', 'none', 'locked'])
  })

  it('grants nothing that is not held, and lets what is granted already go', () => {
    const held = { 'workspace:database': 'r', 'workspace:api': 'cr' }
    const database = info('workspace:database')
    expect(setCell({}, database, 'd', true, held)).toEqual({})
    expect(setRow({}, database, true, held)).toEqual({ 'workspace:database': 'r' })
    expect(setColumn({}, SCOPES, 'c', true, held)).toEqual({ 'workspace:api': 'c' })
    expect(rowFill({ 'workspace:database': 'r' }, database, held)).toBe('all')
    expect([rowFill({}, info('workspace:log'), held), columnFill({}, SCOPES, 'd', held)]).toEqual(['locked', 'locked'])
    const byAnother = { 'workspace:database': 'rd' }
    expect([isLocked({}, database, 'd', held), isLocked(byAnother, database, 'd', held)]).toEqual([true, false])
    expect(setRow(byAnother, database, true, held)).toEqual(byAnother)
    expect(setCell(byAnother, database, 'd', false, held)).toEqual({ 'workspace:database': 'r' })
    expect(withinHeld(byAnother, held)).toEqual({ 'workspace:database': 'r' })
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

describe('dangerous cells', () => {
  it('say that the read which exports is one of them, and that a plain read is not', () => {
    expect(blastRadius(info('instance:workspace'), 'r')).toContain('exports everything')
    expect(blastRadius(info('workspace:database'), 'r')).toBeUndefined()
  })

  it('hold every letter that deletes what no other call brings back', () => {
    for (const name of ['instance:workspace', 'workspace:database', 'workspace:content', 'workspace:file'] as const) {
      expect(dangersOf(info(name)).map(({ letter }) => letter)).toContain('d')
    }
    expect(dangersOf(info('workspace:log'))).toEqual([])
  })
})

describe('operations in reach', () => {
  it('are those of the whole contract that no session is needed for', () => {
    const modules = import.meta.glob<Record<string, unknown>>(['../../api/contract/*.ts', '!**/*.test.ts'], {
      eager: true,
    })
    const counted = new Set(TOKEN_OPERATIONS.map(({ id }) => id))
    const missing = Object.values(modules)
      .flatMap((module) => operationsOf(module))
      .filter(({ id, scope }) => scope !== 'session' && scope !== 'public' && !counted.has(id))
    expect(missing.map(({ id }) => id)).toEqual([])
  })

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
