import { type Insertable, type Selectable, sql, type Updateable } from 'kysely'
import type { z } from 'zod'

import type { listRestores as listEndpoint } from '#api/contract/restores.ts'

import { type Caller, requireWorkspace } from '../../caller.ts'
import type { Db } from '../../db/connection.ts'
import type { RestoreTable } from '../../db/tables.ts'
import { notFound } from '../../errors.ts'

export type RestoreRow = Selectable<RestoreTable>
/** Columns of a restore that are written anew. */
export type RestoreChange = Updateable<RestoreTable>
export type NewRestore = Omit<Insertable<RestoreTable>, 'stage' | 'status' | 'failure'>

/** True while a job works on it or is going to. */
export function isUnderWay({ status }: { status: string }): boolean {
  return status === 'queued' || status === 'running'
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
export async function updateRestore(db: Db, id: number, change: RestoreChange): Promise<RestoreRow> {
  return db.updateTable('restore').set(change).where('id', '=', id).returningAll().executeTakeFirstOrThrow()
}

/** The same, unless it has ended meanwhile: undefined then. */
export async function updateUnderWay(db: Db, id: number, change: RestoreChange): Promise<RestoreRow | undefined> {
  return db
    .updateTable('restore')
    .set(change)
    .where('id', '=', id)
    .where('status', 'in', ['queued', 'running'])
    .returningAll()
    .executeTakeFirst()
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

/** A restore under way that reads this backup, or writes this workspace. */
export async function findUnderWay(
  db: Db,
  use: { backupId: number } | { workspaceId: number },
): Promise<RestoreRow | undefined> {
  return db
    .selectFrom('restore')
    .selectAll()
    .where('status', 'in', ['queued', 'running'])
    .where((where) =>
      'backupId' in use
        ? where.or([where('backup_id', '=', use.backupId), where('safety_backup_id', '=', use.backupId)])
        : where('workspace_id', '=', use.workspaceId),
    )
    .executeTakeFirst()
}

/** To the end of the transaction nobody else begins a restore of the workspace. */
export async function lockRestores(trx: Db, workspaceId: number): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`metadeck.restores.${workspaceId}`}, 0))`.execute(trx)
}

/** Restores that the caller may see, newest first; one more than the limit where there are more. */
export async function listRestores(
  db: Db,
  caller: Caller,
  query: z.output<typeof listEndpoint.query>,
): Promise<RestoreRow[]> {
  return db
    .selectFrom('restore')
    .selectAll()
    .$if(caller.workspaces !== 'all', (select) =>
      select.where('workspace_id', 'in', caller.workspaces === 'all' ? [] : caller.workspaces),
    )
    .$if(query.workspaceId !== undefined, (select) => select.where('workspace_id', '=', query.workspaceId ?? 0))
    .$if(query.backupId !== undefined, (select) => select.where('backup_id', '=', query.backupId ?? 0))
    .$if(query.status !== undefined, (select) => select.where('status', 'in', query.status ?? []))
    .$if(query.cursor !== undefined, (select) => select.where('id', '<', Number(query.cursor) || 0))
    .orderBy('id', 'desc')
    .limit(query.limit + 1)
    .execute()
}
