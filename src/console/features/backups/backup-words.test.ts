import { describe, expect, it } from 'vitest'

import type { Backup } from '#api/contract/backups.ts'
import { backupFixture } from '#console/data/backup-fixture.ts'

import { archivePasswordWords, TakeBackupForm } from './archive-password.ts'
import { growthById, readBackupView, viewBackups } from './backup-list-view.ts'
import { confirmName, progressFigures, rowWords, shieldWords, stageWords } from './backup-words.ts'
import { coverageOf } from './coverage.ts'

const now = new Date('2026-11-20T12:00:00Z')
const backup = (id: number, more: Partial<Backup> = {}): Backup =>
  backupFixture({ id, createdAt: new Date(now.getTime() + id * 1_000).toISOString(), ...more })

describe('progress in words', () => {
  it('names the stage and the table', () => {
    expect(stageWords({ status: 'running', stage: 'rows', current: 'orders' })).toBe('Copying orders')
    expect(stageWords({ status: 'queued', stage: 'queued', current: null })).toBe('Waiting for its turn')
    expect(stageWords({ status: 'running', stage: 'verifying', current: null })).toBe('Reading it back to verify')
  })

  it('shows only figures that are known', () => {
    const running = {
      tablesDone: 3,
      tablesTotal: 10,
      bytes: 214_000_000,
      rows: 12_430,
      startedAt: '2026-11-20T11:59:48Z',
    }
    expect(progressFigures(running, now)).toBe('3 of 10 tables · 214 MB · 12,430 rows · 0:12')
    expect(progressFigures({ ...running, tablesTotal: null, startedAt: null, rows: 1 }, now)).toBe('214 MB · 1 row')
  })

  it('is green only on a proven fact', () => {
    expect(shieldWords({ status: 'succeeded', verifiedAt: null }).tone).toBe('muted')
    expect(shieldWords({ status: 'succeeded', verifiedAt: now.toISOString() }).tone).toBe('success')
    expect(shieldWords({ status: 'looks_wrong', verifiedAt: now.toISOString() }).tone).toBe('danger')
  })

  it('counts rows only where they are known', () => {
    expect(rowWords(backup(1))).toBe('12,430')
    expect(rowWords(backup(1, { definitionOnly: true }))).toBe('none')
    expect(rowWords(backup(1, { kind: 'uploaded', summary: null }))).toBe('unknown')
  })

  it('asks for a name even where the archive tells none', () => {
    expect([confirmName({ id: 4, workspaceName: 'Shop ' }), confirmName({ id: 4, workspaceName: '' })]).toEqual([
      'Shop',
      'backup 4',
    ])
  })
})

describe('the list of backups', () => {
  const items = [
    backup(1, { bytes: 100 }),
    backup(2, { bytes: 102 }),
    backup(3, { kind: 'uploaded', bytes: 5 }),
    backup(4, { definitionOnly: true, bytes: 7 }),
  ]
  const ids = (query: string) => viewBackups(items, readBackupView(new URLSearchParams(query))).map(({ id }) => id)

  it('is newest first unless the address says otherwise', () => {
    expect(ids('')).toEqual([4, 3, 2, 1])
    expect(ids('sort=size&order=asc')).toEqual([3, 4, 1, 2])
    expect(ids('show=uploaded')).toEqual([3])
    expect(ids('show=?&sort=?')).toEqual([4, 3, 2, 1])
  })

  it('compares sizes only of backups of the same kind of thing', () => {
    expect([...growthById(items)]).toEqual([[2, '+2%']])
  })
})

describe('passwords of archives', () => {
  it('are judged by how long somebody would have to try', () => {
    expect(archivePasswordWords('').tone).toBe('muted')
    expect(archivePasswordWords('short').tone).toBe('warning')
    expect(archivePasswordWords('a'.repeat(40)).tone).toBe('warning')
    expect(archivePasswordWords('correct horse battery').tone).toBe('success')
  })

  it('must be typed twice', () => {
    const form = { branch: '', definitionOnly: false, password: 'x', repeat: 'y' }
    expect(TakeBackupForm.safeParse(form).error?.issues.map(({ path, message }) => [path[0], message])).toEqual([
      ['repeat', 'The two passwords differ'],
    ])
    expect(TakeBackupForm.safeParse({ ...form, repeat: 'x' }).success).toBe(true)
  })
})

describe('coverage', () => {
  const summary = {
    format: 2,
    workspace: 'Shop',
    branch: 'v1',
    createdAt: now.toISOString(),
    tables: [
      { name: 'orders', dataSource: 'live', rows: 12 },
      { name: 'orders', dataSource: 'test', rows: 3 },
    ],
    apiGroups: 1,
    apiGroupNames: ['shop'],
    constructs: 4,
    rows: 15,
    bytes: 100,
    includesRows: true,
    includesFiles: true,
    files: 1,
    filesLost: 0,
  }

  it('tells what is in the archive and what is not', () => {
    expect(coverageOf(summary).inside).toEqual([
      '1 table with columns and indexes',
      '1 API group: shop',
      '4 constructs as published: endpoints, functions, tasks, triggers and the like',
      '15 rows of the data sources live, test',
      '1 stored file',
    ])
    expect(coverageOf(summary).missing).toEqual([
      'Drafts of constructs: an archive holds what is published',
      'API groups and constructs of branches other than v1',
    ])
    expect(coverageOf(summary).never).toContain('Access tokens, members and sessions')
  })

  it('tells of rows and files that were left out or lost', () => {
    const bare = coverageOf({ ...summary, includesRows: false, includesFiles: false, files: 0 })
    expect(bare.inside).toHaveLength(3)
    expect(bare.missing.slice(0, 2)).toEqual(['The rows of every table', 'Stored files'])
    const lossy = coverageOf({ ...summary, files: 0, filesLost: 2 })
    expect(lossy.inside).toContain('0 stored files')
    expect(lossy.missing[0]).toBe('2 stored files whose bytes the store had lost')
  })

  it('says of an archive of the first format that it knew no constructs', () => {
    const { inside, missing } = coverageOf({ ...summary, format: 1, constructs: null, includesFiles: false })
    expect(inside.join()).not.toContain('construct')
    expect(missing).toEqual([
      'Stored files',
      'Endpoints, functions, tasks, triggers and other constructs: the format of this archive knew none',
      'API groups of branches other than v1',
    ])
  })
})
