import { type Kysely, sql } from 'kysely'

/**
 * Use by rate-limited keys, which the processes of one instance add up. Not logged: after a crash of the database the
 * counts start anew. Frozen in time: never imports application code.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `create unlogged table metadeck.rate_limit (
        key text primary key,
        used bigint not null,
        changed_at timestamptz not null
      )`,
    )
    .execute(db)
}
