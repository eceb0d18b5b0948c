import { sql } from 'kysely'

import type { Column } from '#api/contract/columns.ts'

import { auditMessage, auditWords } from './audit-message.ts'

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

/** The audit log as a table to search: one row a record, of what was done, refused or interrupted. What needs a join is looked up by a unique key. */
export const auditView = sql`
  select a.*, w.name as workspace, b.id as branch_id,
    case a.actor_kind when 'session' then a.actor_id else u.id end as user_id,
    case when u.email is null and a.actor_kind = 'session' then a.actor else u.email end as user_email,
    ${auditMessage} as msg
  from (${records}) as a
  cross join ${auditWords} as words
  left join metadeck.workspace w on w.id = a.workspace_id
  left join metadeck.access_token k on a.actor_kind = 'token' and k.id = a.actor_id
  left join metadeck."user" u on u.id = case a.actor_kind when 'session' then a.actor_id else k.created_by end
  left join metadeck.branch b on b.workspace_id = a.workspace_id and b.label = a.branch`
