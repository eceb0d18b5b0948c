import { type Kysely, sql } from 'kysely'

/** Members with rights of their own, invitations, and sessions that can be named without their secret. Frozen in time. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(STATEMENTS).execute(db)
}

const STATEMENTS = `
alter table metadeck."user"
  add column scopes jsonb,
  add column workspaces bigint[],
  add column disabled_at timestamptz,
  add column invited_by bigint references metadeck."user" on delete set null,
  add column last_seen_at timestamptz,
  alter column password_hash drop not null;

alter table metadeck.session
  add column id bigint generated always as identity unique;

create table metadeck.invitation (
  id bigint generated always as identity primary key,
  hash bytea not null unique,
  email text not null unique,
  role text not null check (role in ('owner', 'admin', 'member')),
  scopes jsonb,
  workspaces bigint[],
  invited_by bigint not null references metadeck."user" on delete cascade,
  created_at timestamptz not null,
  expires_at timestamptz not null
);
`
