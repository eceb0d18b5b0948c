import { describe, expect, it } from 'vitest'

import { ALL_SCOPES } from '#api/contract/scopes.ts'

import { gapWords } from './grant-gaps.ts'
import { grantWarnings, joinWords, summarizeGrant } from './grant-words.ts'
import { PRESETS } from './presets.ts'

describe('what a token can do, in words', () => {
  it('says nothing, everything, and where', () => {
    expect(summarizeGrant({}, 'all').can).toBe('This token can do nothing yet.')
    expect(summarizeGrant(ALL_SCOPES, 'all')).toEqual({
      can: 'In all workspaces this token can do everything.',
      cannot: '',
    })
    expect(summarizeGrant(ALL_SCOPES, ['Shop', 'Blog']).can).toContain('In Shop and Blog')
    expect(summarizeGrant(ALL_SCOPES, ['a', 'b', 'c', 'd']).can).toContain('In 4 workspaces')
    expect(summarizeGrant(ALL_SCOPES, []).can).toBe('This token can do nothing yet: no workspace is chosen.')
  })

  it('speaks of whoever holds the grant', () => {
    expect(summarizeGrant({ 'workspace:log': 'r' }, 'all', 'this member').can).toBe(
      'In all workspaces this member can read the audit log.',
    )
    expect(summarizeGrant({}, 'all', 'this member').can).toBe('This member can do nothing yet.')
  })

  it('tells a reader from a writer', () => {
    expect(summarizeGrant({ 'workspace:database': 'r' }, 'all')).toEqual({
      can: 'In all workspaces this token can read tables.',
      cannot: 'It cannot write.',
    })
    expect(summarizeGrant({ 'workspace:task': 'cru' }, 'all').cannot).toBe('It cannot delete anything.')
    expect(summarizeGrant({ 'workspace:task': 'crud' }, 'all').cannot).toMatch(
      /^It cannot touch workspaces and branches, tables/,
    )
  })

  it('does not call a reader of workspaces unable to write: it may add a branch', () => {
    const words = 'It cannot write rows or change tables, but can add a branch by import-schema.'
    expect(summarizeGrant(PRESETS['read-only'].scopes, 'all').cannot).toBe(words)
    expect(summarizeGrant(PRESETS.backup.scopes, 'all').cannot).toBe(words)
    expect(summarizeGrant(PRESETS.agent.scopes, 'all').cannot).toBe('It cannot write.')
  })

  it('does not call a token harmless that can overwrite a workspace', () => {
    const { can, cannot } = summarizeGrant(PRESETS.ci.scopes, 'all')
    expect(can).toContain('overwrite whole workspaces by import or restore')
    expect(cannot).toBe('It cannot touch files, request history or the audit log.')
  })

  it('groups what may be done in the same way', () => {
    expect(summarizeGrant({ 'workspace:database': 'cr', 'workspace:api': 'rc', 'workspace:log': 'r' }, 'all').can).toBe(
      'In all workspaces this token can read and create tables and API groups; read the audit log.',
    )
  })

  it('does not hide that reading workspaces exports all rows', () => {
    expect(summarizeGrant(PRESETS.backup.scopes, 'all').can).toContain('export whole workspaces, rows included')
    expect(summarizeGrant(PRESETS.agent.scopes, 'all').can).not.toContain('export')
  })

  it('tells rows of live, which need the letter twice, from other rows', () => {
    const { can, cannot } = summarizeGrant({ 'workspace:content': 'ru', 'workspace:livedatasource': 'u' }, 'all')
    expect(can).toContain('change rows; read rows outside the live data source')
    expect(cannot).toMatch(/^It cannot read rows of the data source live: that needs Workspace Live Data Source too\./)
    expect(summarizeGrant({ 'workspace:content': 'r', 'workspace:livedatasource': 'r' }, 'all').can).toMatch(
      /read rows\.$/,
    )
    expect(summarizeGrant({ 'workspace:livedatasource': 'r' }, 'all').can).toBe('This token can do nothing yet.')
  })
})

describe('warnings', () => {
  it('come for export, for overwriting and for letters that do nothing', () => {
    expect(grantWarnings({ 'workspace:database': 'crud' })).toEqual([])
    expect(grantWarnings({ 'instance:workspace': 'ru' })).toEqual([
      expect.stringContaining('Export'),
      expect.stringContaining('import-schema'),
      expect.stringContaining('replaces a whole workspace'),
    ])
    expect(grantWarnings({ 'workspace:livedatasource': 'cd' })).toEqual([
      expect.stringContaining('create and delete does nothing'),
    ])
  })
})

it('says beside a scope what its letters do not reach alone', () => {
  const scopes = { 'workspace:content': 'crd', 'workspace:livedatasource': 'ru' }
  expect(gapWords(scopes, 'workspace:content')).toBe(
    'No rows of the data source live: those need Workspace Live Data Source: Create and Delete as well.',
  )
  expect(gapWords(scopes, 'workspace:livedatasource')).toBe('Does nothing without Workspace Content: Update.')
  expect(gapWords(scopes, 'workspace:database')).toBeUndefined()
  expect(gapWords(PRESETS['read-only'].scopes, 'workspace:content')).toBeUndefined()
})

it('joins words as a sentence does', () => {
  expect([joinWords([]), joinWords(['a']), joinWords(['a', 'b']), joinWords(['a', 'b', 'c'], 'or')]).toEqual([
    '',
    'a',
    'a and b',
    'a, b or c',
  ])
})
