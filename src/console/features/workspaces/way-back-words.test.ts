import { expect, it } from 'vitest'

import { wayBackWords } from './way-back-words.ts'

const now = new Date('2026-11-21T12:00:00Z')

it('names the newest good backup, its age and how much is in it', () => {
  const lastGood = {
    id: 4,
    at: '2026-11-21T08:00:00Z',
    bytes: 1,
    rows: 12_430,
    verifiedAt: null,
    targetName: 'This server',
  }
  expect(wayBackWords({ lastGood }, now)).toMatch(
    /^The newest good backup is of 21 Nov 2026, .* \(4 h ago\) with 12,430 rows\. Backups stay/,
  )
})

it('says that nothing brings it back where there is no good backup', () => {
  expect(wayBackWords({ lastGood: null }, now)).toBe(
    'There is no good backup of it with rows: what is in it cannot be brought back.',
  )
})
