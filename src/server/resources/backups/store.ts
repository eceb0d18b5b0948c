import type { Insertable, Selectable, Updateable } from 'kysely'

import { ArchiveSummary, type Backup, BackupStage, BackupStatus } from '#api/contract/backups.ts'
import type { CursorQuery } from '#api/contract/paging.ts'

import { type Caller, requireWorkspace } from '../../caller.ts'
import type { Db } from '../../db/connection.ts'
import type { BackupTable } from '../../db/tables.ts'
import { AppError, notFound } from '../../errors.ts'
import { BUILT_IN_TARGET } from '../../storage/open-targets.ts'

export type BackupRow = Selectable<BackupTable>
type NewBackup = Omit<Insertable<BackupTable>, 'stage' | 'status' | 'summary' | 'failure'>

/** A backup as the API answers it. */
export function toBackup(row: BackupRow): Backup {
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
    scheduleName: null,
    targetId: row.target_id,
    targetName: BUILT_IN_TARGET,
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
    drill: row.drill,
    restoredAt: moment(row.restored_at),
    passwordProvenAt: moment(row.password_proven_at),
    previous: null,
    keptAs: null,
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

/** Adds a backup that waits for its job. */
export async function insertBackup(db: Db, backup: NewBackup): Promise<BackupRow> {
  return db
    .insertInto('backup')
    .values({ ...backup, status: 'queued', stage: 'queued' })
    .returningAll()
    .executeTakeFirstOrThrow()
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

/** The name of the stored object; throws 409 while there is none. */
export function storedObject(row: BackupRow): string {
  if (row.object_name !== null && !isUnderWay(row)) return row.object_name
  throw new AppError(
    'conflict',
    isUnderWay(row)
      ? 'The backup is still being made. Wait until it is done.'
      : 'The backup failed: there is no archive of it.',
  )
}

/** Backups that the caller may see, newest first. */
export async function listBackups(
  db: Db,
  caller: Caller,
  query: CursorQuery & { workspaceId?: number | undefined },
): Promise<{ items: Backup[]; nextCursor: string | null }> {
  const rows = await db
    .selectFrom('backup')
    .selectAll()
    .$if(caller.workspaces !== 'all', (select) =>
      select.where('workspace_id', 'in', caller.workspaces === 'all' ? [] : caller.workspaces),
    )
    .$if(query.workspaceId !== undefined, (select) => select.where('workspace_id', '=', query.workspaceId ?? 0))
    .$if(query.cursor !== undefined, (select) => select.where('id', '<', Number(query.cursor) || 0))
    .orderBy('id', 'desc')
    .limit(query.limit + 1)
    .execute()
  const page = rows.slice(0, query.limit)
  return { items: page.map(toBackup), nextCursor: rows.length > page.length ? String(page.at(-1)?.id) : null }
}
