import { describe, expect, it } from 'vitest'

import { backupFixture } from '#console/data/backup-fixture.ts'

import { knownShare, progressFigures, rateWords, stageFigures, stageWords } from './progress-words.ts'
import { sentWords } from './upload/upload-words.ts'

const now = new Date('2026-11-20T12:00:12Z')
const startedAt = '2026-11-20T12:00:00.000Z'
const rowsStage = { stage: 'rows', at: startedAt, ms: null, rows: 12_430, bytes: 120_000_000 }
const running = backupFixture({
  status: 'running',
  stage: 'rows',
  current: 'orders',
  tablesDone: 3,
  startedAt,
  stages: [rowsStage],
  previous: { bytes: 1, rows: 1, ms: 220_000 },
})

describe('a run under way', () => {
  it('names what it does', () => {
    expect(stageWords(running)).toBe('Exporting orders')
    expect(stageWords({ ...running, stage: 'verifying' })).toBe('Reading it back to verify')
    expect(stageWords({ ...running, status: 'queued' })).toBe('Waiting for its turn')
    expect(stageWords({ ...running, kind: 'uploaded', stage: 'verifying' })).toContain('uploaded archive')
  })

  it('shows only figures that are known', () => {
    expect(progressFigures(running, now)).toBe('214 MB · 12,430 rows · 10 MB/s · 0:12 · last run took 3:40')
    expect(progressFigures({ ...running, stages: [], previous: null, rows: 0 }, now)).toBe('214 MB · 0:12')
    expect(progressFigures({ ...running, status: 'queued' }, now)).toBe('last run took 3:40')
  })

  it('tells no rate before there is enough to tell', () => {
    expect(rateWords([{ ...rowsStage, at: now.toISOString() }], now)).toBeUndefined()
    expect(rateWords([{ ...rowsStage, bytes: 0 }], now)).toBeUndefined()
    expect(rateWords([{ ...rowsStage, ms: 2_000 }], now)).toBe('60 MB/s')
  })

  it('has a bar only where the whole is known', () => {
    expect(knownShare(running)).toEqual({ value: 3, total: 10 })
    expect(knownShare({ ...running, tablesTotal: null })).toBeUndefined()
    expect(knownShare({ ...running, stage: 'storing' })).toBeUndefined()
    const readBack = { ...rowsStage, stage: 'verifying', bytes: 107_000_000 }
    expect(knownShare({ ...running, stage: 'verifying', stages: [rowsStage, readBack] })).toEqual({
      value: 107_000_000,
      total: 214_000_000,
    })
  })
})

it('says of a stage what was done in it, and only of one that lasts how long it takes so far', () => {
  const stage = { stage: 'rows', at: startedAt, ms: 40_000, rows: 3, bytes: 1_000 }
  expect(stageFigures(stage, now, true)).toBe('3 rows · 1 kB · 0:40')
  expect(stageFigures({ ...stage, ms: null }, now, false)).toBe('3 rows · 1 kB · 0:12')
  expect(stageFigures({ ...stage, ms: null, rows: 0, bytes: 0 }, now, true)).toBe('stopped here')
})

describe('an upload under way', () => {
  const sent = { id: 'x', bytes: 12_000_000, total: 40_000_000, resumedAt: 2_000_000, isWaiting: false, startedAt: 0 }

  it('counts its rate from what this try has sent', () => {
    expect(sentWords({ ...sent, at: 2_000 })).toBe('12 MB of 40 MB · 5 MB/s · about 10 s left')
    expect(sentWords({ ...sent, at: 500 })).toBe('12 MB of 40 MB')
    expect(sentWords({ ...sent, bytes: 40_000_000, at: 9_000 })).toBe('40 MB · being checked')
  })
})
