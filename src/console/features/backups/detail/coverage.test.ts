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
    expect(coverageOf(summary, ['v1']).inside).toEqual([
      '1 table with columns and indexes',
      '1 API group: shop',
      '4 constructs with their drafts: endpoints, functions, tasks, triggers and the like',
      '15 rows of the data sources live, test',
      '1 stored file',
    ])
    expect(coverageOf(summary, ['v1']).none).toEqual([])
    expect(coverageOf(summary, ['v1']).never).toContain('Access tokens, members and sessions')
  })

  it('calls other branches missing only where there are some', () => {
    const unknown = 'API groups and constructs of branches other than v1'
    expect(coverageOf(summary, ['v1'])).toMatchObject({ missing: [], never: expect.arrayContaining([unknown]) })
    expect(coverageOf(summary, undefined).never).toContain(unknown)
    const one = coverageOf(summary, ['v1', 'next'])
    expect(one.missing).toEqual(['API groups and constructs of the branch next'])
    expect(one.never.join()).not.toContain('branch')
    expect(coverageOf(summary, ['v1', 'a', 'b']).missing).toEqual(['API groups and constructs of the branches a, b'])
    expect(coverageOf(summary, ['v1', 'a', 'b', 'c', 'd']).missing).toEqual([
      'API groups and constructs of 4 other branches',
    ])
  })

  it('ticks nothing off of which there was none', () => {
    const bare = { tables: [], apiGroups: 0, apiGroupNames: [], constructs: 0, rows: 0, files: 0 }
    expect(coverageOf({ ...summary, ...bare }, undefined)).toMatchObject({
      inside: [],
      none: [
        'No tables: the workspace had none',
        'No API groups: the branch had none',
        'No constructs: the branch had none',
        'No stored files: the workspace had none',
      ],
    })
    expect(coverageOf({ ...summary, rows: 0 }, undefined).none).toEqual(['No rows: the tables were empty'])
  })

  it('tells of rows and files that were left out or lost', () => {
    const bare = coverageOf({ ...summary, includesRows: false, includesFiles: false, files: 0 }, undefined)
    expect(bare.inside).toHaveLength(3)
    expect(bare.none).toEqual([])
    expect(bare.missing).toEqual(['The rows of every table', 'Stored files'])
    const lossy = coverageOf({ ...summary, files: 0, filesLost: 2 }, undefined)
    expect([...lossy.inside, ...lossy.none].join()).not.toContain('stored file')
    expect(lossy.missing).toEqual(['2 stored files whose bytes the store had lost'])
  })

  it('says of an archive of an earlier format that it holds no drafts', () => {
    const { inside, missing } = coverageOf({ ...summary, format: 2 }, undefined)
    expect(inside[2]).toContain('4 constructs as published')
    expect(missing[0]).toContain('Drafts of constructs')
  })

  it('says of an archive of the first format that it knew no constructs', () => {
    const first = { ...summary, format: 1, constructs: null, includesFiles: false }
    const { inside, none, missing, never } = coverageOf(first, undefined)
    expect([...inside, ...none].join()).not.toContain('construct')
    expect(missing).toEqual([
      'Stored files',
      'Endpoints, functions, tasks, triggers and other constructs: the format of this archive knew none',
    ])
    expect(never[0]).toBe('API groups of branches other than v1')
  })
})
