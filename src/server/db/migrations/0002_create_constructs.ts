import { type Kysely, sql } from 'kysely'

/**
 * Constructs written in XanoScript, realtime settings, stored files, histories of runs, remembered answers of repeated
 * requests, and what branches hold beside their label. Frozen in time: never imports application code.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(STATEMENTS).execute(db)
}

const STATEMENTS = `
create table metadeck.construct (
  id bigint generated always as identity primary key,
  workspace_id bigint not null references metadeck.workspace on delete cascade,
  branch_id bigint not null references metadeck.branch on delete cascade,
  api_group_id bigint references metadeck.api_group on delete cascade,
  kind text not null,
  name text not null,
  verb text,
  description text not null,
  guid text not null,
  text text not null,
  draft text,
  checksum text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  check ((kind = 'query') = (api_group_id is not null)),
  check ((kind = 'query') = (verb is not null))
);
create unique index construct_name on metadeck.construct (branch_id, kind, lower(name)) where kind <> 'query';
create unique index construct_query on metadeck.construct (api_group_id, lower(name), verb) where kind = 'query';
create unique index construct_guid on metadeck.construct (branch_id, kind, guid);
create index on metadeck.construct (workspace_id, kind);

alter table metadeck.api_group
  add column documentation jsonb not null default '{"require_token": false}',
  add column settings jsonb not null default '{}';
create unique index api_group_guid on metadeck.api_group (branch_id, guid);
create index api_group_canonical on metadeck.api_group (canonical);

alter table metadeck.table_definition add column api_group_guid text;

alter table metadeck.workspace
  add column realtime_enabled boolean not null default false,
  add column realtime_hash text;
update metadeck.workspace set realtime_hash = substr(md5(random()::text || id::text) || md5(random()::text), 1, 27);
alter table metadeck.workspace alter column realtime_hash set not null;
create unique index workspace_realtime_hash on metadeck.workspace (realtime_hash);

create table metadeck.file (
  id bigint generated always as identity primary key,
  workspace_id bigint not null references metadeck.workspace on delete cascade,
  name text not null,
  type text not null,
  mime text not null,
  access text not null,
  size bigint not null,
  sha256 text not null,
  path text not null unique,
  object_name text not null,
  meta jsonb not null,
  created_at timestamptz not null
);
create index on metadeck.file (workspace_id, id);

create table metadeck.history (
  id bigint generated always as identity primary key,
  workspace_id bigint not null references metadeck.workspace on delete cascade,
  kind text not null,
  branch_id bigint,
  branch text,
  api_group_id bigint,
  query_id bigint,
  function_id bigint,
  task_id bigint,
  middleware_id bigint,
  tool_id bigint,
  trigger_id bigint,
  status integer,
  verb text,
  uri text,
  duration double precision not null,
  input jsonb,
  output jsonb,
  request_headers jsonb not null,
  response_headers jsonb not null,
  input_size bigint not null,
  output_size bigint not null,
  created_at timestamptz not null
);
create index on metadeck.history (workspace_id, kind, created_at);
create index on metadeck.history (created_at);

create index audit_record_target on metadeck.audit_record ((target ->> 'kind'), (target ->> 'id'), id);

create table metadeck.idempotency (
  caller text not null,
  key text not null,
  fingerprint text not null,
  status integer,
  headers jsonb,
  body text,
  created_at timestamptz not null,
  primary key (caller, key)
);
create index on metadeck.idempotency (created_at);
`
