import { type Kysely, sql } from 'kysely'

/** Access tokens that are disabled, rotated, bound to addresses, and whose use is counted. Frozen in time. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(STATEMENTS).execute(db)
}

const STATEMENTS = `
alter table metadeck.access_token
  add column allowed_ips text[],
  add column life_seconds bigint,
  add column never_reason text,
  add column disabled_at timestamptz,
  add column rotated_from bigint references metadeck.access_token on delete set null,
  add column counted_since timestamptz not null default now();
update metadeck.access_token set life_seconds = round(extract(epoch from expires_at - created_at))
  where expires_at is not null;
create unique index access_token_rotated_from on metadeck.access_token (rotated_from) where rotated_from is not null;
create index access_token_created_by on metadeck.access_token (created_by);
create index schedule_token on metadeck.schedule (token_id) where token_id is not null;

-- The foreign key only forgets who made a token. Whatever way an account goes, its tokens go out of use with it.
create function metadeck.revoke_tokens_of_deleted_user() returns trigger language plpgsql as $$
begin
  update metadeck.access_token set revoked_at = now() where created_by = old.id and revoked_at is null;
  return old;
end $$;
create trigger revoke_tokens before delete on metadeck."user"
  for each row execute function metadeck.revoke_tokens_of_deleted_user();

create table metadeck.token_usage (
  token_id bigint not null references metadeck.access_token on delete cascade,
  day date not null,
  operation text not null,
  status_class text not null,
  is_live boolean not null,
  calls bigint not null,
  primary key (token_id, day, operation, status_class, is_live)
);
create index token_usage_day on metadeck.token_usage (day);

create table metadeck.token_error (
  id bigint generated always as identity primary key,
  token_id bigint not null references metadeck.access_token on delete cascade,
  at timestamptz not null,
  operation text not null,
  status integer not null
);
create index on metadeck.token_error (token_id, id desc);
`
