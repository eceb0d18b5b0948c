import { type RawBuilder, sql } from 'kysely'

import type { AuditLogItem, AuditLogPage, SearchAuditLog } from '#api/contract/audit-log.ts'
import { metaTime } from '#api/contract/names.ts'
import { hasScope } from '#api/contract/scopes.ts'

import { type Caller, hasRole } from '../../caller.ts'
import type { Db } from '../../db/connection.ts'
import { parseSearch } from '../../tables/search/parse-search.ts'
import { searchSql } from '../../tables/search/search-sql.ts'
import { sortSql } from '../../tables/search/sort-sql.ts'
import { AUDIT_COLUMNS, type AuditRow, auditView } from './audit-view.ts'

type Condition = RawBuilder<unknown>

/** Records of one workspace. */
export function ofWorkspace(workspaceId: number): Condition {
  return sql`t.workspace_id = ${workspaceId}`
}

/**
 * Records that the caller may see: of the workspaces in its reach, and always what it did itself. What concerns the whole
 * instance, such as sign-ins, is for owners and admins.
 */
export function inReach(caller: Caller): Condition {
  const own = doneBy(caller)
  if (!hasScope(caller.scopes, 'workspace:log:read')) return own
  if (caller.workspaces !== 'all') return sql`(t.workspace_id = any (${caller.workspaces}::bigint[]) or ${own})`
  return hasRole(caller, 'admin') ? sql`true` : sql`(t.workspace_id is not null or ${own})`
}

function doneBy({ kind, id }: Caller): Condition {
  return sql`(t.actor_kind = ${kind} and t.actor_id = ${id})`
}

/** One page of the records that match, with exact totals; newest first unless sorted otherwise. */
export async function pageAuditLog(db: Db, reach: Condition, query: SearchAuditLog, now: Date): Promise<AuditLogPage> {
  const definition = { columns: AUDIT_COLUMNS }
  const found = searchSql(parseSearch(definition, query.search ?? [], now))
  // The Metadata API tells of writes; what was refused is the console's.
  const done = sql`t.outcome = 'done' and ${reach}`
  const where = found === undefined ? done : sql`${done} and ${found}`
  const sorted = sortSql(definition, query.sort ?? [])
  const order = sorted === undefined ? sql`t.id desc` : sql`${sorted}, t.id desc`
  const source = sql`from (${auditView}) as t where ${where}`
  const offset = (query.page - 1) * query.per_page
  const { rows } = await sql<AuditRow>`
    select t.* ${source} order by ${order} limit ${query.per_page} offset ${offset}`.execute(db)
  const counted = await sql<{ total: number }>`select count(*) as total ${source}`.execute(db)
  const total = counted.rows[0]?.total ?? 0
  const pageTotal = Math.ceil(total / query.per_page)
  return {
    itemsReceived: rows.length,
    curPage: query.page,
    nextPage: query.page < pageTotal ? query.page + 1 : null,
    prevPage: query.page > 1 ? query.page - 1 : null,
    offset,
    perPage: query.per_page,
    itemsTotal: total,
    pageTotal,
    items: rows.map((row) => toItem(row, query.include_data)),
  }
}

function toItem(row: AuditRow, hasData: boolean): AuditLogItem {
  const at = metaTime(row.created_at)
  const { obj_type: type, obj_id: objectId, user_id: userId, workspace_id: workspaceId } = row
  return {
    id: row.id,
    created_at: at,
    updated_at: at,
    type: row.type,
    msg: row.msg,
    label: [],
    ...(hasData ? { data: row.detail } : {}),
    ...(type === null ? {} : { obj: { type, ...(objectId === null ? {} : { id: objectId }) } }),
    user: userId === null ? null : { id: userId, email: row.user_email },
    workspace: workspaceId === null ? null : { id: workspaceId, ...nameOf(row) },
    branch:
      row.branch === null ? null : { label: row.branch, ...(row.branch_id === null ? {} : { id: row.branch_id }) },
  }
}

function nameOf({ workspace: name }: AuditRow): { name?: string } {
  return name === null ? {} : { name }
}
