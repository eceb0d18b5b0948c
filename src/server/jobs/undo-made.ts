import { sql } from 'kysely'

import { ImportRefused } from '../archive/refusal.ts'
import type { Db } from '../db/connection.ts'
import { holdWorkspace, schemaName } from '../db/workspace.ts'
import { AppError } from '../errors.ts'
import { deleteBranch } from '../resources/branches/store.ts'
import { readMemory } from '../resources/restores/memory.ts'
import type { RestoreRow } from '../resources/restores/store.ts'
import { deleteWorkspace } from '../resources/workspaces/delete-workspace.ts'
import { withDatabaseErrors } from '../tables/database-error.ts'
import { tableSql } from '../tables/ddl.ts'
import { deleteDefinition, listDataSourceLabels, listDefinitions, lockDefinitions } from '../tables/definition-store.ts'
import { referencesTo, type TableDefinition } from '../tables/definition.ts'
import { finishRestore } from './finish-restore.ts'
import type { RestoreAttempt } from './restore-attempt.ts'
import type { JobDeps } from './run.ts'
import { takeSafetyBackup } from './safety-backup.ts'

/**
 * Longest wait for tables that somebody uses; the attempt is then made again later. Shorter than the second after which
 * PostgreSQL looks for deadlocks, so that of a reader and an undo that wait for each other it is the undo that lets go.
 */
const LOCK_TIMEOUT = '700ms'

/** Deletes the workspace that a restore made, after a backup of it. */
export async function undoWorkspace(deps: JobDeps, row: RestoreRow, attempt: RestoreAttempt): Promise<void> {
  const { workspace_id: workspaceId } = row
  if (workspaceId === null) throw new AppError('not_found', 'The workspace was deleted already.')
  await saveFirst(deps, row, attempt, { workspaceId, branch: '', definitionOnly: false })
  await deleteWorkspace(deps, workspaceId, (trx) => finishRestore(deps, trx, row, attempt, {}))
}

/** Deletes the branch that a restore made, after a backup of it, and the tables it added that nobody has used since. */
export async function undoBranch(
  deps: JobDeps,
  row: RestoreRow,
  undone: RestoreRow,
  attempt: RestoreAttempt,
): Promise<void> {
  const { db } = deps.connection
  const { branchId = 0, addedTables } = await readMemory(db, undone.id)
  const branch = await db.selectFrom('branch').selectAll().where('id', '=', branchId).executeTakeFirst()
  if (branch === undefined) throw new AppError('not_found', 'The branch was deleted already.')
  const workspaceId = branch.workspace_id
  await saveFirst(deps, row, attempt, { workspaceId, branch: branch.label, definitionOnly: true })
  await withDatabaseErrors({}, () =>
    db.transaction().execute(async (trx) => {
      await sql`set local lock_timeout = ${sql.lit(LOCK_TIMEOUT)}`.execute(trx)
      await lockDefinitions(trx, workspaceId)
      await holdWorkspace(trx, workspaceId)
      const now = await trx.selectFrom('branch').selectAll().where('id', '=', branchId).executeTakeFirst()
      if (now === undefined) throw new AppError('not_found', 'The branch was deleted already.')
      if (now.live) {
        throw new ImportRefused(
          'branch_live',
          `The branch "${now.label}" is the live one. Make another branch live first.`,
        )
      }
      await deleteBranch(trx, now)
      await dropUnused(trx, workspaceId, new Set(addedTables))
      await finishRestore(deps, trx, row, attempt, {})
    }),
  )
}

async function saveFirst(
  deps: JobDeps,
  row: RestoreRow,
  { figures, signal }: RestoreAttempt,
  what: { workspaceId: number; branch: string; definitionOnly: boolean },
): Promise<void> {
  signal.throwIfAborted()
  figures.safety()
  const onChange = figures.safety.bind(figures)
  const password = await passwordOfUndone(deps, row)
  await takeSafetyBackup(deps, row, { ...what, includesFiles: !what.definitionOnly, password, signal, onChange })
  signal.throwIfAborted()
  figures.swapping()
}

/** The kept password of the backup that was restored, so that what was encrypted there stays so; empty for none. */
async function passwordOfUndone({ connection: { db }, vault }: JobDeps, row: RestoreRow): Promise<string> {
  const backup = await db
    .selectFrom('restore')
    .innerJoin('backup', 'backup.id', 'restore.backup_id')
    .select('backup.sealed_password')
    .where('restore.id', '=', row.undo_of ?? 0)
    .executeTakeFirst()
  return backup?.sealed_password == null ? '' : vault.open(backup.sealed_password)
}

/** Tables that are still empty everywhere, and that no other table refers to. */
async function dropUnused(trx: Db, workspaceId: number, candidates: ReadonlySet<number>): Promise<void> {
  const all = await listDefinitions(trx, workspaceId)
  const schemas = (await listDataSourceLabels(trx, workspaceId)).map((label) => schemaName(workspaceId, label))
  const empty: TableDefinition[] = []
  for (const table of all.filter(({ id }) => candidates.has(id))) {
    if (await isEmpty(trx, schemas, table)) empty.push(table)
  }
  let unused = empty
  for (;;) {
    const kept = all.filter((table) => !unused.includes(table))
    const next = unused.filter(({ id }) => kept.every((table) => referencesTo(table, id).length === 0))
    if (next.length === unused.length) break
    unused = next
  }
  if (unused.length === 0) return
  const tables = schemas.flatMap((schema) => unused.map((table) => tableSql(schema, table)))
  await sql`drop table ${sql.join(tables)}`.execute(trx)
  for (const table of unused) await deleteDefinition(trx, table)
}

async function isEmpty(trx: Db, schemas: readonly string[], table: TableDefinition): Promise<boolean> {
  for (const schema of schemas) {
    await sql`lock table ${tableSql(schema, table)} in share row exclusive mode`.execute(trx)
    const { rows } = await sql`select from ${tableSql(schema, table)} limit 1`.execute(trx)
    if (rows.length > 0) return false
  }
  return true
}
