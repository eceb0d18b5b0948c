import { expect, it } from 'vitest'

import { runsLabel, saveWords, summarySentence } from './summary-words.ts'

it('says in one sentence what will happen', () => {
  const input = {
    contents: 'everything',
    encryption: 'set',
    workspaceName: 'Shop',
    targetName: 'Off-site',
    timing: 'every day at 02:00 (Europe/Berlin)',
    paused: false,
  } as const
  expect(summarySentence(input)).toBe(
    'Backs up everything of Shop every day at 02:00 (Europe/Berlin), encrypted, to Off-site.',
  )
  expect(summarySentence({ ...input, contents: 'definition', encryption: 'none' })).toBe(
    'Backs up the definition, without rows, of Shop every day at 02:00 (Europe/Berlin), not encrypted, to Off-site.',
  )
  expect(summarySentence({ ...input, paused: true })).toMatch(/^Once resumed, it backs up everything of Shop every day/)
})

it('heads the runs of a schedule that pauses as what would be', () => {
  expect(runsLabel('UTC', false)).toBe('Next runs, in UTC')
  expect(runsLabel('UTC', true)).toBe('Next runs if it is resumed now, in UTC')
})

it('offers a press only where it changes something', () => {
  const own = { token: null }
  const lent = { token: { id: 3, name: 'nightly', expiresAt: null } }
  expect(saveWords(undefined, false)).toEqual({ words: 'Create schedule', isNeeded: true })
  expect(saveWords(own, false)).toEqual({ words: 'No changes', isNeeded: false })
  expect(saveWords(own, true)).toEqual({ words: 'Save schedule', isNeeded: true })
  expect(saveWords(lent, false)).toEqual({ words: 'Save with your rights', isNeeded: true })
})
