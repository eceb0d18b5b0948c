import { describe, expect, it } from 'vitest'

import type { Backup } from '#api/contract/backups.ts'
import { backupFixture } from '#console/data/backup-fixture.ts'

import {
  confirmName,
  deleteTitle,
  endpointWords,
  expectedWords,
  growthWords,
  hasArchive,
  keepWords,
  kindWords,
  needsPassword,
  rowWords,
  sizeWords,
  troubleWords,
} from './backup-words.ts'
import { restoreState } from './detail/restore-state.ts'
import { verifyOutcome } from './read-outcome.ts'
import { outcomeWords, shieldWords } from './trust-words.ts'

const at = '2026-11-20T12:00:00.000Z'
const proven = { status: 'proven', depth: 'content', at, ms: 12, rows: 15, bytes: 100, failure: null } as const
const shield = (more: Partial<Backup>) => {
  const { words, tone } = shieldWords(backupFixture(more))
  return [words, tone]
}

describe('what is proven', () => {
  it('is green only after the archive was read back whole', () => {
    expect(shield({})).toEqual(['Not verified', 'muted'])
    expect(shield({ verifiedAt: at })).toEqual(['Verified', 'success'])
    expect(shield({ status: 'looks_wrong', verifiedAt: at })).toEqual(['Verified', 'success'])
    expect(shield({ verification: { ...proven, depth: 'bytes' } })).toEqual(['Bytes only', 'muted'])
  })

  it('is red once it was disproven, and says nothing green while it cannot be told', () => {
    const verifiedAt = at
    expect(shield({ status: 'failed', verifiedAt, verification: { ...proven, status: 'disproven' } })).toEqual([
      'Damaged',
      'danger',
    ])
    expect(shield({ verifiedAt, verification: { ...proven, status: 'unreachable' } })[1]).toBe('muted')
    expect(shield({ verifiedAt, verification: { ...proven, status: 'running' } })).toEqual(['Being verified', 'muted'])
    expect(shield({ status: 'failed' })).toEqual(['No archive', 'danger'])
  })

  it('stays what was proven before where only the bytes were looked at since, or nothing was', () => {
    const bytes = { ...proven, depth: 'bytes', content: { at, ms: 1, rows: 15, bytes: 100 } } as const
    expect(shield({ verifiedAt: at, verification: bytes })).toEqual(['Verified', 'success'])
    expect(shieldWords(backupFixture({ verifiedAt: at, verification: bytes })).meaning).toMatch(/without its password/)
    expect(shield({ verifiedAt: at, verification: { ...proven, status: 'cancelled' } })).toEqual([
      'Verified',
      'success',
    ])
    const damaged = { status: 'failed', hasArchive: true, failure: { code: 'bad_archive', message: '' } } as const
    const cancelled = { ...proven, status: 'cancelled' } as const
    expect(shield({ ...damaged, verifiedAt: at, verification: cancelled })).toEqual(['Damaged', 'danger'])
  })

  it('tells what the last try came to: what was read, why nothing was, or that somebody ended it', () => {
    const outcome = (more: Partial<NonNullable<Backup['verification']>>, verifiedAt: string | null = at) =>
      outcomeWords({ verification: { ...proven, ...more }, verifiedAt })
    expect(outcome({})).toBe(', 15 rows and 100 B read back')
    expect(outcome({ depth: 'bytes' })).toBe(', 100 B read back, the same as before')
    expect(outcome({ depth: 'bytes' }, null)).toMatch(/contents stay unproven/)
    expect(outcome({ status: 'cancelled' })).toBe(', cancelled')
    expect(outcome({ status: 'unreachable', failure: { code: 'x', message: 'The target is away.' } })).toBe(
      ': The target is away.',
    )
    expect(outcomeWords({ verification: null, verifiedAt: null })).toBe('')
  })

  it('does not call checked bytes proven contents', () => {
    expect(verifyOutcome({ verification: proven, verifiedAt: at })).toEqual({
      tone: 'success',
      words: 'The archive is whole: 15 rows read back',
    })
    const bytes = { ...proven, depth: 'bytes' } as const
    expect(verifyOutcome({ verification: bytes, verifiedAt: null })).toMatchObject({
      tone: 'info',
      words: expect.stringMatching(/stay unproven/),
    })
    expect(verifyOutcome({ verification: bytes, verifiedAt: at })?.words).toMatch(/proven before/)
    expect(verifyOutcome({ verification: { ...proven, status: 'disproven' }, verifiedAt: at })?.tone).toBe('danger')
    expect(verifyOutcome({ verification: { ...proven, status: 'cancelled' }, verifiedAt: at })).toBeUndefined()
  })
})

