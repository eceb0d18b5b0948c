import { type Kysely, type RawBuilder, sql } from 'kysely'

import type { Db } from '../../db/connection.ts'
import type { Database } from '../../db/tables.ts'
import { processLock } from './life-line.ts'

/** Records that it is not known whether these operations took effect. */
export async function recordDoubtful(
  db: Kysely<Database>,
  { process, numbers }: { process: number; numbers: readonly number[] },
  now: Date,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const which = sql`process = ${process} and number = any (${numbers}::bigint[])`
    await recordTaken(trx, which, { reason: 'failed', now })
  })
}

/**
 * The same for what processes left that died: those whose lock is free. Each is recorded once, by one of the processes
 * that look. `own` is the number of this one.
 */
export async function recordDead(db: Kysely<Database>, own: number | null, now: Date): Promise<void> {
  const others = await db
    .selectFrom('audit_process')
    .select('id')
    .$if(own !== null, (query) => query.where('id', '!=', own))
    .orderBy('id')
    .execute()
  for (const { id } of others) {
    await db.transaction().execute(async (trx) => {
      const { rows } = await sql<{ isDead: boolean }>`
        select pg_try_advisory_xact_lock(${sql.raw(processLock(String(id)))}) as "isDead"`.execute(trx)
      if (rows[0]?.isDead !== true) return
      await recordTaken(trx, sql`process = ${id}`, { reason: 'process_ended', now })
      await trx.deleteFrom('audit_process').where('id', '=', id).execute()
    })
  }
}

async function recordTaken(
  trx: Db,
  which: RawBuilder<unknown>,
  { reason, now }: { reason: 'failed' | 'process_ended'; now: Date },
): Promise<void> {
  // First, as whoever appends takes it first. A record that is just being appended makes its intent good before.
  await sql`select pg_advisory_xact_lock(hashtextextended('metadeck.audit', 0))`.execute(trx)
  await sql`
    with taken as (delete from metadeck.audit_intent where ${which} returning *)
    insert into metadeck.audit_record (at, actor_kind, actor_id, actor_label, person_id, person_email, workspace_id,
      action, outcome, target, detail, address, request_id)
    select ${now}, actor_kind, actor_id, actor_label, person_id, person_email, workspace_id, action, 'interrupted',
      target, jsonb_build_object('reason', ${reason}::text, 'begunAt',
        to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')), address, request_id
    from taken order by number`.execute(trx)
}
