import { sql } from 'kysely'

import type { Column } from '#api/contract/columns.ts'

/** A record with the names of what it points to. */
export interface AuditRow {
  id: number
  created_at: Date
  type: 'create' | 'update' | 'delete' | 'read' | 'export' | 'import' | 'login' | 'logout'
  msg: string
  obj_type: string | null
  obj_id: number | null
  user_id: number | null
  user_email: string | null
  workspace_id: number | null
  workspace: string | null
  branch_id: number | null
  branch: string | null
  detail: Record<string, unknown>
}

/** What can be searched and sorted by. */
export const AUDIT_COLUMNS: Column[] = [
  ...(['id', 'obj_id', 'user_id', 'workspace_id'] as const).map((name) => ({ name, type: 'int' as const })),
  ...(['created_at', 'updated_at'] as const).map((name) => ({ name, type: 'timestamp' as const })),
  ...(['type', 'action', 'msg', 'actor', 'obj_type', 'user_email', 'branch'] as const).map((name) => ({
    name,
    type: 'text' as const,
  })),
]

/** Operations that end in a session, or in the second step of a sign-in. */
const SIGN_INS = 'sessionCreate signInStepFinish signInTotpConfirm signInPasskeyFinish passkeySignIn oidcFinish'.split(
  ' ',
)

/** `offset 0` keeps the type from being worked out again wherever it is used. */
const records = sql`
  select r.id, r.at as created_at, r.at as updated_at, r.action, r.actor_kind, r.actor_id, r.actor_label as actor,
    r.sequence, r.hash, r.previous_hash, r.outcome, r.person_id, r.person_email, r.before, r.after, r.address,
    r.request_id, r.target, r.workspace_id, r.detail, r.target ->> 'kind' as obj_type, r.target ->> 'name' as obj_name,
    case when r.target ->> 'id' ~ '^[0-9]{1,15}$' then (r.target ->> 'id')::bigint end as obj_id,
    case r.target ->> 'kind' when 'branch' then r.target ->> 'name' else r.target ->> 'branch' end as branch, kind.type
  from metadeck.audit_record r
  cross join lateral (select
    case
      when r.action = any (${SIGN_INS}) then 'login'
      when r.action = 'sessionDelete' then 'logout'
      when r.action ~ '^workspaceExport' or r.action in ('auditExport', 'backupDownload') then 'export'
      when r.action ~ '^workspaceImport' then 'import'
      when r.detail ->> 'isReading' = 'true' then 'read'
      when r.action ~ '(Delete|Truncate|Revoke)$' then 'delete'
      when r.action ~ '(Create|Duplicate|Upload|Complete)$|^(schema|index)Add' then 'create'
      else 'update'
    end as type offset 0) as kind`

/** A column or an index that comes or goes changes its table; only the table's own operations make and delete it. */
const isOfAPart = sql`a.obj_type is null or (a.obj_type in ('table', 'workspace') and strpos(a.action, a.obj_type) <> 1)`

const subject = sql`case
    when a.obj_type = 'rows' then concat('rows of table "', a.obj_name, '"')
    when a.obj_type = 'row' then concat('row ', a.obj_id, ' of table "', a.obj_name, '"')
    when a.obj_name is not null then concat(replace(a.obj_type, '_', ' '), ' "', a.obj_name, '"')
    when a.obj_type is not null then concat(replace(a.obj_type, '_', ' '), ' ', a.obj_id)
    when a.workspace_id is not null then concat('workspace ', a.workspace_id)
    else 'the instance'
  end`

/** How often, for a record that stands for several calls which were only counted. */
const counted = sql`a.detail ->> 'count'`

const refusal = sql`case
    when a.action = 'callsRefused' then concat(${counted}, ' more calls from ', a.address, ' were refused')
    when a.type = 'login' then concat('a sign-in for ', coalesce(a.obj_name, 'an unknown account'), ' failed (', a.action, ')')
    when a.actor_kind = 'system' then concat('a caller who is not signed in was refused (', a.action, ')')
    else concat(a.actor, ' was refused (', a.action, ')')
  end`

/** Of the thing there is only what the address of the operation told. */
const interruption = sql`concat(
    case when a.actor_kind = 'system' then 'a caller who is not signed in' else a.actor end, ' began ', a.action,
    case when a.obj_id is not null then concat(' on ', replace(a.obj_type, '_', ' '), ' ', a.obj_id) end,
    '; it is not known whether it took effect')`

const verb = sql`case
    when ${isOfAPart} then 'changed'
    when a.type = 'create' then 'created'
    when a.type = 'delete' then 'deleted'
    when a.action = 'backupDownload' then 'downloaded'
    when a.type = 'export' then 'exported'
    when a.type = 'import' then 'imported'
    else 'changed'
  end`

/** The audit log as a table to search: one row a record, of what was done, refused or interrupted. What needs a join is looked up by a unique key. */
export const auditView = sql`
  select a.*, w.name as workspace, b.id as branch_id,
    case a.actor_kind when 'session' then a.actor_id else u.id end as user_id,
    case when u.email is null and a.actor_kind = 'session' then a.actor else u.email end as user_email,
    case
      when a.outcome = 'refused' then ${refusal}
      when a.outcome = 'interrupted' then ${interruption}
      when a.type = 'login' and a.detail ->> 'needs' is not null
        then concat(a.obj_name, ' began to sign in and needs a second step (', a.action, ')')
      when a.type = 'login' then concat(a.actor, ' signed in (', a.action, ')')
      when a.type = 'logout' then concat(a.actor, ' signed out (', a.action, ')')
      else concat(${subject}, case a.obj_type when 'rows' then ' were ' else ' was ' end, ${verb}, ' by ', a.actor, ' (', a.action, ')')
    end as msg
  from (${records}) as a
  left join metadeck.workspace w on w.id = a.workspace_id
  left join metadeck.access_token k on a.actor_kind = 'token' and k.id = a.actor_id
  left join metadeck."user" u on u.id = case a.actor_kind when 'session' then a.actor_id else k.created_by end
  left join metadeck.branch b on b.workspace_id = a.workspace_id and b.label = a.branch`
