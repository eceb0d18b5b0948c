import type { Insertable, Selectable, Updateable } from 'kysely'

import type { CursorQuery } from '#api/contract/paging.ts'
import { type Restore, RestoreStage, RestoreStatus } from '#api/contract/restores.ts'

import { type Caller, requireWorkspace } from '../../caller.ts'
import type { Db } from '../../db/connection.ts'
import type { RestoreTable } from '../../db/tables.ts'
import { notFound } from '../../errors.ts'

export type RestoreRow = Selectable<RestoreTable>
type NewRestore = Omit<Insertable<RestoreTable>, 'stage' | 'status' | 'failure'>

/** A restore as the API answers it. */
export function toRestore(row: RestoreRow): Restore {
  return {
    id: row.id,
    backupId: row.backup_id,
    workspaceId: row.workspace_id,
    workspaceName: row.workspace_name,
    intoNew: row.into_new,
    status: RestoreStatus.parse(row.status),
    stage: RestoreStage.parse(row.stage),
    current: row.current,
    tablesDone: row.tables_done,
    tablesTotal: row.tables_total,
    rows: row.rows,
    rowsTotal: row.rows_total,
    createdAt: row.created_at.toISOString(),
    startedAt: row.started_at?.toISOString() ?? null,
    finishedAt: row.finished_at?.toISOString() ?? null,
    failure: row.failure,
    tables: row.tables,
    newBranch: row.new_branch,
    safetyBackupId: row.safety_backup_id,
    undoOf: row.undo_of,
    undoneBy: null,
    undoRefusal: null,
    renamedCanonicals: row.renamed,
    stages: row.stages,
    attempt: row.attempt,
    nextAttemptAt: row.next_attempt_at?.toISOString() ?? null,
  }
}

/** Adds a restore that waits for its job. */
export async function insertRestore(db: Db, restore: NewRestore): Promise<RestoreRow> {
  return db
    .insertInto('restore')
    .values({ ...restore, status: 'queued', stage: 'queued' })
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** Writes what changed. */
export async function updateRestore(db: Db, id: number, change: Updateable<RestoreTable>): Promise<RestoreRow> {
  return db.updateTable('restore').set(change).where('id', '=', id).returningAll().executeTakeFirstOrThrow()
}

/** One restore, whoever asks; undefined when it is not there. */
export async function findRestore(db: Db, id: number): Promise<RestoreRow | undefined> {
  return db.selectFrom('restore').selectAll().where('id', '=', id).executeTakeFirst()
}

/** One restore that the caller may see; throws 404, or 403 where it went into a workspace out of reach. */
export async function getRestore(db: Db, caller: Caller, id: number): Promise<RestoreRow> {
  const row = await findRestore(db, id)
  if (row === undefined) throw notFound(`Restore ${id}`)
  if (row.workspace_id !== null) requireWorkspace(caller, row.workspace_id)
  else if (caller.workspaces !== 'all') throw notFound(`Restore ${id}`)
  return row
}

/** Restores under way that read this backup or write this workspace. */
export async function findUnderWay(
  db: Db,
  use: { backupId: number } | { workspaceId: number },
): Promise<RestoreRow | undefined> {
  return db
    .selectFrom('restore')
    .selectAll()
    .where('status', 'in', ['queued', 'running'])
    .where((where) =>
      'backupId' in use ? where('backup_id', '=', use.backupId) : where('workspace_id', '=', use.workspaceId),
    )
    .executeTakeFirst()
}

/** Restores that the caller may see, newest first. */
export async function listRestores(
  db: Db,
  caller: Caller,
  query: CursorQuery,
): Promise<{ items: Restore[]; nextCursor: string | null }> {
  const rows = await db
    .selectFrom('restore')
    .selectAll()
    .$if(caller.workspaces !== 'all', (select) =>
      select.where('workspace_id', 'in', caller.workspaces === 'all' ? [] : caller.workspaces),
    )
    .$if(query.cursor !== undefined, (select) => select.where('id', '<', Number(query.cursor) || 0))
    .orderBy('id', 'desc')
    .limit(query.limit + 1)
    .execute()
  const page = rows.slice(0, query.limit)
  return { items: page.map(toRestore), nextCursor: rows.length > page.length ? String(page.at(-1)?.id) : null }
}
