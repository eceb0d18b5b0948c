import { type Kysely, sql } from 'kysely'

/**
 * The chain of audit records (docs/decisions/0014-audit-chain.md): each carries a number without gaps, the hash of the
 * one before and its own. Frozen in time: never imports application code.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(STATEMENTS).execute(db)
}

const STATEMENTS = `
alter table metadeck.audit_record
  add column person_id bigint,
  add column person_email text,
  add column outcome text not null default 'done' check (outcome in ('done', 'refused')),
  add column before jsonb,
  add column after jsonb,
  add column sequence bigint,
  add column previous_hash bytea,
  add column hash bytea;

-- Null and empty text differ, and no value can be shifted into the next one.
create function metadeck.audit_part(value text) returns text language sql immutable parallel safe
return coalesce(octet_length(convert_to(value, 'UTF8'))::text || ':' || value, '-') || ',';

create function metadeck.audit_hash(r metadeck.audit_record) returns bytea language sql immutable parallel safe
return sha256(convert_to('metadeck audit 1,'
  || metadeck.audit_part(r.sequence::text)
  || metadeck.audit_part(encode(r.previous_hash, 'hex'))
  || metadeck.audit_part(r.id::text)
  || metadeck.audit_part((extract(epoch from r.at) * 1000000)::bigint::text)
  || metadeck.audit_part(r.actor_kind)
  || metadeck.audit_part(r.actor_id::text)
  || metadeck.audit_part(r.actor_label)
  || metadeck.audit_part(r.person_id::text)
  || metadeck.audit_part(r.person_email)
  || metadeck.audit_part(r.workspace_id::text)
  || metadeck.audit_part(r.action)
  || metadeck.audit_part(r.outcome)
  || metadeck.audit_part(r.target::text)
  || metadeck.audit_part(r.before::text)
  || metadeck.audit_part(r.after::text)
  || metadeck.audit_part(r.detail::text)
  || metadeck.audit_part(r.address)
  || metadeck.audit_part(r.request_id), 'UTF8'));

do $$
declare
  r metadeck.audit_record;
  number bigint := 0;
  last bytea := decode(repeat('00', 32), 'hex');
begin
  for r in select * from metadeck.audit_record order by id loop
    number := number + 1;
    r.sequence := number;
    r.previous_hash := last;
    last := metadeck.audit_hash(r);
    update metadeck.audit_record set sequence = number, previous_hash = r.previous_hash, hash = last where id = r.id;
  end loop;
end $$;

alter table metadeck.audit_record
  alter column sequence set not null,
  alter column previous_hash set not null,
  alter column hash set not null,
  add constraint audit_record_sequence unique (sequence);

drop index metadeck.audit_record_workspace_id_at_idx;
create index audit_record_workspace on metadeck.audit_record (workspace_id, sequence);
create index audit_record_actor on metadeck.audit_record (actor_kind, actor_id, sequence);

-- Whoever appends holds the lock until its transaction ends; the next one then reads the record that it left.
create function metadeck.chain_audit_record() returns trigger language plpgsql as $$
declare
  last record;
begin
  perform pg_advisory_xact_lock(hashtextextended('metadeck.audit', 0));
  select sequence, hash into last from metadeck.audit_record
  where sequence is not null order by sequence desc limit 1;
  new.sequence := coalesce(last.sequence, 0) + 1;
  new.previous_hash := coalesce(last.hash, decode(repeat('00', 32), 'hex'));
  new.hash := metadeck.audit_hash(new);
  return new;
end $$;
create trigger chain before insert on metadeck.audit_record
  for each row execute function metadeck.chain_audit_record();

create function metadeck.keep_audit_record() returns trigger language plpgsql as $$
begin
  raise exception 'Audit records are neither changed nor deleted.' using errcode = 'insufficient_privilege';
end $$;
create trigger keep before update or delete or truncate on metadeck.audit_record
  for each statement execute function metadeck.keep_audit_record();
`
