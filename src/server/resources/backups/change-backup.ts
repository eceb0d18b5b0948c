import { sql } from 'kysely'

import type { Db } from '../../db/connection.ts'
import { AppError } from '../../errors.ts'
import { asDatabaseError } from '../../tables/database-error.ts'
import type { BackupRow } from './store.ts'

/** Longer than jobs hold a row while they write how far they are; whoever deletes a backup holds it longer. */
const LOCK_MS = 1_000
const LOCK_NOT_AVAILABLE = '55P03'

/** What a person says of a backup; what is undefined stays. */
export interface BackupRemark {
  pinned?: boolean | undefined
  note?: string | undefined
}

/** Pins a backup or writes a note beside it. Throws 409 where it is deleted meanwhile, by its retention or by somebody. */
export async function changeBackup(db: Db, id: number, { pinned, note }: BackupRemark): Promise<BackupRow> {
  try {
    const row = await db.transaction().execute(async (trx) => {
      await sql`set local lock_timeout = ${sql.lit(LOCK_MS)}`.execute(trx)
      return trx
        .updateTable('backup')
        .set({ ...(pinned === undefined ? {} : { is_pinned: pinned }), ...(note === undefined ? {} : { note }) })
        .where('id', '=', id)
        .returningAll()
        .executeTakeFirst()
    })
    if (row !== undefined) return row
  } catch (error) {
    if (asDatabaseError(error)?.code !== LOCK_NOT_AVAILABLE) throw error
  }
  throw new AppError(
    'conflict',
    'The backup is being deleted, by the retention of its schedule or by somebody, so nothing of it was changed. Look at the list again.',
  )
}
