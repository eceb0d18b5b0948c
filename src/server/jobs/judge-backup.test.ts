import { describe, expect, it } from 'vitest'

import { judgeBackup, type RunFigures } from './judge-backup.ts'

function run(bytes: number, rows: number, tables: RunFigures['tables'] = []): RunFigures {
  return { bytes, rows, tables }
}

const usual = [run(1_000_000, 1_000), run(1_010_000, 1_010), run(990_000, 990)]
const judge = (now: RunFigures, earlier: RunFigures[] = usual, filesLost = 0): ReturnType<typeof judgeBackup> =>
  judgeBackup({ ...now, filesLost }, earlier)

describe('how a whole backup looks beside earlier ones', () => {
  it.each([
    ['the same', 1_000_000, 1_000, 'succeeded', []],
    ['a little larger', 1_400_000, 1_200, 'succeeded', []],
    ['larger', 1_600_000, 1_600, 'warnings', ['larger']],
    ['much larger', 3_100_000, 3_100, 'looks_wrong', ['larger']],
    ['smaller', 700_000, 700, 'warnings', ['smaller']],
    ['much smaller', 400_000, 900, 'looks_wrong', ['smaller']],
    ['half of the rows', 990_000, 500, 'succeeded', []],
    ['less than half of the rows', 990_000, 499, 'looks_wrong', ['smaller']],
  ])('%s: %d bytes, %d rows', (_what, bytes, rows, status, codes) => {
    const judgement = judge(run(bytes, rows))
    expect([judgement.status, judgement.warnings.map(({ code }) => code)]).toEqual([status, codes])
  })

  it('needs three runs to know what is usual', () => {
    expect(judge(run(10, 1), usual.slice(0, 2))).toEqual({ status: 'succeeded', warnings: [] })
  })

  it('a table that had many rows and is empty looks wrong, in the data source where it is', () => {
    const tables = (live: number, test: number): RunFigures['tables'] => [
      { name: 'orders', dataSource: 'live', rows: live },
      { name: 'orders', dataSource: 'test', rows: test },
    ]
    const earlier = usual.map(({ bytes, rows }) => run(bytes, rows, tables(101, 100)))
    const judgement = judge(run(1_000_000, 900, tables(0, 0)), earlier)
    expect(judgement.status).toBe('looks_wrong')
    expect(judgement.warnings).toEqual([
      { code: 'empty_table', message: 'The table "orders" (live) is empty. Earlier backups held 101 rows of it.' },
    ])
  })

  it('small archives differ by chance', () => {
    const small = [run(2_000, 3), run(2_000, 3), run(2_000, 3)]
    expect(judge(run(9_000, 1), small).status).toBe('succeeded')
  })

  it('what stays different becomes the usual', () => {
    const changed = [run(100_000, 100), run(100_000, 100), run(100_000, 100)]
    expect(judge(run(100_000, 100), [...changed, ...usual].slice(0, 5)).status).toBe('succeeded')
    expect(judge(run(100_000, 100), [...changed.slice(1), ...usual].slice(0, 5)).status).toBe('looks_wrong')
  })

  it('an empty workspace that was not empty before is a warning with few runs, and looks wrong with many', () => {
    expect(judge(run(900_000, 0), usual.slice(0, 1))).toMatchObject({
      status: 'warnings',
      warnings: [{ code: 'empty_table' }],
    })
    expect(judge(run(900_000, 0)).status).toBe('looks_wrong')
    expect(judge(run(900_000, 0), []).status).toBe('succeeded')
  })

  it('lost files are a warning, however many runs there are', () => {
    expect(judge(run(1, 1), [], 2)).toMatchObject({ status: 'warnings', warnings: [{ code: 'files_lost' }] })
  })
})
