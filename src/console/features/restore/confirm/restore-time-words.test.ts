import { expect, it } from 'vitest'

import type { Backup } from '#api/contract/backups.ts'

import { restoreTimeWords } from './restore-time-words.ts'

const at = '2026-11-20T12:00:00.000Z'
type Drilled = NonNullable<Backup['drill']>
const drill: Drilled = {
  status: 'succeeded',
  at,
  ms: 12_000,
  tables: [],
  rows: 0,
  endpoints: { found: 0, called: 0, failed: [], reason: null },
  failure: null,
}

it('names the drill only where the time is that of the drill', () => {
  expect(restoreTimeWords(12_000, { drill })).toBe('About 12 s, as the drill of this backup took.')
  const failed: Drilled = { ...drill, status: 'failed', ms: null, last: { at, ms: 12_000, tables: [], rows: 0 } }
  expect(restoreTimeWords(12_000, { drill: failed })).toBe('About 12 s, as the drill of this backup took.')
})

it('says of another time what it may be', () => {
  const words = 'About 4 s, as the last drill or restore of this workspace took.'
  expect(restoreTimeWords(4_000, { drill: null })).toBe(words)
  expect(restoreTimeWords(4_000, { drill })).toBe(words)
  expect(restoreTimeWords(4_000, undefined)).toBe(words)
})
