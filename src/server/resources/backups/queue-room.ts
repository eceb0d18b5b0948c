import { sql } from 'kysely'

import type { Db } from '../../db/connection.ts'
import { AppError } from '../../errors.ts'

/** Backups of one workspace that wait or run at a time: whoever asks for more has a script that went wrong. */
export const UNDER_WAY_MAX = 20
const RETRY_SECONDS = 30

/**
 * Throws `too_many_requests` while as many backups of the workspace wait or run as may. Call it in the transaction that
 * adds the next one: of two that ask at a time, the second counts the first.
 */
export async function requireQueueRoom(trx: Db, workspaceId: number): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`metadeck.backups.${workspaceId}`}, 0))`.execute(trx)
  const { count } = await trx
    .selectFrom('backup')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('workspace_id', '=', workspaceId)
    .where('status', 'in', ['queued', 'running'])
    .executeTakeFirstOrThrow()
  if (count < UNDER_WAY_MAX) return
  throw new AppError(
    'too_many_requests',
    `${count} backups of this workspace wait or run already, the most at a time. Wait until some are done, or cancel them.`,
    { retryAfterSeconds: RETRY_SECONDS },
  )
}
