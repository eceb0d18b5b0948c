import { expect, it } from 'vitest'

import { missedMessage } from './messages.ts'

const SCHEDULE = { id: 3, name: 'Each minute', workspace_id: 1, workspace_name: 'Shop', time_zone: 'UTC' }

function heldUpBy(backupId: number, since: string): string | undefined {
  const moments = [new Date('2026-11-21T18:00:00Z')]
  const missed = { kind: 'under_way', backupId, since: new Date(since) } as const
  return missedMessage(SCHEDULE, missed, { moments, next: null }).once
}

it('runs that are held up are told of once for a backup, and once for all backups that began in an hour', () => {
  const first = heldUpBy(1, '2026-11-21T12:00:00Z')
  expect(first).toBeDefined()
  expect(heldUpBy(1, '2026-11-21T12:00:00Z')).toBe(first)
  expect(heldUpBy(2, '2026-11-21T12:59:59Z')).toBe(first)
  expect(heldUpBy(3, '2026-11-21T13:00:00Z')).not.toBe(first)
})
