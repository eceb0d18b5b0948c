import { type Kysely, sql } from 'kysely'

/** Who was shown the secret of a token, and tokens that are out of use for that. Frozen in time: never imports application code. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(STATEMENTS).execute(db)
}

const STATEMENTS = `
-- No foreign key: that the account is gone is what has to be seen.
alter table metadeck.access_token
  add column shown_to bigint,
  add column disabled_because text check (disabled_because in ('secret_known'));

update metadeck.access_token set shown_to = created_by;

-- A rotation showed the secret to whoever asked for it, and its record tells who that was.
update metadeck.access_token as token set shown_to = record.person_id
from metadeck.audit_record as record
where record.action = 'tokenRotate' and record.outcome = 'done' and record.person_id is not null
  and record.actor_kind = 'session' and record.detail -> 'rotatedTo' ->> 'id' = token.id::text;
`
