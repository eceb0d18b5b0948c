import { type Kysely, sql } from 'kysely'

/** Everything the first release needs. Frozen in time: never imports application code. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(STATEMENTS).execute(db)
}

const STATEMENTS = `
create table metadeck.setting (
  key text primary key,
  value jsonb not null
);

create table metadeck."user" (
  id bigint generated always as identity primary key,
  email text not null unique,
  name text not null,
  password_hash text not null,
  role text not null check (role in ('owner', 'admin', 'member')),
  created_at timestamptz not null
);

create table metadeck.setup_link (
  hash bytea primary key,
  created_at timestamptz not null,
  used_at timestamptz
);

create table metadeck.session (
  hash bytea primary key,
  user_id bigint not null references metadeck."user" on delete cascade,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  address text not null,
  user_agent text not null
);
create index on metadeck.session (user_id);

create table metadeck.throttle (
  key text primary key,
  failures integer not null,
  window_ends_at timestamptz not null
);

create table metadeck.access_token (
  id bigint generated always as identity primary key,
  name text not null,
  hash bytea not null unique,
  prefix text not null,
  last_four text not null,
  scopes jsonb not null,
  workspaces bigint[],
  created_by bigint references metadeck."user" on delete set null,
  created_at timestamptz not null,
  expires_at timestamptz,
  last_used_at timestamptz,
  last_used_from text,
  revoked_at timestamptz
);

create table metadeck.workspace (
  id bigint generated always as identity primary key,
  name text not null,
  description text not null,
  guid text not null unique,
  swagger boolean not null default true,
  documentation jsonb not null default '{"require_token": false}',
  preferences jsonb not null default '{"allow_push": true}',
  created_at timestamptz not null,
  updated_at timestamptz not null
);

create table metadeck.branch (
  id bigint generated always as identity primary key,
  workspace_id bigint not null references metadeck.workspace on delete cascade,
  label text not null,
  description text not null,
  color text not null,
  guid text not null,
  live boolean not null,
  backup boolean not null default false,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  unique (workspace_id, label)
);
create unique index branch_one_live on metadeck.branch (workspace_id) where live;

create table metadeck.data_source (
  workspace_id bigint not null references metadeck.workspace on delete cascade,
  label text not null,
  color text not null,
  created_at timestamptz not null,
  primary key (workspace_id, label)
);

create table metadeck.table_definition (
  id bigint generated always as identity primary key,
  workspace_id bigint not null references metadeck.workspace on delete cascade,
  name text not null,
  description text not null,
  docs text not null,
  auth boolean not null,
  guid text not null,
  tag jsonb not null,
  columns jsonb not null,
  indexes jsonb not null,
  autocomplete jsonb not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create unique index table_definition_name on metadeck.table_definition (workspace_id, lower(name));

create table metadeck.api_group (
  id bigint generated always as identity primary key,
  workspace_id bigint not null references metadeck.workspace on delete cascade,
  branch_id bigint not null references metadeck.branch on delete cascade,
  name text not null,
  description text not null,
  docs text not null,
  guid text not null,
  canonical text not null,
  swagger boolean not null,
  tag jsonb not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index on metadeck.api_group (workspace_id, branch_id);
create unique index api_group_name on metadeck.api_group (branch_id, lower(name));

create table metadeck.audit_record (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  actor_kind text not null,
  actor_id bigint,
  actor_label text not null,
  workspace_id bigint,
  action text not null,
  target jsonb not null,
  detail jsonb not null,
  address text not null,
  request_id text not null
);
create index on metadeck.audit_record (workspace_id, at);
create index on metadeck.audit_record (at);

create table metadeck.backup (
  id bigint generated always as identity primary key,
  workspace_id bigint references metadeck.workspace on delete set null,
  workspace_name text not null,
  branch text not null,
  kind text not null,
  definition_only boolean not null,
  encrypted boolean not null,
  status text not null,
  stage text not null,
  current text,
  tables_done integer not null default 0,
  tables_total integer,
  rows bigint not null default 0,
  bytes bigint not null default 0,
  object_name text,
  sha256 text,
  summary jsonb,
  failure jsonb,
  created_by text not null,
  created_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz,
  verified_at timestamptz
);
create index on metadeck.backup (workspace_id);

create table metadeck.restore (
  id bigint generated always as identity primary key,
  backup_id bigint references metadeck.backup on delete set null,
  workspace_id bigint references metadeck.workspace on delete set null,
  workspace_name text not null,
  into_new boolean not null,
  status text not null,
  stage text not null,
  current text,
  tables_done integer not null default 0,
  tables_total integer,
  rows bigint not null default 0,
  rows_total bigint,
  failure jsonb,
  created_by text not null,
  created_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz
);
`
