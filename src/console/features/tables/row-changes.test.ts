import { describe, expect, it } from 'vitest'

import type { Column } from '#api/contract/columns.ts'

import { changedFields, initialInputs, inputProblems } from './row-changes.ts'

const columns: Column[] = [
  { name: 'name', type: 'text', required: true },
  { name: 'stock', type: 'int', nullable: true },
  { name: 'at', type: 'timestamp' },
  { name: 'secret', type: 'password' },
]

describe('changes to a row', () => {
  const row = { name: 'Lamp', stock: 4, at: 1_763_600_000_123.5 }
  const before = initialInputs(columns, row)

  it('are nothing when nothing was touched, even where the input cannot hold the whole value', () => {
    expect(changedFields(columns, before, initialInputs(columns, row))).toEqual({})
    expect(inputProblems(columns, before, before, false).size).toBe(0)
  })

  it('hold only the touched fields, and a password only when typed', () => {
    const after = [...before]
    after[1] = { text: '', isNull: true }
    expect(changedFields(columns, before, after)).toEqual({ stock: null })
    after[3] = { text: 'new secret', isNull: false }
    expect(changedFields(columns, before, after)).toEqual({ stock: null, secret: 'new secret' })
  })

  it('of a column that came back the same are none', () => {
    const after = before.with(1, { text: '5', isNull: false }).with(1, { text: '4', isNull: false })
    expect(changedFields(columns, before, after)).toEqual({})
  })
})

describe('a new row', () => {
  const before = initialInputs(columns, undefined)

  it('sends what was typed and leaves the rest to the defaults', () => {
    const after = before.with(0, { text: 'Lamp', isNull: false })
    expect(changedFields(columns, before, after)).toEqual({ name: 'Lamp' })
    expect(inputProblems(columns, before, after, true).size).toBe(0)
  })

  it('lacks what is required and has no default', () => {
    expect([...inputProblems(columns, before, before, true)]).toEqual([[0, 'This column needs a value']])
    const withDefault: Column[] = [{ name: 'name', type: 'text', required: true, default: 'x' }]
    expect(inputProblems(withDefault, [], [], true).size).toBe(0)
  })
})
