import { sql } from 'kysely'

import type { JobKind } from './queue.ts'
import type { JobDeps } from './run.ts'

/** Ids of rows that wait for a job or say that one runs, while the queue knows of none. */
export async function findAbandoned({ connection: { db } }: JobDeps, kind: JobKind): Promise<number[]> {
  const key = `${kind}Id`
  const found = await sql<{ id: number }>`
    select id from ${sql.id('metadeck', kind)} item
    where status in ('queued', 'running') and not exists (
      select from pgboss.job
      where name = ${kind} and state in ('created', 'retry', 'active') and (data->>${key})::bigint = item.id
    )`.execute(db)
  return found.rows.map(({ id }) => id)
}
