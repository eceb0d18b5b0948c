import { z } from 'zod'

import { Empty, endpoint } from './endpoint.ts'
import { pageFull, PageQuery } from './paging.ts'
import { TableParams } from './tables.ts'

/** One row; keys are column names. Timestamps are epoch milliseconds, passwords never come back. */
export const Row = z.record(z.string(), z.unknown())
export type Row = z.infer<typeof Row>

/** Primary key as text: a whole number or a uuid. */
export const ContentParams = TableParams.extend({ content_id: z.string().min(1).max(100) })

/**
 * `column`, `column|op` or `column|op|or` → value; an array joins its entries with AND
 * (`contract/README.md`, Search language).
 */
export const SearchFilter = z.union([z.array(z.record(z.string(), z.unknown())), z.record(z.string(), z.unknown())])
export type SearchFilter = z.infer<typeof SearchFilter>

const Direction = z.enum(['asc', 'desc'])

/** An object for one key, an array of one-key objects for several. */
export const SortSpec = z.union([z.array(z.record(z.string(), Direction)), z.record(z.string(), Direction)])
export type SortSpec = z.infer<typeof SortSpec>

export const RowPage = pageFull(Row)
export type RowPage = z.infer<typeof RowPage>

export const SearchContent = z.strictObject({
  ...PageQuery.shape,
  sort: SortSpec.nullish(),
  search: SearchFilter.nullish(),
})
export type SearchContent = z.input<typeof SearchContent>

export const listContent = endpoint({
  id: 'contentList',
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
  method: 'POST',
  path: '/api:meta/workspace/{workspace_id}/table/{table_id}/content/bulk',
  scope: 'workspace:content:create',
  changes: ['content'],
  bodyLimitBytes: 67_108_864,
  params: TableParams,
  body: z.strictObject({ items: z.array(Row), allow_id_field: z.boolean().default(false) }),
  reply: z.array(z.union([z.number().int(), z.string()])),
  dataSource: true,
})

export const searchContent = endpoint({
  id: 'contentSearch',
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

/** `reset` starts the id counter at 1 again. */
export const truncateContent = endpoint({
  id: 'contentTruncate',
  method: 'DELETE',
  path: '/api:meta/workspace/{workspace_id}/table/{table_id}/truncate',
  scope: 'workspace:content:delete',
  changes: ['content'],
  params: TableParams,
  body: z.strictObject({ reset: z.boolean() }),
  reply: Empty,
  dataSource: true,
})
