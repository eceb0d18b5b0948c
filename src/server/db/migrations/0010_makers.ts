import { type Kysely, sql } from 'kysely'

/**
 * Whose rights tokens and schedules have, and who put a token out of use. Frozen in time: never imports application
 * code.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(STATEMENTS).execute(db)
}

const STATEMENTS = `
alter table metadeck.access_token
  add column role_ceiling text check (role_ceiling in ('owner', 'admin', 'member')),
  add column disabled_by bigint references metadeck."user" on delete set null,
  add column is_operator boolean not null default false;

-- No foreign key: that the account is gone is what a run has to see.
alter table metadeck.schedule add column saved_by bigint;
create index schedule_saved_by on metadeck.schedule (saved_by) where saved_by is not null;

-- The one who made it is the best guess at who saved it. Where that account is gone, somebody has to save it again.
update metadeck.schedule set saved_by = (select id from metadeck."user" where email = schedule.created_by)
  where token_id is null;
`
