import { describe, expect, it } from 'vitest'

import { recoveryPointWords, restoreTimeWords, summaryWords } from './protection-words.ts'

const states = (...list: Parameters<typeof summaryWords>[0][number]['state'][]) => list.map((state) => ({ state }))

describe('the recovery point in words', () => {
  it('sets the age beside what the schedule wants', () => {
    expect(recoveryPointWords(4 * 3_600 + 1_800, 86_400)).toBe('4 h old, wanted 24 h')
    expect(recoveryPointWords(3 * 86_400, 3_600)).toBe('3 d old, wanted 1 h')
  })

  it('says so when there is no backup, and when nothing takes the next one', () => {
    expect(recoveryPointWords(null, null)).toBe('No good backup')
    expect(recoveryPointWords(null, 86_400)).toBe('No good backup, wanted every 24 h')
    expect(recoveryPointWords(600, null)).toBe('10 min old, nothing takes the next one')
  })
})

it('tells how long a restore takes and what showed it', () => {
  expect(restoreTimeWords({ expectedRestoreMs: 12_300, lastDrillAt: '2026-11-12T12:00:00Z' })).toBe(
    'A restore takes about 12 s, shown by a drill',
  )
  expect(restoreTimeWords({ expectedRestoreMs: 800, lastDrillAt: null })).toMatch(/shown by the last restore$/)
  expect(restoreTimeWords({ expectedRestoreMs: null, lastDrillAt: null })).toMatch(/not known/)
})

describe('how bad it is in one line', () => {
  it('names the worst first and leaves out what is well', () => {
    expect(summaryWords(states('unprotected', 'unprotected', 'late', 'protected', 'protected')).words).toBe(
      '2 of 5 workspaces are not protected, 1 is late.',
    )
    expect(summaryWords(states('failing')).words).toBe('1 of 1 workspace is failing.')
  })

  it('is good only when every workspace is protected', () => {
    expect(summaryWords(states('protected', 'protected'))).toEqual({
      words: 'All 2 workspaces are protected.',
      isGood: true,
    })
    expect(summaryWords(states('protected', 'paused')).isGood).toBe(false)
    expect(summaryWords([]).isGood).toBe(true)
  })
})
