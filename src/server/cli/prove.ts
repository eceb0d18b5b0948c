import { type Backup, getBackup } from '#api/contract/backups.ts'

import { follow } from './follow.ts'
import type { Session } from './session.ts'
import { backupProgress } from './show-backup.ts'
import type { Surroundings } from './surroundings.ts'

/** Waits until the verification of a backup that was asked for has ended. */
export function untilVerified(session: Session, id: number, around: Surroundings): Promise<Backup> {
  return follow<Backup>(session, around, {
    read: () => session.call(getBackup, { params: { id } }),
    isWaiting: ({ verification }) => (verification?.bytes ?? 0) === 0,
    isDone: ({ status, verification }) => !['queued', 'running'].includes(status) && verification?.status !== 'running',
    describe: (backup) => `verifying ${backupProgress(backup)}`,
    cancel: null,
  })
}
