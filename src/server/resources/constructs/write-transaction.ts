import type { Db } from '../../db/connection.ts'
import { AppError } from '../../errors.ts'
import { asDatabaseError } from '../../tables/database-error.ts'

/** A deadlock, a serialisation failure: somebody else changes or deletes the same branch or group. */
const TRY_AGAIN = new Set(['40001', '40P01'])

/** Runs a write in a transaction; one that gave way to another write is answered with `conflict`. */
export async function writeTransaction<Result>(db: Db, work: (trx: Db) => Promise<Result>): Promise<Result> {
  try {
    return await db.transaction().execute(work)
  } catch (error) {
    if (!TRY_AGAIN.has(asDatabaseError(error)?.code ?? '')) throw error
    throw new AppError('conflict', 'The branch or API group is being changed by another operation. Try again.', {
      cause: error,
    })
  }
}
