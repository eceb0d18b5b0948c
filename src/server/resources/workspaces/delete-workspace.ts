import { setTimeout as sleep } from 'node:timers/promises'

import { sql } from 'kysely'

import type { Workspace } from '#api/contract/workspaces.ts'

import { requireNoImport } from '../../archive/import-lock.ts'
import type { Db } from '../../db/connection.ts'
import { dropWorkspace } from '../../db/workspace.ts'
import type { Deps } from '../../deps.ts'
import { AppError, notFound } from '../../errors.ts'
import { asDatabaseError, withDatabaseErrors } from '../../tables/database-error.ts'
import { lockDefinitions } from '../../tables/definition-store.ts'
import { deleteObjects, objectsOfWorkspace } from '../files/store.ts'
import { findUnderWay, lockRestores } from '../restores/store.ts'
import { getWorkspace } from './store.ts'

/**
 * Longest wait for one lock in one attempt: shorter than the second after which PostgreSQL looks for deadlocks, so that of
 * a reader and a deletion that wait for each other it is the deletion that lets go.
 */
const LOCK_TIMEOUT = '700ms'
/** With the pauses between them, about ten seconds of patience with exports and long queries. */
const ATTEMPTS = 9
const PAUSE_MS = 500
/** A lock was not to be had in time; a deadlock, which waiting solves as well. */
const BUSY = new Set(['55P03', '40P01'])

/**
 * Deletes a workspace with its rows and stored files, once `check` lets it. Of several at a time one deletes it, and the others find
 * nothing: the row is locked first, then the definitions, as whoever changes tables may hold the row, too. Where others read its
 * tables all is let go, so that they go first, and tried again: `check` may be asked several times.
 */
export async function deleteWorkspace(
  deps: Pick<Deps, 'connection' | 'files' | 'log'>,
  id: number,
  check: (trx: Db, workspace: Workspace) => Promise<void>,
): Promise<void> {
  const { db } = deps.connection
  const attempt = (): Promise<string[]> =>
    db.transaction().execute(async (trx) => {
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
    })
  await deleteObjects(deps, await withDatabaseErrors({}, () => patiently(attempt)))
}

async function patiently<Result>(attempt: () => Promise<Result>): Promise<Result> {
  for (let made = 1; ; made += 1) {
    try {
      return await attempt()
    } catch (error) {
      if (made === ATTEMPTS || !BUSY.has(asDatabaseError(error)?.code ?? '')) throw error
      await sleep(PAUSE_MS)
    }
  }
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
