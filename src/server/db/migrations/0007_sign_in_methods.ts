import { type Kysely, sql } from 'kysely'

/** Second steps, passkeys and OpenID Connect. Frozen in time: never imports application code. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(STATEMENTS).execute(db)
}

const STATEMENTS = `
create table metadeck.totp (
  user_id bigint primary key references metadeck."user" on delete cascade,
  sealed_secret text not null,
  created_at timestamptz not null,
  confirmed_at timestamptz,
  last_step bigint not null default 0
);

create table metadeck.recovery_code (
  user_id bigint not null references metadeck."user" on delete cascade,
  hash bytea not null,
  created_at timestamptz not null,
  used_at timestamptz,
  primary key (user_id, hash)
);

create table metadeck.sign_in_ticket (
  hash bytea primary key,
  user_id bigint not null references metadeck."user" on delete cascade,
  method text not null check (method in ('password', 'oidc')),
  needs text not null check (needs in ('second_factor', 'second_factor_setup')),
  address text not null,
  user_agent text not null,
  sealed_secret text,
  expires_at timestamptz not null
);
create index on metadeck.sign_in_ticket (user_id);
create index on metadeck.sign_in_ticket (expires_at);

create table metadeck.passkey (
  id bigint generated always as identity primary key,
  user_id bigint not null references metadeck."user" on delete cascade,
  credential_id text not null unique,
  public_key bytea not null,
  counter bigint not null,
  transports jsonb not null,
  user_handle text not null,
  rp_id text not null,
  name text not null,
  is_synced boolean not null,
  created_at timestamptz not null,
  last_used_at timestamptz
);
create index on metadeck.passkey (user_id);

create table metadeck.passkey_challenge (
  hash bytea primary key,
  purpose text not null check (purpose in ('register', 'sign_in', 'second_factor')),
  user_id bigint references metadeck."user" on delete cascade,
  holder_hash bytea not null,
  user_handle text,
  expires_at timestamptz not null
);
create index on metadeck.passkey_challenge (expires_at);

create table metadeck.oidc_provider (
  id bigint generated always as identity primary key,
  name text not null unique,
  issuer text not null,
  client_id text not null,
  sealed_secret text,
  allowed_domains jsonb not null,
  role_claim text,
  role_rules jsonb not null,
  creates_accounts boolean not null,
  new_role text check (new_role in ('admin', 'member')),
  new_scopes jsonb not null,
  new_workspaces bigint[],
  counts_as_second_factor boolean not null,
  is_active boolean not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);

create table metadeck.oidc_identity (
  issuer text not null,
  subject text not null,
  user_id bigint not null references metadeck."user" on delete cascade,
  created_at timestamptz not null,
  last_used_at timestamptz not null,
  primary key (issuer, subject),
  unique (user_id, issuer)
);

create table metadeck.oidc_request (
  state_hash bytea primary key,
  browser_hash bytea not null,
  provider_id bigint not null references metadeck.oidc_provider on delete cascade,
  nonce text not null,
  sealed_verifier text not null,
  next_path text not null,
  expires_at timestamptz not null
);
create index on metadeck.oidc_request (expires_at);
`
