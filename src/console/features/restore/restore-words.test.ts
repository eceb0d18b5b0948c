import { describe, expect, it } from 'vitest'

import type { RestoreScope } from '#api/contract/restore-scope.ts'
import type { Restore } from '#api/contract/restores.ts'

import { scopeItems } from './part-items.ts'
import { outcomeOf, restoreFigures, restoreShare, restoreStage, restoreTitle, stageLines } from './restore-words.ts'
import { mergedTotal, mergedWords } from './run/merged-words.ts'
import { doneTitle, doneWords } from './run/result-words.ts'
import { undoWords } from './undo-words.ts'

const restore: Restore = {
  id: 5,
  backupId: 4,
  workspaceId: 1,
  workspaceName: 'Shop',
  intoNew: false,
  status: 'running',
  stage: 'rows',
  current: 'orders',
  tablesDone: 3,
  tablesTotal: 10,
  rows: 4_000,
  rowsTotal: 12_430,
  createdAt: '2026-11-20T11:59:47Z',
  startedAt: '2026-11-20T11:59:48Z',
  finishedAt: null,
  failure: null,
  tables: null,
  scope: null,
  newBranch: null,
  safetyBackupId: null,
  undoOf: null,
  undoneBy: null,
  undoRefusal: null,
  renamedCanonicals: [],
  merged: [],
  renamedFiles: { count: 0, files: [] },
  cancelling: false,
  stages: [
    { stage: 'checking', at: '2026-11-20T11:59:48Z', ms: 8_000, rows: 0, bytes: 0 },
    { stage: 'rows', at: '2026-11-20T11:59:56Z', ms: null, rows: 4_000, bytes: 0 },
  ],
  attempt: 1,
  nextAttemptAt: null,
}
const scope = (more: Partial<RestoreScope>): RestoreScope => ({ rows: 'replace', ...more })
const now = new Date('2026-11-20T12:00:00Z')

describe('a running restore', () => {
  it('shows only figures that are known, and the rate of the stage under way', () => {
    expect(restoreFigures(restore, now)).toBe('3 of 10 tables · 4,000 of 12,430 rows · 1,000 rows/s · 0:12')
    const early = { ...restore, tablesTotal: null, rowsTotal: null, startedAt: null, stages: [] }
    expect(restoreFigures(early, now)).toBe('4,000 rows')
    expect(restoreStage(restore)).toBe('Copying orders')
    expect(restoreStage({ ...restore, stage: 'swapping', current: null })).toBe('Putting it in place')
  })

  it('says that its end was asked for, until it has ended', () => {
    const ending = { ...restore, cancelling: true }
    expect(restoreStage(ending)).toBe('Cancelling')
    expect(outcomeOf(restore).words).toBe('Running')
    expect(outcomeOf(ending).words).toBe('Cancelling')
    expect(outcomeOf({ ...ending, status: 'cancelled' }).words).toBe('Cancelled')
  })

  it('has a bar only where the total is known', () => {
    expect(restoreShare(restore)).toEqual({ value: 4_000, total: 12_430 })
    expect(restoreShare({ ...restore, rowsTotal: 0 })).toEqual({ value: 3, total: 10 })
    expect(restoreShare({ ...restore, rowsTotal: null, tablesTotal: null })).toEqual({})
    expect(restoreShare({ ...restore, stage: 'safety' })).toEqual({})
  })

  it('lists the stages that were with their times, and those to come', () => {
    expect(stageLines(restore, now).map(({ stage, state, ms }) => [stage, state, ms])).toEqual([
      ['checking', 'done', 8_000],
      ['rows', 'current', 4_000],
      ['safety', 'upcoming', null],
      ['definitions', 'upcoming', null],
      ['keys', 'upcoming', null],
      ['swapping', 'upcoming', null],
    ])
    const ended = stageLines({ ...restore, status: 'failed' }, now)
    expect(ended.map(({ stage, ms }) => [stage, ms])).toEqual([
      ['checking', 8_000],
      ['rows', null],
    ])
  })
})

