import { describe, expect, it } from 'vitest'

import { createBackup, drillBackup, listBackups } from '#api/contract/backups.ts'
import { searchContent } from '#api/contract/content.ts'
import { listMembers } from '#api/contract/members.ts'
import { createSample } from '#api/contract/sample.ts'
import { createTable, listTables } from '#api/contract/tables.ts'
import { listTokens } from '#api/contract/tokens.ts'
import { createUpload } from '#api/contract/uploads.ts'
import { listWorkspaces } from '#api/contract/workspaces.ts'

import { may, refusalOf, refusalWords, type Rights } from './may.ts'

const reader: Rights = {
  user: { role: 'member' },
  scopes: { 'workspace:database': 'r', 'workspace:content': 'r' },
  workspaces: [7],
}
const withScopes = (scopes: Rights['scopes']): Rights => ({ ...reader, scopes: { ...reader.scopes, ...scopes } })

describe('what somebody may do', () => {
  it('takes the scope from the operation itself', () => {
    expect(may(reader, listTables, 7)).toBe(true)
    expect(refusalOf(reader, createTable, 7)).toEqual({ scope: 'workspace:database:create' })
    expect(refusalOf(reader, listBackups, 7)).toEqual({ scope: 'instance:workspace:read' })
    expect(may(withScopes({ 'instance:workspace': 'r' }), createBackup, 7)).toBe(true)
    expect(may(withScopes({ 'instance:workspace': 'r' }), drillBackup, 7)).toBe(false)
  })

  it('asks for the scope of live rows as well, where rows are read', () => {
    expect(refusalOf(reader, searchContent, 7)).toEqual({ scope: 'workspace:livedatasource:read' })
    expect(may(withScopes({ 'workspace:livedatasource': 'r' }), searchContent, 7)).toBe(true)
  })

  it('lets higher roles do what is for lower ones, whatever their scopes', () => {
    expect(refusalOf(reader, listMembers)).toEqual({ reason: 'role', role: 'admin' })
    expect(may({ ...reader, user: { role: 'admin' } }, createSample)).toBe(true)
    expect(may({ ...reader, user: { role: 'owner' } }, listMembers)).toBe(true)
  })

  it('needs the workspace in reach, and all of them for what belongs to none', () => {
    const keeper = withScopes({ 'instance:workspace': 'crud' })
    expect(refusalOf(reader, listTables, 8)).toEqual({ reason: 'workspace', workspace: 8 })
    expect(refusalOf(keeper, createUpload, 'beyond')).toEqual({ reason: 'workspace' })
    expect(may({ ...keeper, workspaces: 'all' }, createUpload, 'beyond')).toBe(true)
    expect(may({ ...reader, workspaces: 'all' }, listTables, 8)).toBe(true)
  })

  it('leaves to everybody what every session may', () => {
    const nobody: Rights = { user: { role: 'member' }, scopes: {}, workspaces: [] }
    expect(may(nobody, listWorkspaces)).toBe(true)
    expect(may(nobody, listTokens)).toBe(true)
  })
})

describe('what is missing, in words', () => {
  it('names the scope, the role or the reach, and who can give it', () => {
    const texts = [
      refusalWords({ scope: 'instance:workspace:read' }),
      refusalWords({ reason: 'role', role: 'admin' }),
      refusalWords({ reason: 'workspace', workspace: 8 }),
      refusalWords({ reason: 'workspace' }),
    ].map((words) => words && `${words.cause} ${words.advice}`)
    expect(texts).toEqual([
      'You need Instance Workspace: Read. An owner or an admin can give it to you.',
      'This is for owners and admins. Ask one of them.',
      'Your account does not reach workspace 8. An owner or an admin can change that.',
      'Your account does not reach all workspaces. An owner or an admin can change that.',
    ])
  })

  it('leaves other refusals to their own words', () => {
    expect(refusalWords({ reason: 'proof_required' })).toBeUndefined()
    expect(refusalWords({ reason: 'beyond_own_rights', scope: 'workspace:api:read' })).toBeUndefined()
  })
})
