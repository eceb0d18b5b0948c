import { AppError } from '../errors.ts'
import type { BackupRow } from '../resources/backups/store.ts'
import { findBackup } from '../resources/backups/store.ts'
import type { RestoreRow } from '../resources/restores/store.ts'
import { findWithdrawal, type Lender, type Needs, type Withdrawal } from '../resources/schedules/lent-rights.ts'
import type { JobDeps } from './run.ts'

type AllowedDeps = Pick<JobDeps, 'connection' | 'now'>

/**
 * Throws `access_denied` where whoever asked for the job may not do so any more. Asked anew at each attempt: what was
 * accepted may wait for long, and a token may be revoked or a person disabled for what it would do. That a token has
 * expired since is no such thing: it was valid when it asked. `by` is null for what the server does by itself, and absent
 * in jobs that an earlier release accepted.
 */
export async function requireStillAllowed(
  { connection: { db }, now }: AllowedDeps,
  by: Lender | null | undefined,
  needs: Needs,
): Promise<void> {
  if (by === null || by === undefined) return
  const withdrawal = await findWithdrawal(db, by, needs, { now: now(), expires: false })
  if (withdrawal === undefined) return
  throw new AppError(
    'access_denied',
    `Nothing was done. ${inWords(withdrawal)}. Somebody who may do it has to ask for it again.`,
    { payload: { reason: 'rights_withdrawn' } },
  )
}

function inWords({ lender, name, why }: Withdrawal): string {
  if (lender.kind === 'token') return `The access token "${name ?? lender.id}" that asked for it ${why}`
  if (name === null) return `The account that asked for it ${why}`
  return `The account of ${name}, who asked for it, ${why}`
}

/** What the request for a backup asks for. */
export function backupNeeds(row: Pick<BackupRow, 'workspace_id'>): Needs {
  return { scopes: ['instance:workspace:read'], reach: row.workspace_id === null ? [] : [row.workspace_id] }
}

/** What the request for a drill asks for. */
export function drillNeeds(row: Pick<BackupRow, 'workspace_id'>): Needs {
  return { scopes: ['instance:workspace:create'], reach: [row.workspace_id ?? 'all'] }
}

/** What the request for a restore, or for the undo of one, asks for: of where it goes and of the backup it is made of. */
export async function restoreNeeds({ connection: { db } }: AllowedDeps, row: RestoreRow): Promise<Needs> {
  const source = row.backup_id === null ? undefined : await findBackup(db, row.backup_id)
  const ofSource = source === undefined ? [] : [source.workspace_id ?? ('all' as const)]
  const isNew = row.into_new && row.undo_of === null
  const place = isNew ? ['all' as const] : row.workspace_id === null ? [] : [row.workspace_id]
  const more = row.into_new ? ([isNew ? 'instance:workspace:create' : 'instance:workspace:delete'] as const) : []
  return { scopes: ['instance:workspace:update', ...more], reach: [...place, ...ofSource] }
}
