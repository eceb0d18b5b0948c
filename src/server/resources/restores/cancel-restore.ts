import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import { findRestore, isUnderWay, type RestoreRow, updateRestore } from './store.ts'

/**
 * Asks for the end of a restore. One that waits has ended when this answers; of one that runs, the job sees it within a
 * second. Throws 409 where it is done: a restore that is being committed at this moment is waited for.
 */
export async function cancelRestore(
  { connection: { db }, hub, now }: Pick<Deps, 'connection' | 'hub' | 'now'>,
  { id }: RestoreRow,
): Promise<RestoreRow> {
  const row = await db.transaction().execute(async (trx) => {
    await trx.selectFrom('restore').select('id').where('id', '=', id).forUpdate().execute()
    const found = await findRestore(trx, id)
    if (found === undefined || !isUnderWay(found)) throw notRunning(found)
    const ended = { status: 'cancelled', current: null, finished_at: now(), next_attempt_at: null, failure: null }
    return updateRestore(trx, id, { is_cancelled: true, ...(found.status === 'queued' ? ended : {}) })
  })
  await hub.publish(db, { type: 'changed', resource: 'restores', id })
  return row
}

function notRunning(row: RestoreRow | undefined): AppError {
  const state = row?.status === 'succeeded' ? 'is done: undo it instead' : 'has ended already'
  return new AppError('conflict', `The restore ${state}. There is nothing to cancel.`, {
    payload: { reason: 'not_running' },
  })
}
