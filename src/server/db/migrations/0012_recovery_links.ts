import { type Kysely, sql } from 'kysely'

/**
 * Links by which an owner who lost every way to sign in gets back in; made on the machine of the server. Frozen in time:
 * never imports application code.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `create table metadeck.recovery_link (
        user_id bigint primary key references metadeck."user" on delete cascade,
        hash bytea not null unique,
        resets_two_step boolean not null,
        expires_at timestamptz not null
      )`,
    )
    .execute(db)
}
