import { describe, expect, it } from 'vitest'

import { recoveryPointWords, restoreTimeWords, summaryWords } from './protection-words.ts'

const states = (...list: Parameters<typeof summaryWords>[0][number]['state'][]) => list.map((state) => ({ state }))

describe('the recovery point in words', () => {
  it('sets the age beside what the schedule wants', () => {
    expect(recoveryPointWords(4 * 3_600 + 1_800, 86_400)).toBe('4 h old, wanted 24 h')
    expect(recoveryPointWords(3 * 86_400, 3_600)).toBe('3 d old, wanted 1 h')
  })

  it('says so when there is no backup, and only the age when none is wanted', () => {
    expect(recoveryPointWords(null, null)).toBe('No good backup')
    expect(recoveryPointWords(null, 86_400)).toBe('No good backup, wanted every 24 h')
    expect(recoveryPointWords(600, null)).toBe('10 min old')
  })
})

it('tells how long a restore takes and what showed it', () => {
  const at = '2026-11-12T12:00:00Z'
  expect(restoreTimeWords({ expectedRestoreMs: 12_300, restoreShown: { by: 'drill', at } })).toBe(
    'A restore takes about 12 s, shown by a drill',
  )
  expect(restoreTimeWords({ expectedRestoreMs: 800, restoreShown: { by: 'restore', at } })).toMatch(
    /, shown by a restore$/,
  )
  expect(restoreTimeWords({ expectedRestoreMs: null, restoreShown: null })).toMatch(/not known/)
})

describe('how bad it is in one line', () => {
  it('names the worst first and leaves out what is well', () => {
    expect(summaryWords(states('unprotected', 'unprotected', 'late', 'protected', 'protected')).words).toBe(
      '2 of 5 workspaces are not protected, 1 is late.',
    )
    expect(summaryWords(states('failing')).words).toBe('Your workspace is failing.')
  })

  it('is good only when every workspace is protected', () => {
    expect(summaryWords(states('protected', 'protected'))).toEqual({
      words: 'All 2 workspaces are protected.',
      isGood: true,
    })
    expect(summaryWords(states('protected')).words).toBe('Your workspace is protected.')
    expect(summaryWords(states('protected', 'paused')).isGood).toBe(false)
    expect(summaryWords([]).isGood).toBe(true)
  })
})
