import { describe, expect, it } from 'vitest'

import type { Scopes } from '#api/contract/scopes.ts'

import {
  cutAdvice,
  cutReason,
  cutScopes,
  cutSummary,
  cutTitle,
  isCut,
  isCutToNothing,
  reachLeft,
  scopeList,
  scopesNow,
} from './cut-words.ts'
import { tokenWith } from './token-fixture.ts'

const GRANTED: Scopes = { 'workspace:database': 'crud', 'workspace:content': 'r' }
const ann = { id: 7, name: 'Ann Miller' }
const token = (effectiveScopes: Scopes | undefined, more = {}) =>
  tokenWith(1, { scopes: GRANTED, createdBy: ann, ...(effectiveScopes && { effectiveScopes }), ...more })

describe('a token that was granted more than its maker may do', () => {
  it('is told with what is cut, and by whose account', () => {
    const cut = token({ 'workspace:database': 'r' })
    expect(cutScopes(cut)).toEqual({ 'workspace:database': 'cud', 'workspace:content': 'r' })
    expect(scopeList(cutScopes(cut))).toEqual([
      'Workspace Database: create, update and delete',
      'Workspace Content: read',
    ])
    expect(cutSummary(cut)).toBe(
      'It was granted more than its maker may do. Ann Miller, who made it, does not hold Workspace Database: create, update and delete; Workspace Content: read.',
    )
    expect(cutReason(cut)).toContain('the account of Ann Miller does not hold these scopes')
    expect(cutAdvice(cut)).toContain('Rotated, it is granted only what works')
  })

  it('is told where nothing is left, and is not sent to a rotation that would be refused', () => {
    expect(cutTitle(token({}))).toBe('It can do nothing of what it was granted')
    expect(cutAdvice(token({}))).not.toContain('Rotated')
  })

  it('names three scopes in a list and counts the others', () => {
    const scopes: Scopes = { ...GRANTED, 'workspace:api': 'r', 'workspace:task': 'r', 'workspace:log': 'r' }
    expect(cutSummary(tokenWith(1, { scopes, effectiveScopes: {}, createdBy: ann }))).toMatch(/; and 2 more\./)
  })
})

describe('a token whose maker reaches less than it was granted', () => {
  const reaches = (workspaces: 'all' | number[], effectiveWorkspaces: 'all' | number[]) =>
    token(GRANTED, { workspaces, effectiveWorkspaces })

  it('says where it works still, also where that is nowhere', () => {
    const some = reaches([1, 2, 3], [2])
    expect([isCut(some), isCutToNothing(some), cutTitle(some)]).toEqual([
      true,
      false,
      'It was granted more than its maker may do',
    ])
    expect(cutSummary(some)).toBe(
      'It was granted more than its maker may do. It works in 1 of 3 workspaces: Ann Miller reaches no more.',
    )
    expect(cutReason(some)).toContain('the account of Ann Miller reaches not all of its workspaces')
    expect(reachLeft(reaches('all', [1, 2]))).toBe('in 2 workspaces, not in all')
    const none = [reaches([1], []), reaches('all', [])]
    expect(none.map(reachLeft)).toEqual(['in none of its workspaces', 'in no workspace'])
    expect(none.map(isCutToNothing)).toEqual([true, true])
    expect(cutAdvice(reaches([1], []))).not.toContain('Rotated')
  })

  it('is not cut where it reaches all that it was granted', () => {
    const whole = [reaches('all', 'all'), reaches([1, 2, 3], [1, 2, 3]), token(GRANTED, { workspaces: [4] })]
    expect(whole.map(isCut)).toEqual([false, false, false])
    expect(isCut(token(GRANTED, { workspaces: 'all', effectiveWorkspaces: [1], status: 'expired' }))).toBe(false)
  })

  it('tells both where scopes are cut, too', () => {
    const both = token({ 'workspace:content': 'r' }, { workspaces: [1, 2], effectiveWorkspaces: [1] })
    expect(cutReason(both)).toContain('does not hold these scopes and reaches not all of its workspaces')
  })
})

it('a token that can do all it was granted is not told of, nor one that is over, nor one of an older server', () => {
  expect(isCut(token(GRANTED))).toBe(false)
  expect(isCut(token({ ...GRANTED, 'workspace:log': 'r' }))).toBe(false)
  expect(cutSummary(token({}, { status: 'revoked' }))).toBeUndefined()
  expect([isCut(token(undefined)), scopesNow(token(undefined))]).toEqual([false, GRANTED])
})
