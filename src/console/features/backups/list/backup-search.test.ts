import { describe, expect, it } from 'vitest'

import { backupFixture } from '#console/data/backup-fixture.ts'

import { changeBackupSearch, isNarrowed, readBackupSearch, runFilter, sortRuns, turnPages } from './backup-search.ts'

const read = (query: string) => readBackupSearch(new URLSearchParams(query))

describe('the list in the address', () => {
  it('ignores what it does not know', () => {
    expect(read('kind=?&state=?&schedule=x&day=yesterday&before=a&sort=?')).toEqual(read(''))
    expect(isNarrowed(read('sort=size&of=all'))).toBe(false)
    expect(isNarrowed(read('day=2026-11-20'))).toBe(true)
  })

  it('asks for the runs of the workspace, and for uploaded archives beyond it', () => {
    expect(runFilter(1, read(''))).toEqual({ workspaceId: 1 })
    expect(runFilter(1, read('kind=scheduled&state=doubtful&schedule=3&day=2026-11-20'))).toEqual({
      workspaceId: 1,
      kind: 'scheduled',
      states: ['warnings', 'looks_wrong'],
      scheduleId: 3,
      day: '2026-11-20',
    })
    expect(runFilter(1, read('kind=uploaded'))).toEqual({ kind: 'uploaded' })
    expect(runFilter(1, read('of=all'))).toEqual({})
  })

  it('leaves out what is as by default, and turns back to the first page with each new choice', () => {
    const before = new URLSearchParams('kind=manual&before=90,40')
    expect(changeBackupSearch(before, { kind: 'all' }).toString()).toBe('')
    expect(changeBackupSearch(before, { day: '2026-11-20' }).toString()).toBe('kind=manual&day=2026-11-20')
    expect(changeBackupSearch(before, { before: '90' }).toString()).toBe('kind=manual&before=90')
  })

  it('turns pages forwards and back', () => {
    expect(turnPages(read(''), null)).toEqual({ isWhole: true, previous: undefined, next: undefined })
    expect(turnPages(read(''), '90')).toMatchObject({ isWhole: false, next: { before: '90' } })
    expect(turnPages(read('before=90'), '40')).toEqual({
      isWhole: false,
      previous: { before: undefined },
      next: { before: '90,40' },
    })
    expect(runFilter(1, read('before=90,40')).before).toBe('40')
  })

  it('is newest first unless it says otherwise', () => {
    const runs = [
      backupFixture({ id: 1, bytes: 3, createdAt: '2026-11-18T12:00:00.000Z' }),
      backupFixture({ id: 2, bytes: 1, createdAt: '2026-11-19T12:00:00.000Z' }),
      backupFixture({ id: 3, bytes: 2, createdAt: '2026-11-20T12:00:00.000Z' }),
    ]
    const ids = (query: string) => sortRuns(runs, read(query)).map(({ id }) => id)
    expect(ids('')).toEqual([3, 2, 1])
    expect(ids('sort=size&order=asc')).toEqual([2, 3, 1])
  })
})
