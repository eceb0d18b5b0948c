import { sql } from 'kysely'

import type { JobKind } from './queue.ts'
import { type JobDeps, jobLock, withJobLock } from './run.ts'

/** Which row of its own a job works on. */
const ITEM = {
  backup: 'backupId',
  restore: 'restoreId',
  verify: 'backupId',
  drill: 'backupId',
  notify: 'notificationId',
} as const satisfies Record<JobKind, string>

/** Ids of rows that wait for a job or say that one runs, while the queue knows of none. */
export async function findAbandoned({ connection: { db } }: JobDeps, kind: 'backup' | 'restore'): Promise<number[]> {
  const found = await sql<{ id: number }>`
    select id from ${sql.id('metadeck', kind)} item
    where status in ('queued', 'running') and created_at < now() - interval '5 seconds'
      and ${kind === 'backup' ? OTHER_WORK : sql`true`} and not ${hasJob(kind)}`.execute(db)
  return found.rows.map(({ id }) => id)
}

/** Longer than a restore needs from inserting the row of its safety backup to naming it. */
const UNNAMED_SECONDS = 60

/** Backups whose work is another job's: safety backups are made by the restore, uploaded archives are verified. */
const OTHER_WORK = sql`(
  kind not in ('safety', 'uploaded')
  or kind = 'uploaded' and not ${hasJob('verify')}
  or kind = 'safety' and created_at < now() - make_interval(secs => ${UNNAMED_SECONDS}) and not exists (
    select from metadeck.restore where safety_backup_id = item.id and restore.status in ('queued', 'running')
  )
)`

/** That the queue has a job of this kind for the row `item`. */
export function hasJob(kind: JobKind): ReturnType<typeof sql<boolean>> {
  return sql<boolean>`exists (
    select from pgboss.job where name = ${sql.lit(kind)} and state in ('created', 'retry', 'active')
      and (data->>${sql.lit(ITEM[kind])})::bigint = item.id
  )`
}

/** Longer than a worker needs from taking a job to holding its lock. */
export const SETTLED_SECONDS = 1

/**
 * Jobs that the queue believes are running while nobody holds their lock: their process died. The queue would notice
 * when their heartbeat is overdue; at a start there is no reason to wait for that.
 */
export async function findOrphanedJobs(deps: JobDeps, kind: JobKind): Promise<string[]> {
  const { rows } = await sql<{ id: string; item: string }>`
    select id, data->>${ITEM[kind]} as item from pgboss.job
    where name = ${kind} and state = 'active' and started_on < now() - make_interval(secs => ${SETTLED_SECONDS})
  `.execute(deps.connection.db)
  const orphaned: string[] = []
  for (const { id, item } of rows) {
    const isFree = await withJobLock(deps, jobLock(kind, Number(item)), () => Promise.resolve(true)).catch(() => false)
    if (isFree) orphaned.push(id)
  }
  return orphaned
}

/** Makes a job that was given back be taken at once: it is not its own fault that its process died. */
export async function hurry({ connection: { db } }: JobDeps, kind: JobKind, jobId: string): Promise<void> {
  await sql`update pgboss.job set start_after = now() where name = ${kind} and id = ${jobId} and state = 'retry'`.execute(
    db,
  )
}
