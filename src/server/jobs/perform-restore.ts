import { chooseParts } from '../archive/choose-parts.ts'
import { narrowArchive } from '../archive/choose-tables.ts'
import { NOTHING_TOUCHED, type PartChoice, type TableChoice, type Touched } from '../archive/import-request.ts'
import { importSchema } from '../archive/import-schema.ts'
import { importArchive, type ImportTarget } from '../archive/import.ts'
import type { CanonicalChoice } from '../archive/replace-api-groups.ts'
import { AppError } from '../errors.ts'
import { explainDamage, requireUndamaged } from '../resources/backups/explain-damage.ts'
import { type BackupRow, findBackup } from '../resources/backups/store.ts'
import { type Memory, readMemory, saveMemory, saveOutcome } from '../resources/restores/memory.ts'
import { findRestore, type RestoreRow } from '../resources/restores/store.ts'
import { FILES_TOLD } from '../resources/restores/taken-files.ts'
import { finishRestore } from './finish-restore.ts'
import { openArchive, type OpenArchive } from './open-archive.ts'
import type { RestoreAttempt } from './restore-attempt.ts'
import type { JobDeps } from './run.ts'
import { takeSafetyBackup } from './safety-backup.ts'
import { undoBranch, undoWorkspace } from './undo-made.ts'

/** Does what the row asks for, and marks it as done in the same transaction. When it throws, nothing was changed. */
export async function performRestore(deps: JobDeps, row: RestoreRow, attempt: RestoreAttempt): Promise<void> {
  const undone = row.undo_of === null ? undefined : await findRestore(deps.connection.db, row.undo_of)
  if (row.undo_of !== null && row.into_new) return undoWorkspace(deps, row, attempt)
  if (undone !== undefined && row.new_branch !== null) return undoBranch(deps, row, undone, attempt)
  attempt.signal.throwIfAborted()
  attempt.figures.checking()
  const backup = await findOwn(deps, row)
  const { password, signal } = attempt
  return explainDamage(deps, { row: backup, password, signal }, async () => {
    const onRows = (rows: number): void => attempt.figures.checking(rows)
    const opened = await openArchive(deps, backup, { password, signal, onRows })
    return row.new_branch === null
      ? bringIn(deps, row, opened, attempt)
      : bringInBranch(deps, row, opened, row.new_branch, attempt)
  })
}

async function findOwn({ connection: { db } }: JobDeps, { backup_id: id }: RestoreRow): Promise<BackupRow> {
  const backup = id === null ? undefined : await findBackup(db, id)
  if (backup === undefined) throw new AppError('not_found', 'The backup was deleted before the restore began.')
  requireUndamaged(backup)
  return backup
}

/** Into a workspace: one that is made, or one that is there, whose state is saved first. */
async function bringIn(
  deps: JobDeps,
  row: RestoreRow,
  { archive, source, sha256, password }: OpenArchive,
  attempt: RestoreAttempt,
): Promise<void> {
  const { signal, figures } = attempt
  const target = targetOf(row)
  const { scope } = row
  if ('workspaceId' in target) {
    figures.safety()
    await takeSafetyBackup(deps, row, {
      workspaceId: target.workspaceId,
      branch: '',
      // What a restore does not touch needs not be brought back.
      definitionOnly: scope !== null && scope.tables === undefined && scope.files === undefined,
      includesFiles: scope === null ? archive.manifest.includesFiles : scope.files !== undefined,
      password,
      signal,
      onChange: (change) => figures.safety(change),
    })
  }
  const memory = row.undo_of === null ? undefined : await readMemory(deps.connection.db, row.undo_of)
  await importArchive(deps.connection, archive, {
    source,
    sha256,
    password,
    target,
    files: deps.files,
    tables: tablesOf(row),
    parts: partsOf(row, memory),
    canonicals: canonicalsOf(row),
    remembered: memory?.gone,
    now: deps.now(),
    signal,
    onProgress: (step) => figures.imported(step),
    async beforeCommit(db, workspaceId, { renamed, gone, touched, merged, renamedFiles }) {
      await saveMemory(db, row.id, { gone, touched })
      const told = { count: renamedFiles.length, files: renamedFiles.slice(0, FILES_TOLD) }
      await saveOutcome(db, row.id, { merged, renamedFiles: told })
      await finishRestore(deps, db, row, attempt, { workspace_id: workspaceId, renamed: JSON.stringify(renamed) })
    },
  })
}

/** Into a new branch, which nobody uses yet: there is nothing to save. */
async function bringInBranch(
  deps: JobDeps,
  row: RestoreRow,
  { archive: whole }: OpenArchive,
  label: string,
  attempt: RestoreAttempt,
): Promise<void> {
  const workspaceId = workspaceOf(row)
  const parts = partsOf(row)
  const archive = parts === undefined ? whole : narrowArchive(whole, [], chooseParts(whole, parts))
  const { tables } = archive.manifest.counts
  const progress = { current: null, tablesDone: 0, tablesTotal: tables, rows: 0, rowsTotal: 0 }
  attempt.figures.imported({ stage: 'definitions', ...progress })
  await importSchema(deps.connection, archive, {
    workspaceId,
    label,
    setLive: false,
    canonicals: canonicalsOf(row),
    now: deps.now(),
    async beforeCommit(trx, { branchId, addedTables, renamed }) {
      await saveMemory(trx, row.id, { branchId, addedTables })
      await finishRestore(deps, trx, row, attempt, { renamed: JSON.stringify(renamed) })
    },
  })
}

/** The chosen tables; of an undo they come back whole, and what had been added goes. */
function tablesOf({ scope, undo_of: undoOf }: RestoreRow): TableChoice | undefined {
  if (scope?.tables === undefined) return undefined
  const { tables: names, rows, rowIds, dropColumns } = scope
  return { names, rows, rowIds, dropColumns, removesMissing: undoOf !== null }
}

/** What was chosen beside tables; of an undo what the restore touched. */
function partsOf(row: RestoreRow, undone?: Memory): PartChoice | Touched | undefined {
  const { scope } = row
  if (scope === null) return undefined
  const { apiGroups, constructs, files } = scope
  if (apiGroups === undefined && constructs === undefined && files === undefined) return undefined
  return row.undo_of === null ? { apiGroups, constructs, files } : (undone?.touched ?? NOTHING_TOUCHED)
}

function targetOf(row: RestoreRow): ImportTarget {
  return row.into_new ? { newWorkspace: row.workspace_name } : { workspaceId: workspaceOf(row) }
}

/** The workspace of a row; throws where it was deleted meanwhile. */
function workspaceOf({ workspace_id: id }: RestoreRow): number {
  if (id !== null) return id
  throw new AppError('not_found', 'The workspace was deleted before the restore began.')
}

function canonicalsOf(row: RestoreRow): CanonicalChoice {
  return { taken: row.canonicals, names: row.canonical_names }
}
