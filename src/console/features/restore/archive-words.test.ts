import { expect, it } from 'vitest'

import { backupFixture } from '#console/data/backup-fixture.ts'

import { archiveState, goodFirst, newWorkspaceName, unlistedWords, uploadRate, whichBackup } from './archive-words.ts'

it('offers what looks wrong last, and what left nothing not at all', () => {
  const list = (['looks_wrong', 'failed', 'succeeded', 'cancelled', 'running', 'warnings'] as const).map((status, id) =>
    backupFixture({ id, status }),
  )
  expect(goodFirst(list).map(({ status }) => status)).toEqual(['succeeded', 'warnings', 'looks_wrong'])
  expect(unlistedWords(list)).toBe('2 failed or cancelled runs left nothing to restore')
  expect(unlistedWords([])).toBeUndefined()
})

it('calls an archive verified only when it was', () => {
  const good = { status: 'succeeded', verifiedAt: '2026-11-20T02:00:00Z', warnings: [], failure: null } as const
  expect(archiveState({ ...good, warnings: [] })).toMatchObject({ words: 'Verified', tone: 'success' })
  expect(archiveState({ ...good, warnings: [], verifiedAt: null })).toMatchObject({
    words: 'Not verified',
    tone: 'neutral',
  })
  const smaller = { code: 'smaller' as const, message: 'It is 60% smaller than the one before.' }
  expect(archiveState({ ...good, status: 'warnings', warnings: [smaller, smaller] })).toMatchObject({
    tone: 'warning',
    reason: 'It is 60% smaller than the one before. (and 1 more)',
  })
  const wrong = { ...good, status: 'looks_wrong' as const, warnings: [smaller] }
  expect(archiveState(wrong)).toMatchObject({ tone: 'danger', reason: smaller.message })
})

it('tells backups of one workspace apart', () => {
  expect(whichBackup({ id: 12, kind: 'manual', branch: 'v1', scheduleName: null })).toBe('#12 · manual · v1')
  expect(whichBackup({ id: 3, kind: 'scheduled', branch: '', scheduleName: 'Nightly' })).toBe('#3 · Nightly')
})

it('proposes a name that is free', () => {
  expect(newWorkspaceName('Shop', [])).toBe('Shop')
  expect(newWorkspaceName('Shop', ['Shop'])).toBe('Shop copy')
  expect(newWorkspaceName('Shop', ['Shop', 'Shop copy', 'Shop copy 2'])).toBe('Shop copy 3')
  expect(newWorkspaceName('', [])).toBe('Restored')
})

it('tells a rate only of what was really sent', () => {
  expect(uploadRate(9_800_000, 1_000)).toBe('9.8 MB/s')
  expect(uploadRate(9_800_000, 900)).toBeUndefined()
  expect(uploadRate(0, 5_000)).toBeUndefined()
})
