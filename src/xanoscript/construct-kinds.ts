/**
 * Kinds of constructs that hold logic or settings of a branch, by their keyword. Tables, API groups, branches and
 * workspaces have documents of their own.
 */
export const CONSTRUCT_KINDS = [
  'query',
  'function',
  'task',
  'addon',
  'middleware',
  'workspace_trigger',
  'table_trigger',
  'realtime_trigger',
  'agent_trigger',
  'mcp_server_trigger',
  'realtime_channel',
] as const
export type ConstructKind = (typeof CONSTRUCT_KINDS)[number]

/** Methods of a query (`verb=`). */
export const QUERY_VERBS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD'] as const
export type QueryVerb = (typeof QUERY_VERBS)[number]
