import { sql } from 'kysely'

import type { Db } from '../db/connection.ts'
import { abortWhen } from './abort-when.ts'

/** How soon a running job sees that somebody asked for its end. */
export const CANCEL_LOOK_MS = 500

/** Why a job stopped: somebody asked for its end. */
export class Cancelled extends Error {
  override name = 'Cancelled'

  constructor() {
    super('Somebody cancelled it')
  }
}

/**
 * Runs `work` with a signal that is aborted with `Cancelled` once the row says `is_cancelled`, or with the reason of
 * `signal`; throws that reason then. A cancellation asked for in another process is seen too.
 */
export async function watchCancel<Result>(
  db: Db,
  item: { table: 'backup' | 'restore'; id: number },
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const look = async (): Promise<Cancelled | undefined> => {
    const { rows } = await sql<{ is_cancelled: boolean }>`
      select is_cancelled from ${sql.id('metadeck', item.table)} where id = ${item.id}`.execute(db)
    return rows[0]?.is_cancelled === true ? new Cancelled() : undefined
  }
  return abortWhen(signal, { everyMs: CANCEL_LOOK_MS, look }, work)
}
