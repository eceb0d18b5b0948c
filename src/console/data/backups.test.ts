import { expect, it } from 'vitest'

import { listBackups } from '#api/contract/backups.ts'

import { runQuery } from './backups.ts'

it('the server is asked for the runs that fit, a page at a time', () => {
  expect(runQuery({ workspaceId: 1 })).toEqual({ workspaceId: 1, limit: 100 })
  const query = runQuery({
    scheduleId: 3,
    kind: 'scheduled',
    states: ['warnings', 'looks_wrong'],
    day: '2026-12-31',
    before: '40',
  })
  expect(query).toEqual({
    scheduleId: 3,
    kind: 'scheduled',
    status: 'warnings,looks_wrong',
    from: '2026-12-31',
    to: '2027-01-01T00:00:00.000Z',
    cursor: '40',
    limit: 100,
  })
  expect(listBackups.query.parse(query).status).toEqual(['warnings', 'looks_wrong'])
})
