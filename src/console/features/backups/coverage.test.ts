import { describe, expect, it } from 'vitest'

import { coverageOf } from './coverage.ts'

describe('coverage', () => {
  const summary = {
    format: 3,
    workspace: 'Shop',
    branch: 'v1',
    createdAt: '2026-11-20T12:00:00.000Z',
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
      '4 constructs with their drafts: endpoints, functions, tasks, triggers and the like',
      '15 rows of the data sources live, test',
      '1 stored file',
    ])
    expect(coverageOf(summary).missing).toEqual(['API groups and constructs of branches other than v1'])
    expect(coverageOf(summary).never).toContain('Access tokens, members and sessions')
  })

  it('says that there were no constructs rather than counting none', () => {
    expect(coverageOf({ ...summary, constructs: 0 }).inside[2]).toBe('No constructs: the branch had none')
  })

  it('tells of rows and files that were left out or lost', () => {
    const bare = coverageOf({ ...summary, includesRows: false, includesFiles: false, files: 0 })
    expect(bare.inside).toHaveLength(3)
    expect(bare.missing.slice(0, 2)).toEqual(['The rows of every table', 'Stored files'])
    const lossy = coverageOf({ ...summary, files: 0, filesLost: 2 })
    expect(lossy.inside).toContain('0 stored files')
    expect(lossy.missing[0]).toBe('2 stored files whose bytes the store had lost')
  })

  it('says of an archive of an earlier format that it holds no drafts', () => {
    const { inside, missing } = coverageOf({ ...summary, format: 2 })
    expect(inside[2]).toContain('4 constructs as published')
    expect(missing[0]).toContain('Drafts of constructs')
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
