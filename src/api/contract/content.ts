import { z } from 'zod'

import { Empty, endpoint } from './endpoint.ts'
import { dictionary, list } from './list.ts'
import { PER_PAGE_DEFAULT, PER_PAGE_MAX, pageFull, PageQuery } from './paging.ts'
import { TableParams } from './tables.ts'

/** One row; keys are column names. Timestamps are epoch milliseconds, passwords never come back. */
export type Row = Record<string, unknown>
/** A check and no copy: pages and bulks hold thousands of rows, and the columns judge their values. */
export const Row = z
  .custom<Row>((value) => typeof value === 'object' && value !== null && !Array.isArray(value), 'must be an object')
  .meta({ type: 'object', additionalProperties: true })

/** Primary key as text: a whole number or a uuid. */
export const ContentParams = TableParams.extend({ content_id: z.string().min(1).max(100) })

/** More conditions in one list than anybody writes, and fewer than a statement may have values. */
const CONDITIONS_MAX = 10_000
/** A table has at most 1,500 columns. */
const SORT_KEYS_MAX = 2_000

/**
 * `column`, `column|op` or `column|op|or` → value; an array joins its entries with AND. The second form is
 * `{"expression": [{"statement": {"left": {"operand": "t.c"}, "op": ">", "right": {"operand": 5}}}]}`.
 */
export const SearchFilter = z.union([
  list(z.record(z.string(), z.unknown())).max(CONDITIONS_MAX),
  z.record(z.string(), z.unknown()),
])
export type SearchFilter = z.infer<typeof SearchFilter>

const Direction = z.enum(['asc', 'desc'])

/** An object for one key, an array of one-key objects for several. */
export const SortSpec = z.union([list(dictionary(Direction)).max(SORT_KEYS_MAX), dictionary(Direction)])
export type SortSpec = z.infer<typeof SortSpec>

export const RowPage = pageFull(Row)
export type RowPage = z.infer<typeof RowPage>

/** `page` and `per_page` in a body: numbers there, not text. */
const BodyPaging = z.object({
  page: z.number().int().min(1).max(1_000_000_000).default(1),
  per_page: z.number().int().min(1).max(PER_PAGE_MAX).default(PER_PAGE_DEFAULT),
})

export const SearchContent = z.strictObject({
  ...BodyPaging.shape,
  sort: SortSpec.nullish(),
  search: SearchFilter.nullish(),
})
export type SearchContent = z.input<typeof SearchContent>

/** What an operation on many rows did. All or nothing, so `error` is always empty. */
export const BulkResult = z.object({
  success: z.array(z.string()),
  success_total: z.number().int(),
  error: z.array(z.string()),
})
export type BulkResult = z.infer<typeof BulkResult>

const BULK_LIMIT_BYTES = 67_108_864
/** Rows in one call: more than ten times as many as ever were worth it. */
const BULK_MAX = 2_000_000
/** Ids of the new rows in order: whole numbers, as text beyond 2^53, or uuids. No copy: there may be 100,000. */
const NewIds = z
  .custom<(number | string)[]>(Array.isArray)
  .meta({ type: 'array', items: { oneOf: [{ type: 'integer', format: 'int64' }, { type: 'string' }] } })
const RowIdInput = z.union([z.number().int(), z.string().min(1).max(100)])

export const listContent = endpoint({
  id: 'contentList',
  summary: 'List rows',
  method: 'GET',
  path: '/api:meta/workspace/{workspace_id}/table/{table_id}/content',
  scope: 'workspace:content:read',
  params: TableParams,
  query: PageQuery,
  reply: RowPage,
  dataSource: true,
})

export const createContent = endpoint({
  id: 'contentCreate',
  summary: 'Add a row',
  method: 'POST',
  path: '/api:meta/workspace/{workspace_id}/table/{table_id}/content',
  scope: 'workspace:content:create',
  changes: ['content'],
  params: TableParams,
  body: Row,
  reply: Row,
  dataSource: true,
})

export const getContent = endpoint({
  id: 'contentGet',
  summary: 'Read one row',
  method: 'GET',
  path: '/api:meta/workspace/{workspace_id}/table/{table_id}/content/{content_id}',
  scope: 'workspace:content:read',
  params: ContentParams,
  reply: Row,
  dataSource: true,
})

