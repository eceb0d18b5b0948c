import { expect, it } from 'vitest'

import type { Scopes } from '#api/contract/scopes.ts'

import { type Caller, requireScope, requireWorkspace } from './caller.ts'

const user = { id: 1, name: 'Ann', email: 'ann@example.com', role: 'member' as const }
const caller = (change: Partial<Caller>): Caller => ({
  kind: 'token',
  id: 7,
  label: 'backup (mdk_a…wxyz)',
  user,
  scopes: {},
  workspaces: [1],
  expiresAt: null,
  ...change,
})
const wide: Scopes = { 'workspace:content': 'r' }

it('a missing scope is said of whoever lacks it: the account, the token, or the account that made the token', () => {
  const said = (change: Partial<Caller>) => () => requireScope(caller(change), 'workspace:content:read')
  const lacks = /lacks the scope workspace:content:read \("Workspace Content: Read"\)/
  expect(said({ scopes: wide })).not.toThrow()
  expect(said({ kind: 'session' })).toThrow(/^Access Denied\. Your account lacks/)
  expect(said({})).toThrow(/^Access Denied\. This token lacks/)
  expect(said({ granted: { scopes: {}, workspaces: 'all' } })).toThrow(/^Access Denied\. This token lacks/)
  const granted = { scopes: wide, workspaces: 'all' as const }
  expect(said({ granted })).toThrow(/^Access Denied\. The account of Ann, who made this token, lacks/)
  expect(said({ granted, user: null })).toThrow(/The account that made this token lacks/)
  for (const change of [{ kind: 'session' as const }, {}, { granted }]) expect(said(change)).toThrow(lacks)
})

it('so is a workspace out of reach', () => {
  const said = (change: Partial<Caller>) => () => requireWorkspace(caller(change), 2)
  expect(said({ workspaces: [2] })).not.toThrow()
  expect(said({ kind: 'session' })).toThrow('Access Denied. Your account does not reach workspace 2.')
  expect(said({ granted: { scopes: {}, workspaces: [1] } })).toThrow('Access Denied. This token does not reach')
  expect(said({ granted: { scopes: {}, workspaces: 'all' } })).toThrow(
    'Access Denied. The account of Ann, who made this token, does not reach workspace 2.',
  )
})
