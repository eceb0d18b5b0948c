import type { Db } from '../../db/connection.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import type { Lender } from '../schedules/lent-rights.ts'
import { findUnderWay, insertRestore, lockRestores, type NewRestore, type RestoreRow } from './store.ts'

type StartDeps = Pick<Deps, 'connection' | 'jobs' | 'vault' | 'hub'>

/**
 * Adds a restore and its job. Throws `conflict` while another one works on the workspace: of two that are asked for at
 * a time one is begun. `password` travels sealed, and `by` with it: with whose rights it is done. `check` runs once no other one can begin, and throws what stands in the way.
 */
export async function startRestore(
  { connection: { db }, jobs, vault, hub }: StartDeps,
  restore: NewRestore,
  { password, by }: { password: string; by: Lender | null },
  check: (trx: Db) => Promise<void> = () => Promise.resolve(),
): Promise<RestoreRow> {
  const row = await db.transaction().execute(async (trx) => {
    const workspaceId = restore.workspace_id ?? null
    if (workspaceId !== null) {
      await lockRestores(trx, workspaceId)
      const other = await findUnderWay(trx, { workspaceId })
      if (other !== undefined) throw underWay(other)
    }
    await check(trx)
    const inserted = await insertRestore(trx, restore)
    const sealedPassword = password === '' ? null : vault.seal(password)
    await jobs.enqueue('restore', { restoreId: inserted.id, sealedPassword, by }, trx)
    return inserted
  })
  await hub.publish(db, { type: 'changed', resource: 'restores', id: row.id })
  return row
}

function underWay({ id }: RestoreRow): AppError {
  return new AppError(
    'conflict',
    `Another restore of this workspace is running (restore ${id}). Wait until it is done, or cancel it.`,
    { payload: { reason: 'import_in_progress', restore: id } },
  )
}
