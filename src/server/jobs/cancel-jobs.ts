import { sql } from 'kysely'

import type { Db } from '../db/connection.ts'

/**
 * Takes the jobs of a verification or drill out of the queue, those that run included: whose process dies is not taken up
 * again. One that runs is not told; it looks at the backup. Call it in the transaction that writes the end there.
 */
export async function cancelJobs(trx: Db, kind: 'verify' | 'drill', backupId: number): Promise<void> {
  await sql`
    update pgboss.job set state = 'cancelled', completed_on = now()
    where name = ${kind} and state in ('created', 'retry', 'active') and (data->>'backupId')::bigint = ${backupId}
  `.execute(trx)
}
