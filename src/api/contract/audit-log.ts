import { z } from 'zod'

import { SearchFilter, SortSpec } from './content.ts'
import { endpoint, QueryBoolean } from './endpoint.ts'
import { MetaTime } from './names.ts'
import { pageFull, PageQuery, PER_PAGE_DEFAULT, PER_PAGE_MAX } from './paging.ts'
import { WorkspaceParams } from './workspaces.ts'

/** What kind of write a record is of; said by the operation's name. `read`: a reading that was refused. */
export const AuditType = z.enum(['create', 'update', 'delete', 'read', 'export', 'import', 'login', 'logout'])

/** One write, as the audit log tells it. Never rows, never secrets. */
export const AuditLogItem = z.object({
  id: z.number().int(),
  created_at: MetaTime.optional(),
  /** The same as `created_at`: records do not change. */
  updated_at: MetaTime.optional(),
  type: AuditType.optional(),
  /** `table "orders" was changed by ann@example.com (tableUpdate)`; in parentheses the operation's id. */
  msg: z.string().optional(),
  /** Always empty here. */
  label: z.array(z.string()).optional(),
  /** With `include_data` only: what else the write noted, such as the names of changed fields. */
  data: z.unknown().optional(),
  /** What was touched; absent where the write touched several things. `id` is absent where it is no number. */
  obj: z.object({ type: z.string().optional(), id: z.number().int().optional() }).optional(),
  /** Who did it. For a token the person who made it; null where nobody is known. */
  user: z.object({ id: z.number().int(), email: z.string().nullable() }).nullable().optional(),
  /** `name` is absent once the workspace is deleted. */
  workspace: z.object({ id: z.number().int(), name: z.string().optional() }).nullable().optional(),
  /** `id` is absent once the branch is deleted. */
  branch: z.object({ id: z.number().int().optional(), label: z.string() }).nullable().optional(),
})
export type AuditLogItem = z.infer<typeof AuditLogItem>

export const AuditLogPage = pageFull(AuditLogItem)
export type AuditLogPage = z.infer<typeof AuditLogPage>

const ListAuditLog = PageQuery.extend({ include_data: QueryBoolean })

/**
 * Keys of `search` and `sort`: `id`, `created_at` and `updated_at` (epoch milliseconds), `type`, `action` (the
 * operation's id), `msg`, `actor` (e-mail address, or name and last four of a token), `obj_type`, `obj_id`, `user_id`,
 * `user_email`, `workspace_id`, `branch`. Newest first where nothing else is said.
 */
export const SearchAuditLog = z.strictObject({
  page: z.number().int().min(1).max(1_000_000_000).default(1),
  per_page: z.number().int().min(1).max(PER_PAGE_MAX).default(PER_PAGE_DEFAULT),
  include_data: z.boolean().default(false),
  sort: SortSpec.nullish(),
  search: SearchFilter.nullish(),
})
export type SearchAuditLog = z.output<typeof SearchAuditLog>

/**
 * Records of the workspaces in the caller's reach, and what it did itself; owners and admins who reach all of them, and
 * their tokens, also see those of no workspace, such as sign-ins. The documentation names no scope. Without
 * `workspace:log:read` a caller sees what it did itself, and nothing else.
 */
export const listAuditLog = endpoint({
  id: 'auditLogList',
  summary: 'List the audit log',
  method: 'GET',
  path: '/api:meta/audit_log',
  scope: 'any',
  query: ListAuditLog,
  reply: AuditLogPage,
})

/** Searches what `listAuditLog` lists. */
export const searchAuditLog = endpoint({
  id: 'auditLogSearch',
  summary: 'Search the audit log',
  method: 'POST',
  path: '/api:meta/audit_log/search',
  scope: 'any',
  audited: false,
  body: SearchAuditLog,
  bodyOptional: true,
  reply: AuditLogPage,
})

export const listWorkspaceAuditLog = endpoint({
  id: 'workspaceAuditLogList',
  summary: 'List the audit log of a workspace',
  method: 'GET',
  path: '/api:meta/workspace/{workspace_id}/audit_log',
  scope: 'workspace:log:read',
  params: WorkspaceParams,
  query: ListAuditLog,
  reply: AuditLogPage,
})

export const searchWorkspaceAuditLog = endpoint({
  id: 'workspaceAuditLogSearch',
  summary: 'Search the audit log of a workspace',
  method: 'POST',
  path: '/api:meta/workspace/{workspace_id}/audit_log/search',
  scope: 'workspace:log:read',
  audited: false,
  params: WorkspaceParams,
  body: SearchAuditLog,
  bodyOptional: true,
  reply: AuditLogPage,
})
