import { sql } from 'kysely'

import type { JobKind } from './queue.ts'
import { type JobDeps, jobLock, withJobLock } from './run.ts'

/** Ids of rows that wait for a job or say that one runs, while the queue knows of none. */
export async function findAbandoned({ connection: { db } }: JobDeps, kind: JobKind): Promise<number[]> {
  const key = `${kind}Id`
  const found = await sql<{ id: number }>`
    select id from ${sql.id('metadeck', kind)} item
    where status in ('queued', 'running') and created_at < now() - interval '5 seconds' and not exists (
      select from pgboss.job
      where name = ${kind} and state in ('created', 'retry', 'active') and (data->>${key})::bigint = item.id
    )`.execute(db)
  return found.rows.map(({ id }) => id)
}

/** Longer than a worker needs from taking a job to holding its lock. */
export const SETTLED_SECONDS = 1

/**
 * Jobs that the queue believes are running while nobody holds their lock: their process died. The queue would notice
 * when their heartbeat is overdue; at a start there is no reason to wait for that.
 */
export async function findOrphanedJobs(deps: JobDeps, kind: JobKind): Promise<string[]> {
  const key = `${kind}Id`
  const { rows } = await sql<{ id: string; item: string }>`
    select id, data->>${key} as item from pgboss.job
    where name = ${kind} and state = 'active' and started_on < now() - make_interval(secs => ${SETTLED_SECONDS})
  `.execute(deps.connection.db)
  const orphaned: string[] = []
  for (const { id, item } of rows) {
    const isFree = await withJobLock(deps, jobLock(kind, Number(item)), () => Promise.resolve(true)).catch(() => false)
    if (isFree) orphaned.push(id)
  }
  return orphaned
}
