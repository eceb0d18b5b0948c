import { describe, expect, it } from 'vitest'

import type { ScopeChoices } from '#api/contract/restore-scope.ts'

import { blockedChoices, blockedWords, logicChoices, stuckChoices, unblocked } from './blocked-parts.ts'
import { isUnanswered } from './is-unanswered.ts'
import { narrowed } from './narrowed.ts'
import { NO_PARTS } from './parts.ts'
import { preview } from './restore-fixture.ts'

const fn = (name: string, effect: 'added' | 'replaced' | 'blocked', nowNamed?: string) => {
  return { kind: 'function', name, effect, ...(nowNamed !== undefined && { nowNamed }) }
}
const choicesOf = (constructs: ScopeChoices['constructs'], apiGroups: ScopeChoices['apiGroups'] = []): ScopeChoices => {
  return { apiGroups, constructs, files: [], filesTotal: 0, needs: [] }
}
const choose = (...names: string[]) => ({ ...NO_PARTS, constructs: names.map((name) => ({ kind: 'function', name })) })
const stuckNames = (choices: ScopeChoices) => stuckChoices(logicChoices(choices)).map(({ name }) => name)

describe('a name that another one has now', () => {
  it('cannot be chosen where the backup lacks that other one, and says why', () => {
    const group = { name: 'Public', endpoints: 1, effect: 'blocked' as const, nowNamed: 'Storefront' }
    const choices = choicesOf([fn('sum', 'blocked', 'total'), fn('free', 'replaced')], [group])
    expect(stuckNames(choices)).toEqual(['Public', 'sum'])
    expect(stuckChoices(logicChoices(choices)).map(blockedWords)).toEqual([
      'Public is called Storefront now, and another API group has the name Public.',
      'sum is called total now, and another function has the name sum.',
    ])
    // An address may name it all the same.
    expect(blockedChoices(choose('sum', 'free'), choices)).toMatchObject([{ partner: undefined }])
    expect(unblocked(choose('sum', 'free'), choices).constructs).toEqual([{ kind: 'function', name: 'free' }])
  })

  it('asks for that other one where the backup holds it, in any case of letters', () => {
    const choices = choicesOf([fn('sum', 'blocked', 'total'), fn('add', 'replaced', 'Sum')])
    expect(stuckNames(choices)).toEqual([])
    expect(blockedChoices(choose('sum'), choices)).toMatchObject([{ partner: { name: 'add' } }])
    expect(blockedChoices(choose('sum', 'add'), choices)).toEqual([])
    expect(unblocked(choose('sum'), choices)).toEqual(choose('sum', 'add'))
  })

  it('is freed by those that swapped names, and not by one of another kind', () => {
    const swapped = choicesOf([fn('a', 'blocked', 'b'), fn('b', 'blocked', 'a')])
    expect(stuckNames(swapped)).toEqual([])
    expect(unblocked(choose('a'), swapped)).toEqual(choose('a', 'b'))
    const other = choicesOf([fn('a', 'blocked', 'b'), { ...fn('c', 'replaced', 'a'), kind: 'task' }])
    expect(stuckNames(other)).toEqual(['a'])
    const chain = choicesOf([fn('a', 'blocked', 'x'), fn('b', 'blocked', 'a')])
    expect(stuckNames(chain)).toEqual(['a', 'b'])
  })

  it('stops the way on only in a workspace that is there, and counts as replaced once it is free', () => {
    const data = preview([], { choices: choicesOf([fn('sum', 'blocked', 'total'), fn('add', 'replaced', 'sum')]) })
    const existing = { kind: 'existing', workspaceId: 1 } as const
    const ask = { parts: choose('sum'), preview: { data } }
    expect(isUnanswered({ ...ask, target: existing })).toBe(true)
    expect(isUnanswered({ ...ask, target: { kind: 'branch', workspaceId: 1, label: 'b' } })).toBe(false)
    expect(isUnanswered({ ...ask, parts: choose('sum', 'add'), target: existing })).toBe(false)
    expect(narrowed(data, choose('sum')).choices.constructs).toMatchObject([{ effect: 'replaced' }])
  })
})