describe('a backup in words', () => {
  it('has the name of its schedule, and says where it holds no rows', () => {
    expect(kindWords(backupFixture({ kind: 'scheduled', scheduleName: 'Nightly' }))).toBe('Nightly')
    expect(kindWords(backupFixture({ definitionOnly: true }))).toBe('Manual, definition only')
  })

  it('counts rows only where they are known', () => {
    expect(rowWords(backupFixture())).toBe('12,430')
    expect(rowWords(backupFixture({ definitionOnly: true }))).toBe('none')
    expect(rowWords(backupFixture({ kind: 'uploaded', summary: null }))).toBe('unknown')
  })

  it('compares its size with the run before it, unless it left nothing', () => {
    const previous = { bytes: 200_000_000, rows: 1, ms: 1 }
    expect(growthWords(backupFixture({ previous }))).toBe('+7%')
    expect(growthWords(backupFixture({ previous: { ...previous, bytes: 214_000_001 } }))).toBeUndefined()
    expect(growthWords(backupFixture({ previous, status: 'failed' }))).toBeUndefined()
    expect(growthWords(backupFixture())).toBeUndefined()
  })

  it('tells its size with what is known beside it, and no more', () => {
    expect(sizeWords(backupFixture({ bytes: 214_000_000, summary: null }))).toBe('214 MB (214,000,000 bytes)')
    const previous = { bytes: 200_000_000, rows: 1, ms: 1 }
    expect(sizeWords(backupFixture({ bytes: 214_000_000, previous, summary: null }))).toBe(
      '214 MB (214,000,000 bytes), +7% against the one before',
    )
  })

  it('says in one line what speaks against it', () => {
    const warnings: Backup['warnings'] = [
      { code: 'smaller', message: 'It holds 3 rows.' },
      { code: 'empty_table', message: 'orders is empty.' },
    ]
    expect(troubleWords(backupFixture({ status: 'looks_wrong', warnings }))).toBe('It holds 3 rows. (and 1 more)')
    expect(troubleWords(backupFixture({ status: 'failed', failure: { code: 'x', message: 'No room.' } }))).toBe(
      'No room.',
    )
    expect(troubleWords(backupFixture())).toBeUndefined()
  })

  it('says how long it stays and why', () => {
    expect(keepWords(backupFixture())).toBe('until deleted')
    expect(keepWords(backupFixture({ keptAs: ['daily', 'weekly'] }))).toBe('stays: daily, weekly')
    expect(keepWords(backupFixture({ keptAs: ['last', 'last_good'] }))).toBe('stays: newest')
    expect(keepWords(backupFixture({ keptAs: ['last_good'] }))).toBe('stays: last good one')
    expect(keepWords(backupFixture({ keptAs: [] }))).toBe('goes at the next run')
    expect(keepWords(backupFixture({ keptAs: [], pinned: true }))).toBe('pinned')
    expect(keepWords(backupFixture({ kind: 'safety' }))).toBe('stays for the undo')
  })

  it('asks for a name even where the archive tells none', () => {
    expect(confirmName({ id: 4, workspaceName: 'Shop ' })).toBe('Shop')
    expect(confirmName({ id: 4, workspaceName: '' })).toBe('backup 4')
    expect(deleteTitle({ id: 4, workspaceName: 'Shop ' })).toBe('Delete backup #4 of Shop')
    expect(deleteTitle({ id: 4, workspaceName: '' })).toBe('Delete backup #4')
  })

  it('asks for a password only where nobody else knows it', () => {
    expect(needsPassword({ encrypted: true, knowsPassword: false })).toBe(true)
    expect(needsPassword({ encrypted: true, knowsPassword: true })).toBe(false)
    expect(needsPassword({ encrypted: false, knowsPassword: false })).toBe(false)
  })

  it('lets a damaged archive be downloaded, and nothing of a run that left none', () => {
    expect(hasArchive({ status: 'failed', hasArchive: true })).toBe(true)
    expect(hasArchive({ status: 'failed', hasArchive: false })).toBe(false)
    expect(hasArchive({ status: 'warnings', hasArchive: undefined })).toBe(true)
  })

  it('expects the time of the newest whole run of the same contents', () => {
    const startedAt = at
    const runs = [
      backupFixture({ id: 1, startedAt, finishedAt: '2026-11-20T12:01:00.000Z' }),
      backupFixture({ id: 2, startedAt, finishedAt: '2026-11-20T12:03:40.000Z' }),
      backupFixture({ id: 3, startedAt, finishedAt: at, status: 'failed' }),
      backupFixture({ id: 4, startedAt, finishedAt: '2026-11-20T12:00:02.000Z', definitionOnly: true }),
    ]
    expect(expectedWords(runs, false)).toBe('The last run took 3 min 40 s.')
    expect(expectedWords(runs, true)).toBe('The last run took 2 s.')
    expect(expectedWords([], false)).toBeUndefined()
  })
})

it('never says that endpoints were called when they were not, and says why', () => {
  expect(endpointWords({ found: 0, called: 0, failed: [] })).toContain('None that could be called')
  expect(endpointWords({ found: 3, called: 0, failed: [] })).toBe(
    '3 endpoints found, none called. This release does not run endpoints.',
  )
  expect(endpointWords({ found: 3, called: 0, failed: [], reason: 'They need a key.' })).toBe(
    '3 endpoints found, none called. They need a key.',
  )
  expect(endpointWords({ found: 3, called: 3, failed: [] })).toBe('3 endpoints found, 3 called, all answered.')
  expect(endpointWords({ found: 3, called: 2, failed: [{ path: '/a', message: 'no' }], reason: 'One is slow.' })).toBe(
    '3 endpoints found, 2 called, 1 failed. One is slow.',
  )
})

it('offers an undo only where there is one', () => {
  const done = { status: 'succeeded', undoneBy: null, undoRefusal: null, undoOf: null } as const
  expect(restoreState(done)).toEqual({ words: 'Restored', tone: 'success', canUndo: true })
  expect(restoreState({ ...done, undoRefusal: 'The safety backup is gone.' }).canUndo).toBe(false)
  expect(restoreState({ ...done, undoneBy: 9 })).toMatchObject({ words: 'Undone', canUndo: false })
  expect(restoreState({ ...done, status: 'failed' }).canUndo).toBe(false)
})
