import { AppError } from '../errors.ts'
import type { BackupRow } from '../resources/backups/store.ts'
import { findBackup } from '../resources/backups/store.ts'
import type { RestoreRow } from '../resources/restores/store.ts'
import { findWithdrawal, type Lender, type Needs, type Withdrawal } from '../resources/schedules/lent-rights.ts'
import { abortWhen } from './abort-when.ts'
import type { JobDeps } from './run.ts'

type AllowedDeps = Pick<JobDeps, 'connection' | 'now'>

/** How soon a running job sees that whoever asked for it may not do so any more. */
const LOOK_MS = 1_000

/** What is done for somebody. */
export interface AskedFor {
  /** Who asked for it; null for what the server does by itself, absent in jobs that an earlier release accepted. */
  by: Lender | null | undefined
  needs: Needs
  /** What is told of it where it is ended in the middle: a sentence without its full stop. */
  stopped: string
}

/**
 * Runs `work` while whoever asked for it may do so. Where they may not any more, its signal is aborted and `access_denied`
 * is thrown, which no further attempt helps; where they may not when it begins, it does not begin. What was accepted may
 * wait and run for long, and a token may be revoked or a person disabled for what it does. That a token has expired since
 * is no such thing: it was valid when it asked.
 */
export async function whileAllowed<Result>(
  { connection: { db }, now }: AllowedDeps,
  { by, needs, stopped }: AskedFor,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  if (by === null || by === undefined) return work(signal)
  let sofar = 'Nothing was done'
  const look = async (): Promise<AppError | undefined> => {
    const withdrawal = await findWithdrawal(db, by, needs, { now: now(), expires: false })
    return withdrawal === undefined ? undefined : withdrawn(sofar, withdrawal)
  }
  return abortWhen(signal, { everyMs: LOOK_MS, look }, (either) => {
    sofar = stopped
    return work(either)
  })
}

function withdrawn(sofar: string, withdrawal: Withdrawal): AppError {
  return new AppError(
    'access_denied',
    `${sofar}. ${inWords(withdrawal)}. Somebody who may do it has to ask for it again.`,
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

/** What the request for a verification asks for; of an archive that is just arriving, the request that brings it in. */
export function verifyNeeds(row: Pick<BackupRow, 'workspace_id'>, isArriving: boolean): Needs {
  return {
    scopes: [isArriving ? 'instance:workspace:create' : 'instance:workspace:read'],
    reach: [row.workspace_id ?? 'all'],
  }
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
