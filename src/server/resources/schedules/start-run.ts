import type { Selectable } from 'kysely'

import type { Db } from '../../db/connection.ts'
import type { ScheduleTable } from '../../db/tables.ts'
import { readBranch } from '../../db/workspace.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import type { JobQueue } from '../../jobs/queue.ts'
import { type BackupRow, insertBackup, updateBackup } from '../backups/store.ts'
import type { Lender } from './lent-rights.ts'
import type { ScheduleRow } from './store.ts'

type StartDeps = Pick<Deps, 'now'> & { jobs: Pick<JobQueue, 'enqueue'> }
type Scheduled = Selectable<ScheduleTable> & Pick<ScheduleRow, 'workspace_name'>

/** Why and by whom a run of a schedule is started. */
export interface Start {
  /** The moment that the schedule meant; null = somebody asked for it. */
  scheduledFor: Date | null
  /** Who is shown beside it. */
  createdBy: string
  /** With whose rights it is made. */
  by: Lender | null
}

/** Puts a backup of the schedule in the queue. Call it in a transaction. Throws `not_found` for a branch that is gone. */
export async function startRun(
  trx: Db,
  { jobs, now }: StartDeps,
  schedule: Scheduled,
  start: Start,
): Promise<BackupRow> {
  const branch = await readBranch(trx, schedule.workspace_id, schedule.branch)
  const row = await insertRun(trx, schedule, { ...start, branch: branch.label }, now())
  await jobs.enqueue('backup', { backupId: row.id, sealedPassword: schedule.sealed_password, by: start.by }, trx)
  return row
}

/** Lists a run that could not even begin, with the reason. Call it in a transaction. */
export async function listFailedRun(
  trx: Db,
  { now }: Pick<StartDeps, 'now'>,
  schedule: Scheduled,
  { failure, ...start }: Start & { failure: { code: string; message: string } },
): Promise<BackupRow> {
  const row = await insertRun(trx, schedule, { ...start, branch: schedule.branch }, now())
  const ended = { status: 'failed', finished_at: now(), failure: JSON.stringify(failure) }
  return updateBackup(trx, row.id, ended)
}

async function insertRun(
  trx: Db,
  schedule: Scheduled,
  { scheduledFor, createdBy, branch }: Start & { branch: string },
  now: Date,
): Promise<BackupRow> {
  await trx.updateTable('schedule').set({ last_run_at: now }).where('id', '=', schedule.id).execute()
  return insertBackup(trx, {
    workspace_id: schedule.workspace_id,
    workspace_name: schedule.workspace_name,
    branch,
    kind: 'scheduled',
    definition_only: schedule.definition_only,
    encrypted: schedule.sealed_password !== null,
    created_by: createdBy,
    created_at: now,
    schedule_id: schedule.id,
    scheduled_for: scheduledFor,
    target_id: schedule.target_id,
    includes_files: schedule.includes_files,
    sealed_password: schedule.sealed_password,
  })
}

/** The run of a schedule that has not ended yet, if there is one. */
export function findRunUnderWay(db: Db, scheduleId: number): Promise<{ id: number; created_at: Date } | undefined> {
  return db
    .selectFrom('backup')
    .select(['id', 'created_at'])
    .where('schedule_id', '=', scheduleId)
    .where('status', 'in', ['queued', 'running'])
    .executeTakeFirst()
}

/** Throws 409 while a run has not ended. */
export async function requireNoneUnderWay(db: Db, scheduleId: number): Promise<void> {
  const running = await findRunUnderWay(db, scheduleId)
  if (running === undefined) return
  throw new AppError('conflict', `Backup ${running.id} of this schedule has not ended yet. Wait until it is done.`)
}
