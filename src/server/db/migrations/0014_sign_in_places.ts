import { type Kysely, sql } from 'kysely'

/** Where people signed in from, and invitations that are worth nothing. Frozen in time: never imports application code. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(STATEMENTS).execute(db)
}

const STATEMENTS = `
create table metadeck.sign_in_place (
  user_id bigint not null references metadeck."user" on delete cascade,
  network text not null,
  last_used_at timestamptz not null,
  primary key (user_id, network)
);
create index on metadeck.sign_in_place (last_used_at);

-- An account that a provider made left the invitations of its address open.
delete from metadeck.invitation where email in (select email from metadeck."user");
`
