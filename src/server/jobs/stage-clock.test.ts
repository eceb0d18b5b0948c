import { expect, it } from 'vitest'

import { StageClock } from './stage-clock.ts'

it('each stage has its own time and its own share of the work, also while it lasts', () => {
  let at = Date.parse('2026-01-01T00:00:00Z')
  const clock = new StageClock(() => new Date(at))
  clock.enter('definitions', { rows: 0, bytes: 0 })
  at += 100
  clock.enter('rows', { rows: 0, bytes: 50 })
  clock.enter('rows', { rows: 4, bytes: 60 })
  clock.note({ rows: 10, bytes: 80 })
  expect(clock.stages.at(-1)).toMatchObject({ stage: 'rows', ms: null, rows: 10, bytes: 30 })
  at += 900
  clock.enter('verifying', { rows: 20, bytes: 100 })
  clock.end({ rows: 40, bytes: 200 })
  clock.note({ rows: 99, bytes: 999 })
  expect(clock.stages.map(({ stage, ms, rows, bytes }) => [stage, ms, rows, bytes])).toEqual([
    ['definitions', 100, 0, 50],
    ['rows', 900, 20, 50],
    ['verifying', 0, 20, 100],
  ])
})
