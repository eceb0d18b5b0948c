import { describe, expect, it } from 'vitest'

import { ALL_SCOPES } from '#api/contract/scopes.ts'

import { fieldsOf, GRANT_START, GrantForm, grantOf } from './grant-form.ts'

const faults = (form: typeof GRANT_START): string[] =>
  (GrantForm.safeParse(form).error?.issues ?? []).map(({ path }) => path.join('.'))

describe('what somebody may do', () => {
  it('needs a scope and a workspace for a member, and neither for the others', () => {
    expect(faults(GRANT_START)).toEqual(['scopes', 'workspaces'])
    expect(faults({ ...GRANT_START, scopes: { 'workspace:log': 'r' }, reach: 'all' })).toEqual([])
    expect(faults({ ...GRANT_START, role: 'admin' })).toEqual([])
  })

  it('sends nothing beside the role for owners and admins', () => {
    expect(grantOf({ ...GRANT_START, role: 'admin' })).toEqual({ role: 'admin' })
    expect(grantOf({ ...GRANT_START, reach: 'chosen', workspaces: ['7', '3'] })).toEqual({
      role: 'member',
      scopes: GRANT_START.scopes,
      workspaces: [7, 3],
    })
  })

  it('does not offer to a demoted admin all that they held', () => {
    expect(fieldsOf({ role: 'admin', scopes: ALL_SCOPES, workspaces: 'all' })).toEqual({
      ...GRANT_START,
      role: 'admin',
    })
    const member = { role: 'member' as const, scopes: { 'workspace:log': 'r' }, workspaces: [4] }
    expect(grantOf(fieldsOf(member))).toEqual(member)
  })
})
