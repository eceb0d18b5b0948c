import { sql } from 'kysely'

import type { Column } from '#api/contract/columns.ts'
import type { SearchFilter, SortSpec } from '#api/contract/content.ts'
import { metaTime } from '#api/contract/names.ts'

import type { Db } from '../../db/connection.ts'
import type { HistoryKind } from '../../db/tables.ts'
import { parseSearch } from '../../tables/search/parse-search.ts'
import { searchSql } from '../../tables/search/search-sql.ts'
import { sortSql } from '../../tables/search/sort-sql.ts'

/** Ids a history can be cut to, as the API calls them, and their columns. */
const ID_FILTERS = {
  apigroup_id: 'api_group_id',
  query_id: 'query_id',
  function_id: 'function_id',
  task_id: 'task_id',
  middleware_id: 'middleware_id',
  tool_id: 'tool_id',
  trigger_id: 'trigger_id',
} as const
type IdFilter = keyof typeof ID_FILTERS

/** What the lists and searches of all kinds ask; each kind's schema takes its part of it. */
export interface HistoryQuery extends Partial<Record<IdFilter, number | null | undefined>> {
  page: number
  per_page: number
  include_output: boolean
  search?: SearchFilter | null | undefined
  sort?: SortSpec | null | undefined
}

/** Whose history: `branchId` null = of all branches. By its id, so that a new label of a branch hides nothing. */
export interface HistoryPlace {
  workspaceId: number
  kind: HistoryKind
  branchId: number | null
}

const column = (type: Column['type'], names: readonly string[]): Column[] => names.map((name) => ({ name, type }))

/** What can be searched and sorted by. */
const COLUMNS: Column[] = [
  ...column('int', ['id', 'status', 'branch_id', 'api_id', 'input_size', 'output_size', ...Object.keys(ID_FILTERS)]),
  ...column('timestamp', ['created_at']),
  ...column('decimal', ['duration']),
  ...column('text', ['branch', 'verb', 'uri']),
]

type Item = Record<string, unknown>

/** One page of a history, newest first unless sorted otherwise, and whether there is more. */
export async function pageHistory(
  db: Db,
  { workspaceId, kind, branchId }: HistoryPlace,
  query: HistoryQuery,
  now: Date,
): Promise<{ items: Item[]; hasMore: boolean }> {
  const definition = { columns: COLUMNS }
  const conditions = [
    branchId === null ? undefined : sql`t.branch_id = ${branchId}`,
    ...Object.keys(ID_FILTERS).map((name) => {
      const id = query[name as IdFilter] ?? 0
      return id === 0 ? undefined : sql`${sql.id('t', name)} = ${id}`
    }),
    searchSql(parseSearch(definition, query.search ?? [], now)),
  ].filter((condition) => condition !== undefined)
  const where = conditions.length === 0 ? sql`` : sql`where ${sql.join(conditions, sql` and `)}`
  const order = sortSql(definition, query.sort ?? []) ?? sql`t.created_at desc`
  const output = query.include_output ? sql`output` : sql`null as output`
  const { rows } = await sql<Item & { created_at: Date }>`
    select * from (
      select id, created_at, duration::numeric as duration, workspace_id, branch_id, branch, status, verb, uri,
        request_headers, response_headers, input, ${output}, input_size, output_size,
        api_group_id as api_id, ${sql.join(Object.entries(ID_FILTERS).map(([name, from]) => sql`${sql.id(from)} as ${sql.id(name)}`))}
      from metadeck.history
      where workspace_id = ${workspaceId} and kind = ${kind}
    ) as t ${where} order by ${order}, t.id desc
    limit ${query.per_page + 1} offset ${(query.page - 1) * query.per_page}`.execute(db)
  return {
    items: rows.slice(0, query.per_page).map((row) => toItem(row, query.include_output)),
    hasMore: rows.length > query.per_page,
  }
}

/** An entry with all it has; the reply's schema keeps what the kind shows. */
function toItem({ created_at: at, input, output, ...row }: Item & { created_at: Date }, hasOutput: boolean): Item {
  const said = Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null))
  return { ...said, created_at: metaTime(at), input, ...(hasOutput ? { output } : {}) }
}
