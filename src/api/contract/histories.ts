import { z } from 'zod'

import { SearchFilter, SortSpec } from './content.ts'
import { endpoint, QueryBoolean } from './endpoint.ts'
import { MetaTime } from './names.ts'
import { wholeNumber } from './numbers.ts'
import { HISTORY_PER_PAGE_MAX, PageQuery, pageSimple, PER_PAGE_DEFAULT } from './paging.ts'
import { WorkspaceParams } from './workspaces.ts'

/** What a history is of: calls of endpoints, runs of functions, tasks, middleware, tools and triggers. */
type HistoryKind = 'request' | 'function' | 'task' | 'middleware' | 'tool' | 'trigger'

const PAGE_MAX = 1_000_000_000

/** Entries a page, as text in a query and as a number in a body. */
const perPageInQuery = wholeNumber(1, HISTORY_PER_PAGE_MAX).default(PER_PAGE_DEFAULT)
const perPageInBody = z.number().int().min(1).max(HISTORY_PER_PAGE_MAX).default(PER_PAGE_DEFAULT)

/** The construct to show the runs of; 0 or empty = all of them. */
const idInQuery = z.preprocess((sent) => (sent === '' ? 0 : sent), wholeNumber(0)).default(0)
const idInBody = z.number().int().min(0).nullish()
/** Label of a branch; empty = the live one. In the body of a search null = all branches. */
const branchInQuery = z.string().default('')
const branchInBody = z.string().nullable().default('')

/** What every history tells of a run. What a kind has none of is left out. */
const run = {
  id: z.number().int(),
  created_at: MetaTime.optional(),
  /** Seconds. */
  duration: z.number().optional(),
  /** Where it was larger than 64 KB: `{note}` in its place. */
  input: z.unknown(),
  /** With `include_output` only; bounded as the input. */
  output: z.unknown().optional(),
  workspace_id: z.number().int().optional(),
}
const branch = { branch: z.string().optional() }
const id = z.number().int().optional()

export const RequestHistoryItem = z.object({
  ...run,
  /** HTTP status of the answer. */
  status: id,
  verb: z.string().optional(),
  uri: z.string().optional(),
  /** `Name: value` each; values that hold credentials are masked. */
  request_headers: z.array(z.string()).optional(),
  response_headers: z.array(z.string()).optional(),
  branch_id: id,
  ...branch,
  /** Id of the API group. */
  api_id: id,
  /** Id of the endpoint. */
  query_id: id,
  /** Bytes, as they were before anything was left out. */
  input_size: id,
  output_size: id,
})
export const FunctionHistoryItem = z.object({ ...run, ...branch, function_id: id, query_id: id, task_id: id })
export const TaskHistoryItem = z.object({ ...run, ...branch, task_id: id })
export const MiddlewareHistoryItem = z.object({
  ...run,
  ...branch,
  middleware_id: id,
  query_id: id,
  function_id: id,
  task_id: id,
})
export const ToolHistoryItem = z.object({ ...run, ...branch, tool_id: id })
export const TriggerHistoryItem = z.object({ ...run, trigger_id: id })

function listOf<Filters extends z.ZodRawShape, Item extends z.ZodObject>(
  kind: HistoryKind,
  filters: Filters,
  item: Item,
) {
  return endpoint({
    id: `${kind}HistoryList`,
    summary: `List the ${kind} history`,
    method: 'GET',
    path: `/api:meta/workspace/{workspace_id}/${kind}_history`,
    scope: 'workspace:requesthistory:read',
    params: WorkspaceParams,
    query: PageQuery.extend({ per_page: perPageInQuery, include_output: QueryBoolean }).extend(filters),
    reply: pageSimple(item),
  })
}

/**
 * Keys of `search` and `sort`: `id`, `created_at` (epoch milliseconds), `duration` (seconds), `status`, and the other
 * text and ids of an item. Newest first where nothing else is said.
 */
function searchOf<Filters extends z.ZodRawShape, Item extends z.ZodObject>(
  kind: HistoryKind,
  filters: Filters,
  item: Item,
) {
  return endpoint({
    id: `${kind}HistorySearch`,
    summary: `Search the ${kind} history`,
    method: 'POST',
    path: `/api:meta/workspace/{workspace_id}/${kind}_history/search`,
    scope: 'workspace:requesthistory:read',
    audited: false,
    params: WorkspaceParams,
    body: z.strictObject({
      page: z.number().int().min(1).max(PAGE_MAX).default(1),
      per_page: perPageInBody,
      search: SearchFilter.nullish(),
      sort: SortSpec.nullish(),
      include_output: z.boolean().default(false),
      ...filters,
    }),
    bodyOptional: true,
    reply: pageSimple(item),
  })
}

export const listRequestHistory = listOf(
  'request',
  { branch: branchInQuery, apigroup_id: idInQuery, query_id: idInQuery },
  RequestHistoryItem,
)
export const searchRequestHistory = searchOf(
  'request',
  { branch: branchInBody, apigroup_id: idInBody, query_id: idInBody },
  RequestHistoryItem,
)

export const listFunctionHistory = listOf(
  'function',
  { branch: branchInQuery, function_id: idInQuery },
  FunctionHistoryItem,
)
export const searchFunctionHistory = searchOf(
  'function',
  { branch: branchInBody, function_id: idInBody },
  FunctionHistoryItem,
)

export const listTaskHistory = listOf('task', { branch: branchInQuery, task_id: idInQuery }, TaskHistoryItem)
export const searchTaskHistory = searchOf('task', { branch: branchInBody, task_id: idInBody }, TaskHistoryItem)

export const listMiddlewareHistory = listOf(
  'middleware',
  { branch: branchInQuery, middleware_id: idInQuery },
  MiddlewareHistoryItem,
)
export const searchMiddlewareHistory = searchOf(
  'middleware',
  { branch: branchInBody, middleware_id: idInBody, query_id: idInBody, function_id: idInBody, task_id: idInBody },
  MiddlewareHistoryItem,
)

export const listToolHistory = listOf('tool', { branch: branchInQuery, tool_id: idInQuery }, ToolHistoryItem)
export const searchToolHistory = searchOf('tool', { branch: branchInBody, tool_id: idInBody }, ToolHistoryItem)

export const listTriggerHistory = listOf('trigger', { trigger_id: idInQuery }, TriggerHistoryItem)
export const searchTriggerHistory = searchOf('trigger', { trigger_id: idInBody }, TriggerHistoryItem)
