import { sql } from 'kysely'

import type { Workspace } from '#api/contract/workspaces.ts'

import { requireNoImport } from '../../archive/import-lock.ts'
import type { Db } from '../../db/connection.ts'
import { dropWorkspace } from '../../db/workspace.ts'
import type { Deps } from '../../deps.ts'
import { AppError, notFound } from '../../errors.ts'
import { withDatabaseErrors } from '../../tables/database-error.ts'
import { lockDefinitions } from '../../tables/definition-store.ts'
import { deleteObjects, objectsOfWorkspace } from '../files/store.ts'
import { findUnderWay, lockRestores } from '../restores/store.ts'
import { getWorkspace } from './store.ts'

/** Longest wait for tables that an export or a long query reads. */
const LOCK_TIMEOUT = '3s'

/**
 * Deletes a workspace with its rows and stored files, once `check` lets it. Of several at a time one deletes it, and the others find
 * nothing: the row is locked first, then the definitions, as whoever changes tables may hold the row, too.
 */
export async function deleteWorkspace(
  deps: Pick<Deps, 'connection' | 'files' | 'log'>,
  id: number,
  check: (trx: Db, workspace: Workspace) => Promise<void>,
): Promise<void> {
  const objects = await withDatabaseErrors({}, () =>
    deps.connection.db.transaction().execute(async (trx) => {
      await sql`select set_config('lock_timeout', ${LOCK_TIMEOUT}, true)`.execute(trx)
      // First of all, as whoever begins a restore takes it before it refers to the workspace.
      await lockRestores(trx, id)
      const row = await trx.selectFrom('workspace').select('id').where('id', '=', id).forUpdate().executeTakeFirst()
      if (row === undefined) throw notFound(`Workspace ${id}`)
      await requireNoImport(trx, id)
      await lockDefinitions(trx, id)
      await check(trx, await getWorkspace(trx, id))
      const names = await objectsOfWorkspace(trx, id)
      await dropWorkspace(trx, id)
      return names
    }),
  )
  await deleteObjects(deps, objects)
}

/** Throws 409 where a restore goes into the workspace, also while that only waits. For the `check` of a deletion. */
export async function requireNoRestore(trx: Db, workspaceId: number): Promise<void> {
  const restore = await findUnderWay(trx, { workspaceId })
  if (restore === undefined) return
  throw new AppError(
    'conflict',
    `Restore ${restore.id} goes into this workspace. Wait until it is done, or cancel it, and delete the workspace then.`,
    { payload: { reason: 'import_in_progress', restore: restore.id } },
  )
}
