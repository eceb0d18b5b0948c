import { describe, expect, it } from 'vitest'

import type { Scopes } from '#api/contract/scopes.ts'

import { cutAdvice, cutReason, cutScopes, cutSummary, cutTitle, isCut, scopeList, scopesNow } from './cut-words.ts'
import { tokenWith } from './token-fixture.ts'

const GRANTED: Scopes = { 'workspace:database': 'crud', 'workspace:content': 'r' }
const ann = { id: 7, name: 'Ann Miller' }
const token = (effectiveScopes: Scopes | undefined, more = {}) =>
  tokenWith(1, { scopes: GRANTED, createdBy: ann, ...(effectiveScopes && { effectiveScopes }), ...more })

describe('a token that can do less than it was granted', () => {
  it('is told with what is cut, and by whose account', () => {
    const cut = token({ 'workspace:database': 'r' })
    expect(cutScopes(cut)).toEqual({ 'workspace:database': 'cud', 'workspace:content': 'r' })
    expect(scopeList(cutScopes(cut))).toEqual([
      'Workspace Database: create, update and delete',
      'Workspace Content: read',
    ])
    expect(cutSummary(cut)).toBe(
      'It can do less than it was granted: Ann Miller, who made it, does not hold Workspace Database: create, update and delete; Workspace Content: read.',
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
    expect(cutSummary(tokenWith(1, { scopes, effectiveScopes: {}, createdBy: ann }))).toMatch(/; and 2 more\.$/)
  })
})

it('a token that can do all it was granted is not told of, nor one that is over, nor one of an older server', () => {
  expect(isCut(token(GRANTED))).toBe(false)
  expect(isCut(token({ ...GRANTED, 'workspace:log': 'r' }))).toBe(false)
  expect(cutSummary(token({}, { status: 'revoked' }))).toBeUndefined()
  expect([isCut(token(undefined)), scopesNow(token(undefined))]).toEqual([false, GRANTED])
})