/** What is not sent stays. */
export const updateContent = endpoint({
  id: 'contentUpdate',
  summary: 'Change a row',
  method: 'PUT',
  path: '/api:meta/workspace/{workspace_id}/table/{table_id}/content/{content_id}',
  scope: 'workspace:content:update',
  changes: ['content'],
  params: ContentParams,
  body: Row,
  reply: Row,
  dataSource: true,
})

export const deleteContent = endpoint({
  id: 'contentDelete',
  summary: 'Delete a row',
  method: 'DELETE',
  path: '/api:meta/workspace/{workspace_id}/table/{table_id}/content/{content_id}',
  scope: 'workspace:content:delete',
  changes: ['content'],
  params: ContentParams,
  reply: Empty,
  dataSource: true,
})

/** All or nothing. Answers the ids of the new rows in order. */
export const bulkCreateContent = endpoint({
  id: 'contentBulkCreate',
  summary: 'Add many rows',
  method: 'POST',
  path: '/api:meta/workspace/{workspace_id}/table/{table_id}/content/bulk',
  scope: 'workspace:content:create',
  changes: ['content'],
  bodyLimitBytes: BULK_LIMIT_BYTES,
  params: TableParams,
  body: z.strictObject({ items: list(Row).max(BULK_MAX), allow_id_field: z.boolean().default(false) }),
  reply: NewIds,
  dataSource: true,
})

/** All or nothing: an unknown `row_id` is 404 and changes nothing. Columns that an item leaves out stay. */
export const bulkPatchContent = endpoint({
  id: 'contentBulkPatch',
  summary: 'Change many rows by their ids',
  method: 'POST',
  path: '/api:meta/workspace/{workspace_id}/table/{table_id}/content/bulk/patch',
  scope: 'workspace:content:update',
  changes: ['content'],
  bodyLimitBytes: BULK_LIMIT_BYTES,
  params: TableParams,
  body: z.strictObject({ items: list(z.strictObject({ row_id: RowIdInput, updates: Row.optional() })).max(BULK_MAX) }),
  reply: BulkResult,
  dataSource: true,
})

/** All or nothing: an unknown id is 404 and deletes nothing. */
export const bulkDeleteContent = endpoint({
  id: 'contentBulkDelete',
  summary: 'Delete many rows by their ids',
  method: 'POST',
  path: '/api:meta/workspace/{workspace_id}/table/{table_id}/content/bulk/delete',
  scope: 'workspace:content:delete',
  changes: ['content'],
  bodyLimitBytes: BULK_LIMIT_BYTES,
  params: TableParams,
  body: z.strictObject({ row_ids: list(RowIdInput).max(BULK_MAX).optional() }),
  reply: BulkResult,
  dataSource: true,
})

export const searchContent = endpoint({
  id: 'contentSearch',
  summary: 'Find rows',
  method: 'POST',
  path: '/api:meta/workspace/{workspace_id}/table/{table_id}/content/search',
  scope: 'workspace:content:read',
  audited: false,
  params: TableParams,
  body: SearchContent,
  bodyOptional: true,
  reply: RowPage,
  dataSource: true,
})

/** Every row that matches gets the same values. An empty search is refused: it would change every row. */
export const searchPatchContent = endpoint({
  id: 'contentSearchPatch',
  summary: 'Change every row that matches',
  method: 'POST',
  path: '/api:meta/workspace/{workspace_id}/table/{table_id}/content/search/patch',
  scope: 'workspace:content:update',
  changes: ['content'],
  params: TableParams,
  body: z.strictObject({ search: SearchFilter.nullish(), updates: Row.optional() }),
  reply: BulkResult,
  dataSource: true,
})

/** An empty search is refused: it would delete every row. */
export const searchDeleteContent = endpoint({
  id: 'contentSearchDelete',
  summary: 'Delete every row that matches',
  method: 'POST',
  path: '/api:meta/workspace/{workspace_id}/table/{table_id}/content/search/delete',
  scope: 'workspace:content:delete',
  changes: ['content'],
  params: TableParams,
  body: z.strictObject({ search: SearchFilter.nullish() }),
  reply: BulkResult,
  dataSource: true,
})

/** `reset` starts the id counter at 1 again. */
export const truncateContent = endpoint({
  id: 'contentTruncate',
  summary: 'Delete all rows of a table',
  method: 'DELETE',
  path: '/api:meta/workspace/{workspace_id}/table/{table_id}/truncate',
  scope: 'workspace:content:delete',
  changes: ['content'],
  params: TableParams,
  body: z.strictObject({ reset: z.boolean() }),
  reply: Empty,
  dataSource: true,
})
