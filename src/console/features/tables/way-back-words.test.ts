import { expect, it } from 'vitest'

import { wayBackWords } from './way-back-words.ts'

const now = new Date('2026-11-21T12:00:00Z')
const lastGood = { id: 4, at: '2026-11-21T08:00:00Z', bytes: 1, rows: 12, verifiedAt: null, targetName: 'This server' }

it('names the newest good backup and its age', () => {
  const { words, isLost } = wayBackWords({ created_at: '2026-11-01 08:00:00+0000' }, { lastGood }, now)
  expect(words).toMatch(/^The newest good backup is of 21 Nov 2026, .* \(4 h ago\)\./)
  expect(isLost).toBe(false)
})

it('says that a backup from before the table was made brings nothing of it back', () => {
  const { words, isLost } = wayBackWords({ created_at: '2026-11-21 09:00:00+0000' }, { lastGood }, now)
  expect(words).toMatch(/ is older than this table: nothing brings it back\.$/)
  expect(isLost).toBe(true)
})

it('says that there is no good backup', () => {
  expect(wayBackWords({}, { lastGood: null }, now)).toMatchObject({ isLost: true })
})
