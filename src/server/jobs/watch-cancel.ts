import { sql } from 'kysely'

import type { Db } from '../db/connection.ts'

/** How soon a running job sees that somebody asked for its end. */
const INTERVAL_MS = 500

/** Why a job stopped: somebody asked for its end. */
export class Cancelled extends Error {
  override name = 'Cancelled'

  constructor() {
    super('Somebody cancelled it')
  }
}

/**
 * Runs `work` with a signal that is aborted with `Cancelled` once the row says `is_cancelled`, or with the reason of
 * `signal`. A cancellation asked for in another process is seen too.
 */
export async function watchCancel<Result>(
  db: Db,
  item: { table: 'backup' | 'restore'; id: number },
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const cancelling = new AbortController()
  const look = async (): Promise<void> => {
    const { rows } = await sql<{ is_cancelled: boolean }>`
      select is_cancelled from ${sql.id('metadeck', item.table)} where id = ${item.id}`.execute(db)
    if (rows[0]?.is_cancelled === true) cancelling.abort(new Cancelled())
  }
  await look()
  // A look that fails says nothing; the next one comes.
  const timer = setInterval(() => void look().catch(() => undefined), INTERVAL_MS)
  try {
    return await work(AbortSignal.any([signal, cancelling.signal]))
  } finally {
    clearInterval(timer)
  }
}
