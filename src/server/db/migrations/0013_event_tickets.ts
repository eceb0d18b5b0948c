import { type Kysely, sql } from 'kysely'

/**
 * Tickets of the events' socket that were used, so that none opens a second one in whatever process. Frozen in time:
 * never imports application code.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `create table metadeck.used_event_ticket (
        hash bytea primary key,
        expires_at timestamptz not null
      )`,
    )
    .execute(db)
}
