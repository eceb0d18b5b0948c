import { type RawBuilder, sql } from 'kysely'

import type { Drill, Verification } from '#api/contract/backups.ts'

import type { Db } from '../db/connection.ts'
import { abortWhen } from './abort-when.ts'
import { CANCEL_LOOK_MS, Cancelled } from './watch-cancel.ts'

/**
 * A verification or drill as the job that does it knows it. A backup has one of each at a time, told apart by the moment
 * it was begun: whoever cancels one or begins another writes that into the backup, and the job finds itself without one.
 */
export interface OwnReading {
  work: 'verify' | 'drill'
  backupId: number
  at: string
}

const COLUMN = { verify: 'verification', drill: 'drill' } as const

function isOwn({ work, at }: OwnReading): RawBuilder<boolean> {
  const column = sql.ref(COLUMN[work])
  return sql<boolean>`(${column}->>'at' = ${at} and ${column}->>'status' in ('queued', 'running') and not is_cancelled)`
}

/** Writes how far it is; false where it is not the job's any more. */
export async function writeReading(db: Db, own: OwnReading, value: Verification | Drill): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('backup')
    .set({ [COLUMN[own.work]]: JSON.stringify(value) })
    .where('id', '=', own.backupId)
    .where(isOwn(own))
    .executeTakeFirstOrThrow()
  return numUpdatedRows > 0n
}

/** Keeps everybody from cancelling it until the transaction ends; false where it is not the job's any more. */
export async function holdReading(trx: Db, { work, backupId, at }: OwnReading): Promise<boolean> {
  const row = await trx
    .selectFrom('backup')
    .select(['verification', 'drill'])
    .where('id', '=', backupId)
    .forNoKeyUpdate()
    .executeTakeFirst()
  const reading = row?.[COLUMN[work]]
  return reading?.at === at && (reading.status === 'queued' || reading.status === 'running')
}

/**
 * Runs `work` with a signal that is aborted with `Cancelled` once the reading is not the job's any more, or with the reason
 * of `signal`; throws that reason then.
 */
export async function watchReading<Result>(
  db: Db,
  own: OwnReading,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const look = async (): Promise<Cancelled | undefined> => {
    const found = await db.selectFrom('backup').select('id').where('id', '=', own.backupId).where(isOwn(own)).execute()
    return found.length === 0 ? new Cancelled() : undefined
  }
  return abortWhen(signal, { everyMs: CANCEL_LOOK_MS, look }, work)
}
