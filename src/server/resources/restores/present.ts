import { type Restore, RestoreStage, RestoreStatus } from '#api/contract/restores.ts'

import type { Db } from '../../db/connection.ts'
import { NO_OUTCOME, type Outcome, readOutcomes } from './memory.ts'
import { isUnderWay, type RestoreRow } from './store.ts'
import { undoState, type UndoState } from './undo-state.ts'

/** What a restore under way is answered with: it cannot be undone yet. */
const NOT_DONE: UndoState = { undoneBy: null, refusal: 'It is not done yet.' }

/** A restore as the API answers it. */
export function toRestore(row: RestoreRow, undo: UndoState = NOT_DONE, outcome: Outcome = NO_OUTCOME): Restore {
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
    tables: row.tables?.length === 0 ? null : row.tables,
    scope: row.scope,
    newBranch: row.new_branch,
    safetyBackupId: row.safety_backup_id,
    undoOf: row.undo_of,
    undoneBy: undo.undoneBy,
    undoRefusal: undo.refusal,
    renamedCanonicals: row.renamed,
    merged: outcome.merged,
    renamedFiles: outcome.renamedFiles,
    cancelling: row.is_cancelled && isUnderWay(row),
    stages: row.stages,
    attempt: row.attempt,
    nextAttemptAt: row.next_attempt_at?.toISOString() ?? null,
  }
}

/** Restores as lists answer them, each with whether it can be undone and what it did: a few queries for all of them. */
export async function presentRestores(db: Db, rows: readonly RestoreRow[]): Promise<Restore[]> {
  const ended = rows.filter((row) => !isUnderWay(row))
  const states = await undoStates(db, ended)
  const outcomes = await readOutcomes(
    db,
    ended.map(({ id }) => id),
  )
  return rows.map((row) => {
    const { merged, renamedFiles } = outcomes.get(row.id) ?? NO_OUTCOME
    return toRestore(row, states.get(row.id), { merged, renamedFiles: { ...renamedFiles, files: [] } })
  })
}

/** One restore as the API answers it, with all that is known of it. */
export async function presentRestore(db: Db, row: RestoreRow): Promise<Restore> {
  if (isUnderWay(row)) return toRestore(row)
  const states = await undoStates(db, [row])
  const outcomes = await readOutcomes(db, [row.id])
  return toRestore(row, states.get(row.id), outcomes.get(row.id))
}

/** Whether each of these restores can be undone. */
export async function undoStates(db: Db, rows: readonly RestoreRow[]): Promise<Map<number, UndoState>> {
  if (rows.length === 0) return new Map()
  const workspaces = [...new Set(rows.flatMap(({ workspace_id: id }) => id ?? []))]
  const ids = rows.map(({ id }) => id)
  const related = await db
    .selectFrom('restore')
    .select(['id', 'workspace_id', 'into_new', 'new_branch', 'status', 'scope', 'safety_backup_id', 'undo_of'])
    .where('status', 'in', ['queued', 'running', 'succeeded'])
    .where((where) =>
      where.or([
        where('undo_of', 'in', ids),
        ...(workspaces.length === 0 ? [] : [where('workspace_id', 'in', workspaces)]),
      ]),
    )
    .orderBy('id')
    .execute()
  const safeties = rows.flatMap(({ safety_backup_id: id }) => id ?? [])
  const backups =
    safeties.length === 0
      ? []
      : await db.selectFrom('backup').select(['id', 'status']).where('id', 'in', safeties).execute()
  const statusOf = new Map(backups.map(({ id, status }) => [id, status]))
  return new Map(
    rows.map((restore) => {
      const safetyStatus = statusOf.get(restore.safety_backup_id ?? 0) ?? null
      return [restore.id, undoState({ restore, related, safetyStatus })]
    }),
  )
}
