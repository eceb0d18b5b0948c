import { describe, expect, it } from 'vitest'

import type { RestoreScope } from '#api/contract/restore-scope.ts'

import { tableDiff } from './restore-fixture.ts'
import { overwrites, sinceQuestion, sinceWords } from './undo-since.ts'

const restore = { backupId: 4, workspaceId: 1, scope: null, intoNew: false, newBranch: null, undoOf: null }
const scope = (more: Partial<RestoreScope>): RestoreScope => ({ rows: 'replace', ...more })

describe('what was written since a restore', () => {
  it('is told by the restored archive, of the tables that were replaced', () => {
    expect(sinceQuestion(restore)).toEqual({ backupId: 4, workspaceId: 1 })
    const some = { ...restore, scope: scope({ tables: ['users', 'orders'] }) }
    expect(sinceQuestion(some)).toEqual({ backupId: 4, workspaceId: 1, tables: ['orders', 'users'] })
  })

  it('is not asked where rows had stayed beside those that came, unless that was an undo', () => {
    const merged = { ...restore, scope: scope({ tables: ['orders'], rows: 'missing' }) }
    expect(sinceQuestion(merged)).toBeUndefined()
    expect(sinceQuestion({ ...merged, undoOf: 3 })).toMatchObject({ tables: ['orders'] })
  })

  it('is not asked where no rows were restored, or nothing is there to ask', () => {
    expect(sinceQuestion({ ...restore, scope: scope({ apiGroups: ['Public'] }) })).toBeUndefined()
    expect(sinceQuestion({ ...restore, backupId: null })).toBeUndefined()
    expect(sinceQuestion({ ...restore, workspaceId: null })).toBeUndefined()
    expect(sinceQuestion({ ...restore, intoNew: true })).toBeUndefined()
    expect(sinceQuestion({ ...restore, newBranch: 'old' })).toBeUndefined()
  })

  it.each([
    [{ removed: 12, changed: 3, added: 1 }, '12 rows were written, 3 were changed and 1 was deleted since.'],
    [{ removed: 1_200 }, '1,200 rows were written since.'],
    [{ changed: 1 }, '1 row was changed since.'],
    [{}, 'No row was written, changed or deleted since.'],
  ])('of a comparison that found %o reads: %s', (counts, words) => {
    expect(sinceWords({ tables: [tableDiff('a', counts), tableDiff('b')] })).toBe(words)
  })

  it('is not known of an archive without rows', () => {
    const none = { added: null, changed: null, removed: null, same: null }
    expect(sinceWords({ tables: [tableDiff('a', none)] })).toBeUndefined()
  })
})

it('asks for the name only where something is put over a workspace that was there', () => {
  expect([restore, { ...restore, intoNew: true }, { ...restore, newBranch: 'old' }].map(overwrites)).toEqual([
    true,
    false,
    false,
  ])
})
