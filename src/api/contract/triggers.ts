import { z } from 'zod'

import { constructFields, DOCUMENT_MAX_BYTES } from './construct-fields.ts'
import { constructEndpoints, documentOnly, TextQuery } from './constructs.ts'
import { Empty, endpoint, IdParam } from './endpoint.ts'
import { WorkspaceParams } from './workspaces.ts'

const BASE = '/api:meta/workspace/{workspace_id}'
const TriggerParams = WorkspaceParams.extend({ trigger_id: IdParam })
const flag = z.boolean().optional()

export const WorkspaceTrigger = z.object({
  ...constructFields,
  actions: z.object({ branch_live: flag, branch_merge: flag, branch_new: flag }).optional(),
})
export type WorkspaceTrigger = z.infer<typeof WorkspaceTrigger>

/** `table_id` is left out where the workspace no longer has the table. */
export const TableTrigger = z.object({
  ...constructFields,
  actions: z.object({ insert: flag, update: flag, delete: flag, truncate: flag }).optional(),
  table_id: z.number().int().optional(),
})
export type TableTrigger = z.infer<typeof TableTrigger>

/** The documented `agent_id` is not answered: there are no agents here. */
export const AgentTrigger = z.object(constructFields)
export type AgentTrigger = z.infer<typeof AgentTrigger>

/** The documented `mcp_server_id` is not answered: there are no MCP servers here. */
export const McpServerTrigger = z.object(constructFields)
export type McpServerTrigger = z.infer<typeof McpServerTrigger>

export const RealtimeTrigger = z.object({
  ...constructFields,
  actions: z.object({ message: flag, join: flag }).optional(),
})
export type RealtimeTrigger = z.infer<typeof RealtimeTrigger>

/** What the kinds of triggers have in common: no JSON form, ids called `trigger_id`. */
const shared = {
  idParam: 'trigger_id',
  place: WorkspaceParams,
  one: TriggerParams,
  create: documentOnly,
  update: documentOnly,
} as const

export const workspaceTriggers = constructEndpoints({
  ...shared,
  id: 'workspaceTrigger',
  noun: 'workspace trigger',
  nouns: 'workspace triggers',
  path: `${BASE}/trigger`,
  scope: 'workspace:function',
  item: WorkspaceTrigger,
})

export const tableTriggers = constructEndpoints({
  ...shared,
  id: 'tableTrigger',
  noun: 'table trigger',
  nouns: 'table triggers',
  path: `${BASE}/table/trigger`,
  scope: 'workspace:database',
  item: TableTrigger,
})

export const agentTriggers = constructEndpoints({
  ...shared,
  id: 'agentTrigger',
  noun: 'agent trigger',
  nouns: 'agent triggers',
  path: `${BASE}/agent/trigger`,
  scope: 'workspace:function',
  item: AgentTrigger,
})

export const mcpServerTriggers = constructEndpoints({
  ...shared,
  id: 'mcpServerTrigger',
  noun: 'MCP server trigger',
  nouns: 'MCP server triggers',
  path: `${BASE}/mcp_server/trigger`,
  scope: 'workspace:function',
  item: McpServerTrigger,
})

export const realtimeTriggers = constructEndpoints({
  ...shared,
  id: 'realtimeTrigger',
  noun: 'realtime trigger',
  nouns: 'realtime triggers',
  path: `${BASE}/realtime/channel/trigger`,
  scope: 'workspace:function',
  item: RealtimeTrigger,
})

const ALIAS = `${BASE}/realtime/trigger`

/** The same realtime triggers under the address that an editor extension uses. */
export const realtimeTriggerAliases = {
  create: endpoint({
    id: 'realtimeTriggerCreateAlt',
    summary: 'New realtime trigger in the live branch',
    method: 'POST',
    path: ALIAS,
    scope: 'workspace:function:create',
    changes: ['constructs'],
    params: WorkspaceParams,
    query: TextQuery,
    takesXanoScript: true,
    bodyLimitBytes: DOCUMENT_MAX_BYTES,
    reply: RealtimeTrigger,
  }),
  get: endpoint({
    id: 'realtimeTriggerGetAlt',
    summary: 'One realtime trigger',
    method: 'GET',
    path: `${ALIAS}/{trigger_id}`,
    scope: 'workspace:function:read',
    params: TriggerParams,
    query: TextQuery,
    reply: RealtimeTrigger,
  }),
  update: endpoint({
    id: 'realtimeTriggerUpdateAlt',
    summary: 'Change one realtime trigger',
    method: 'PUT',
    path: `${ALIAS}/{trigger_id}`,
    scope: 'workspace:function:update',
    changes: ['constructs'],
    params: TriggerParams,
    query: TextQuery,
    takesXanoScript: true,
    bodyLimitBytes: DOCUMENT_MAX_BYTES,
    reply: RealtimeTrigger,
  }),
  remove: endpoint({
    id: 'realtimeTriggerDeleteAlt',
    summary: 'Delete one realtime trigger',
    method: 'DELETE',
    path: `${ALIAS}/{trigger_id}`,
    scope: 'workspace:function:delete',
    changes: ['constructs'],
    params: TriggerParams,
    reply: Empty,
  }),
}