describe('a restore in words', () => {
  const some = { ...restore, scope: scope({ tables: ['orders', 'users'] }) }
  const rows = { ...restore, scope: scope({ tables: ['orders'], rows: 'missing' }) }
  const logic = { ...restore, scope: scope({ constructs: [{ kind: 'function', name: 'sum' }], apiGroups: ['Public'] }) }
  const made = { ...restore, intoNew: true, workspaceName: 'Copy' }
  const branch = { ...restore, newBranch: 'old' }

  it('says what went where', () => {
    expect(restoreTitle(restore)).toBe('Everything into Shop')
    expect(restoreTitle(some)).toBe('orders and users into Shop')
    expect(restoreTitle(rows)).toBe('Missing rows of orders into Shop')
    expect(restoreTitle(logic)).toBe('API group Public and function sum into Shop')
    expect(restoreTitle(made)).toBe('Everything into the new workspace Copy')
    expect(restoreTitle({ ...logic, newBranch: 'old' })).toBe(
      'API group Public and function sum into the new branch old of Shop',
    )
    expect(restoreTitle(branch)).toBe('Definitions into the new branch old of Shop')
    expect(restoreTitle({ ...restore, undoOf: 4 })).toBe('Undo of restore 4 in Shop')
  })

  it('says what is there now', () => {
    expect([restore, some, rows, logic, made, branch].map(doneTitle)).toEqual([
      'Workspace Shop is restored',
      'orders and users in Shop are restored',
      'Missing rows of orders in Shop are restored',
      'API group Public and function sum in Shop are restored',
      'Workspace Copy was created',
      'Branch old of Shop was created',
    ])
    expect(doneWords({ ...some, finishedAt: '2026-11-20T11:59:52Z' })).toBe('3 tables and 4,000 rows restored in 4 s.')
    // The rows that were read are not those that came back.
    expect(doneWords(rows)).toBe('Rows of 1 table restored.')
    expect(doneWords(logic)).toBe('1 API group and 1 function restored.')
    expect(doneWords({ ...rows, undoOf: 4 })).toBe('orders in Shop is as before that restore.')
    expect(doneWords({ ...some, undoOf: 4 })).toBe('orders and users in Shop are as before that restore.')
    expect(doneWords({ ...made, undoOf: 4 })).toBe('Workspace Copy was backed up and deleted.')
  })

  it('names before an undo what is lost by it', () => {
    expect(undoWords(some)).toEqual({
      effect: 'orders and users in Shop go back to how they were before this restore.',
      loss: 'Rows written in these tables since then are lost. A safety backup is taken first, so this can be undone too.',
    })
    // Rows were put back one by one, but the undo brings the table back as a whole.
    expect(undoWords(rows)).toEqual({
      effect: 'orders in Shop goes back to how it was before this restore.',
      loss: 'Rows written in this table since then are lost. A safety backup is taken first, so this can be undone too.',
    })
    const mixed = { ...restore, scope: scope({ tables: ['a'], apiGroups: ['Public'], files: 'all' }) }
    expect(undoWords(mixed)).toEqual({
      effect: 'a, API group Public and all stored files in Shop go back to how they were before this restore.',
      loss: 'Rows written in this table, edits of these definitions and newer versions of these files since then are lost. A safety backup is taken first, so this can be undone too.',
    })
    expect(undoWords(made).effect).toBe('Workspace Copy is deleted.')
    expect(undoWords(branch).effect).toContain('Branch old of Shop is deleted')
  })

  it('tells of merged rows what came back, what was overwritten and what stayed', () => {
    expect(mergedWords({ added: 3, overwritten: 2, same: 895 })).toBe(
      '3 rows came back, 2 overwritten, 895 left as they were',
    )
    expect(mergedWords({ added: 1, overwritten: 0, same: 1 })).toBe('1 row came back, 1 left as it was')
    expect(mergedWords({ added: 0, overwritten: 0, same: 0 })).toBe('no row came back')
    const merged = [
      { table: 'orders', added: 3, overwritten: 2, same: 895 },
      { table: 'users', added: 1, overwritten: 0, same: 5 },
    ]
    expect(mergedTotal(merged)).toEqual({ added: 4, overwritten: 2, same: 900 })
    expect(mergedTotal([])).toBeUndefined()
    const both = {
      ...rows,
      scope: scope({ tables: ['orders', 'users'], rows: 'missing' }),
      merged,
      finishedAt: '2026-11-20T11:59:52Z',
    }
    expect(doneWords(both)).toBe('Of 2 tables 4 rows came back, 2 overwritten, 900 left as they were, in 4 s.')
    expect(doneWords({ ...both, scope: rows.scope, merged: merged.slice(1) })).toBe(
      '1 row came back, 5 left as they were, in 4 s.',
    )
  })

  it('says afterwards that values were left behind', () => {
    const dropping = { ...rows, scope: scope({ tables: ['orders'], rows: 'missing', dropColumns: true }) }
    expect(scopeItems(dropping).map(({ label }) => label)).toContain('Columns')
    expect(scopeItems({ ...dropping, undoOf: 4 }).map(({ label }) => label)).not.toContain('Columns')
    expect(scopeItems(rows).map(({ label }) => label)).not.toContain('Columns')
  })

  it('is told as undone once it was', () => {
    const done = { ...restore, status: 'succeeded' as const }
    expect([done, { ...done, undoneBy: 9 }, { ...done, undoOf: 4 }].map((one) => outcomeOf(one).words)).toEqual([
      'Restored',
      'Undone',
      'Done',
    ])
    expect(doneTitle({ ...done, intoNew: true, undoneBy: 9 })).toBe('This restore was undone')
    expect(doneTitle({ ...done, undoOf: 4, undoneBy: 9 })).toBe('This undo was undone')
  })
})
