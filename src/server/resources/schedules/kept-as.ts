import type { Db } from '../../db/connection.ts'

/** Why a schedule's retention keeps a backup. */
export type KeepReason = 'last' | 'daily' | 'weekly' | 'monthly' | 'last_good'

/** Why each backup of these schedules stays, by backup id; an empty list = it goes at the next run. */
export function keptAs(_db: Db, _scheduleIds: readonly number[]): Promise<Map<number, KeepReason[]>> {
  return Promise.resolve(new Map())
}
