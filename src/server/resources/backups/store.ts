import type { Insertable, Selectable, Updateable } from 'kysely'

import { ArchiveSummary, type Backup, BackupStage, BackupStatus, Drill } from '#api/contract/backups.ts'

import { archiveFileName } from '../../archive/file-name.ts'
import { type Caller, requireWorkspace } from '../../caller.ts'
import type { Db } from '../../db/connection.ts'
import type { BackupTable } from '../../db/tables.ts'
import { AppError, notFound } from '../../errors.ts'
import { BUILT_IN_TARGET } from '../../storage/open-targets.ts'
import { asDatabaseError } from '../../tables/database-error.ts'

export type BackupRow = Selectable<BackupTable>
/** Columns of a backup that are written anew. */
export type BackupChange = Updateable<BackupTable>
type NewBackup = Omit<Insertable<BackupTable>, 'stage' | 'status' | 'summary' | 'failure'>

/** What a backup's own row does not say. */
export type BackupFacts = Pick<Backup, 'scheduleName' | 'targetName' | 'previous' | 'keptAs'>

/** Of a backup without a schedule, in the folder of the instance, that is the first of its kind. */
export const NO_FACTS: BackupFacts = { scheduleName: null, targetName: BUILT_IN_TARGET, previous: null, keptAs: null }

/** A backup as the API answers it. */
export function toBackup(row: BackupRow, facts: BackupFacts = NO_FACTS): Backup {
  return {
    id: row.id,
    workspaceId: row.workspace_id,
    workspaceName: row.workspace_name,
    branch: row.branch,
    kind: row.kind,
    definitionOnly: row.definition_only,
    encrypted: row.encrypted,
    status: BackupStatus.parse(row.status),
    stage: BackupStage.parse(row.stage),
    current: row.current,
    tablesDone: row.tables_done,
    tablesTotal: row.tables_total,
    rows: row.rows,
    bytes: row.bytes,
    createdAt: row.created_at.toISOString(),
    startedAt: moment(row.started_at),
    finishedAt: moment(row.finished_at),
    verifiedAt: moment(row.verified_at),
    summary: summaryIn(row),
    failure: row.failure,
    scheduleId: row.schedule_id,
    targetId: row.target_id,
    includesFiles: row.includes_files,
    knowsPassword: row.sealed_password !== null,
    pinned: row.is_pinned,
    note: row.note,
    sha256: row.sha256,
    stages: row.stages,
    warnings: row.warnings,
    attempt: row.attempt,
    nextAttemptAt: moment(row.next_attempt_at),
    verification: row.verification,
    drill: Drill.nullable().parse(row.drill),
    restoredAt: moment(row.restored_at),
    passwordProvenAt: moment(row.password_proven_at),
    fileName: archiveFileName(row.workspace_name, row.created_at),
    hasArchive: row.object_name !== null && !isUnderWay(row),
    ...facts,
  }
}

/** What is known of its contents; a summary that an earlier release wrote says less, and is filled up. */
export function summaryIn({ summary }: Pick<BackupRow, 'summary'>): ArchiveSummary | null {
  return ArchiveSummary.nullable().parse(summary)
}

function moment(at: Date | null): string | null {
  return at?.toISOString() ?? null
}

/** True while a job works on it or is going to. */
export function isUnderWay(row: { status: string }): boolean {
  return row.status === 'queued' || row.status === 'running'
}

/** Adds a backup that waits for its job. Throws 409 where its target was deleted meanwhile, 404 for its workspace. */
export async function insertBackup(db: Db, backup: NewBackup): Promise<BackupRow> {
  return db
    .insertInto('backup')
    .values({ ...backup, status: 'queued', stage: 'queued' })
    .returningAll()
    .executeTakeFirstOrThrow()
    .catch(refuseGone)
}

const FOREIGN_KEY_VIOLATION = '23503'

function refuseGone(error: unknown): never {
  const failure = asDatabaseError(error)
  if (failure?.code !== FOREIGN_KEY_VIOLATION) throw error
  if (failure.constraint?.includes('workspace') === true) throw notFound('The workspace')
  if (failure.constraint?.includes('target') !== true) throw error
  throw new AppError('conflict', 'The target of the backup was deleted meanwhile. Choose another one.', {
    cause: error,
  })
}

/** Writes what changed. */
export async function updateBackup(db: Db, id: number, change: Updateable<BackupTable>): Promise<BackupRow> {
  return db.updateTable('backup').set(change).where('id', '=', id).returningAll().executeTakeFirstOrThrow()
}

/** One backup, whoever asks; undefined when it is not there. */
export async function findBackup(db: Db, id: number): Promise<BackupRow | undefined> {
  return db.selectFrom('backup').selectAll().where('id', '=', id).executeTakeFirst()
}

/** One backup that the caller may see; throws 404, or 403 where it is of a workspace out of reach. */
export async function getBackup(db: Db, caller: Caller, id: number): Promise<BackupRow> {
  const row = await findBackup(db, id)
  if (row === undefined) throw notFound(`Backup ${id}`)
  if (row.workspace_id !== null) requireWorkspace(caller, row.workspace_id)
  else if (caller.workspaces !== 'all') throw notFound(`Backup ${id}`)
  return row
}

/** The name of the stored object, for whoever relies on it; throws 409 while there is none, or where it is damaged. */
export function storedObject(row: BackupRow): string {
  const name = salvageableObject(row)
  if (row.status !== 'failed') return name
  throw new AppError(
    'conflict',
    'This backup was found damaged, so nothing is restored from it. Use another one; what is left of this one can be downloaded.',
  )
}

/** The name of the stored object, also of one that was found damaged; throws 409 while there is none. */
export function salvageableObject(row: BackupRow): string {
  if (row.object_name !== null && !isUnderWay(row)) return row.object_name
  throw new AppError('conflict', NO_ARCHIVE[row.status] ?? 'The backup failed: there is no archive of it.')
}

const UNDER_WAY = 'The backup is still being made. Wait until it is done.'
const NO_ARCHIVE: Record<string, string> = {
  queued: UNDER_WAY,
  running: UNDER_WAY,
  cancelled: 'The backup was cancelled: there is no archive of it.',
}

/**
 * Name of the object of a backup that is made here. One name for all attempts: a later one writes over an earlier. Its
 * moment is in it because a second instance on the same bucket or folder counts its backups from 1 too.
 */
export function objectName({ id, created_at: at }: Pick<BackupRow, 'id' | 'created_at'>): string {
  return `backup-${id}-${at.getTime().toString(36)}.xano`
}
