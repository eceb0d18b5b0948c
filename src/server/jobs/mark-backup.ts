import type { BackupChange, BackupRow } from '../resources/backups/store.ts'
import type { JobDeps } from './run.ts'
import { announce } from './show-backup.ts'
import { tellFailure } from './tell-backup.ts'

const ENDED = { current: null, next_attempt_at: null } satisfies BackupChange

/** Notes that a backup failed for good, and tells whoever wants to know. */
export async function markFailed(
  deps: JobDeps,
  backupId: number,
  failure: { code: string; message: string },
): Promise<void> {
  const row = await mark(deps, backupId, {
    ...ENDED,
    status: 'failed',
    object_name: null,
    failure: JSON.stringify(failure),
    finished_at: deps.now(),
  })
  if (row !== undefined && row.kind !== 'safety') await tellFailure(deps, row, failure)
}

/** Notes that a backup was ended by a person; nothing of it is left. */
export async function markCancelled(deps: JobDeps, backupId: number): Promise<void> {
  const ended = { object_name: null, failure: null, finished_at: deps.now() }
  await mark(deps, backupId, { ...ENDED, ...ended, status: 'cancelled' })
}

/** Notes that a backup waits to be tried again, and what went wrong. */
export async function markWaiting(
  deps: JobDeps,
  backupId: number,
  { failure, at }: { failure: { code: string; message: string } | null; at: Date },
): Promise<void> {
  const waiting = { status: 'queued', stage: 'queued', current: null, next_attempt_at: at }
  await mark(deps, backupId, { ...waiting, failure: failure === null ? null : JSON.stringify(failure) })
}

/** What is done already stays so: its last statement may have gone through although the answer was lost. */
async function mark(deps: JobDeps, backupId: number, change: BackupChange): Promise<BackupRow | undefined> {
  const { db } = deps.connection
  const row = await db
    .updateTable('backup')
    .set(change)
    .where('id', '=', backupId)
    .where('status', 'in', ['queued', 'running'])
    .returningAll()
    .executeTakeFirst()
  await announce(deps, backupId)
  return row
}
