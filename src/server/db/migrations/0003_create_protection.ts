import { type Kysely, sql } from 'kysely'

/**
 * Targets, schedules, uploads in chunks, notifications, and what backups and restores know of them. Frozen in time:
 * never imports application code.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(STATEMENTS).execute(db)
}

const STATEMENTS = `
create table metadeck.target (
  id bigint generated always as identity primary key,
  name text not null,
  kind text not null,
  settings jsonb not null,
  sealed_secret text,
  last_test jsonb,
  created_by text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create unique index target_name on metadeck.target (lower(name));

create table metadeck.schedule (
  id bigint generated always as identity primary key,
  name text not null,
  workspace_id bigint not null references metadeck.workspace on delete cascade,
  branch text not null,
  definition_only boolean not null,
  includes_files boolean not null,
  target_id bigint references metadeck.target,
  sealed_password text,
  password_proven_at timestamptz,
  timing jsonb not null,
  cron text not null,
  time_zone text not null,
  jitter_seconds integer not null default 0,
  run_missed boolean not null default true,
  is_paused boolean not null default false,
  retention jsonb not null,
  verify_days integer,
  drill_days integer,
  token_id bigint,
  next_run_at timestamptz,
  last_run_at timestamptz,
  created_by text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create unique index schedule_name on metadeck.schedule (workspace_id, lower(name));
create index schedule_due on metadeck.schedule (next_run_at) where not is_paused;

alter table metadeck.backup
  add column schedule_id bigint references metadeck.schedule on delete set null,
  add column scheduled_for timestamptz,
  add column target_id bigint references metadeck.target,
  add column includes_files boolean not null default true,
  add column sealed_password text,
  add column is_pinned boolean not null default false,
  add column note text not null default '',
  add column is_cancelled boolean not null default false,
  add column stages jsonb not null default '[]',
  add column warnings jsonb not null default '[]',
  add column attempt integer not null default 0,
  add column next_attempt_at timestamptz,
  add column verification jsonb,
  add column drill jsonb,
  add column restored_at timestamptz,
  add column password_proven_at timestamptz;
update metadeck.backup set includes_files = not definition_only;
create index on metadeck.backup (schedule_id);
create index on metadeck.backup (target_id);

create table metadeck.backup_manifest (
  backup_id bigint primary key references metadeck.backup on delete cascade,
  body bytea not null
);

alter table metadeck.restore
  add column tables jsonb,
  add column new_branch text,
  add column canonicals text not null default 'new',
  add column canonical_names jsonb not null default '{}',
  add column renamed jsonb not null default '[]',
  add column safety_backup_id bigint references metadeck.backup on delete set null,
  add column undo_of bigint references metadeck.restore on delete set null,
  add column is_cancelled boolean not null default false,
  add column stages jsonb not null default '[]',
  add column attempt integer not null default 0,
  add column next_attempt_at timestamptz;
create index on metadeck.restore (workspace_id);
create index on metadeck.restore (safety_backup_id);
create index on metadeck.restore (undo_of);

create table metadeck.upload (
  id uuid primary key,
  name text not null,
  bytes bigint not null,
  sha256 text,
  chunk_bytes integer not null,
  received boolean[] not null,
  created_by text not null,
  created_at timestamptz not null,
  touched_at timestamptz not null
);

create table metadeck.notification_channel (
  id bigint generated always as identity primary key,
  name text not null,
  kind text not null,
  settings jsonb not null,
  sealed_secret text,
  events jsonb not null,
  is_active boolean not null default true,
  created_by text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create unique index notification_channel_name on metadeck.notification_channel (lower(name));

create table metadeck.notification (
  id bigint generated always as identity primary key,
  channel_id bigint not null references metadeck.notification_channel on delete cascade,
  event text not null,
  dedup_key text,
  payload jsonb not null,
  status text not null,
  attempts integer not null default 0,
  error text,
  created_at timestamptz not null,
  next_attempt_at timestamptz,
  delivered_at timestamptz
);
create unique index notification_once on metadeck.notification (channel_id, dedup_key) where dedup_key is not null;
create index on metadeck.notification (channel_id, id desc);
`
