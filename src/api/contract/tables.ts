import { z } from 'zod'

import { Column, ColumnType, Index, IndexField } from './columns.ts'
import { Empty, endpoint, IdParam, QueryBoolean } from './endpoint.ts'
import { Identifier, MetaTime } from './names.ts'
import { ListQuery, pageSimple } from './paging.ts'
import { WorkspaceParams } from './workspaces.ts'

export const TableParams = WorkspaceParams.extend({ table_id: IdParam })

const Tags = z.array(z.string().max(200)).max(100)
const Autocomplete = z.array(z.strictObject({ name: z.string() }))

export const Table = z.object({
  id: z.number().int(),
  created_at: MetaTime.optional(),
  updated_at: MetaTime.optional(),
  name: z.string(),
  description: z.string().optional(),
  docs: z.string().optional(),
  guid: z.string().optional(),
  auth: z.boolean().optional(),
  tag: z.array(z.string()).optional(),
})
export type Table = z.infer<typeof Table>

const tableFields = {
  description: z.string().max(10_000).optional(),
  docs: z.string().max(1_000_000).optional(),
  auth: z.boolean().nullish(),
  guid: z.string().max(200).nullish(),
  schema: z.array(Column).max(1_500).nullish(),
  index: z.array(Index).max(500).nullish(),
  tag: Tags.nullish(),
  autocomplete: Autocomplete.nullish(),
}

/** Without `schema` a table gets `id` (int) and `created_at` (timestamp, default now). */
export const CreateTable = z.strictObject({ name: Identifier, ...tableFields })
export type CreateTable = z.infer<typeof CreateTable>

export const UpdateTable = z.strictObject({ name: Identifier.optional(), ...tableFields })
export type UpdateTable = z.infer<typeof UpdateTable>

const ReadQuery = z.object({ include_xanoscript: QueryBoolean })
const WriteQuery = ReadQuery.extend({ branch: z.string().default('') })

export const listTables = endpoint({
  id: 'tableList',
  method: 'GET',
  path: '/api:meta/workspace/{workspace_id}/table',
  scope: 'workspace:database:read',
  params: WorkspaceParams,
  query: ListQuery,
  reply: pageSimple(Table),
})

export const createTable = endpoint({
  id: 'tableCreate',
  method: 'POST',
  path: '/api:meta/workspace/{workspace_id}/table',
  scope: 'workspace:database:create',
  changes: ['tables', 'workspaces'],
  params: WorkspaceParams,
  query: WriteQuery,
  body: CreateTable,
  reply: Table,
})

export const getTable = endpoint({
  id: 'tableGet',
  method: 'GET',
  path: '/api:meta/workspace/{workspace_id}/table/{table_id}',
  scope: 'workspace:database:read',
  params: TableParams,
  query: ReadQuery,
  reply: Table,
})

/** What is not sent stays; a `schema` that is sent replaces every column. */
export const updateTable = endpoint({
  id: 'tableUpdate',
  method: 'PUT',
  path: '/api:meta/workspace/{workspace_id}/table/{table_id}',
  scope: 'workspace:database:update',
  changes: ['tables'],
  params: TableParams,
  query: ReadQuery,
  body: UpdateTable,
  reply: Table,
})

export const deleteTable = endpoint({
  id: 'tableDelete',
  method: 'DELETE',
  path: '/api:meta/workspace/{workspace_id}/table/{table_id}',
  scope: 'workspace:database:delete',
  changes: ['tables', 'workspaces'],
  params: TableParams,
  reply: Empty,
})

export const getSchema = endpoint({
  id: 'schemaGet',
  method: 'GET',
  path: '/api:meta/workspace/{workspace_id}/table/{table_id}/schema',
  scope: 'workspace:database:read',
  params: TableParams,
  reply: z.array(Column),
})

/** Columns left out are dropped. */
export const replaceSchema = endpoint({
  id: 'schemaReplace',
  method: 'PUT',
  path: '/api:meta/workspace/{workspace_id}/table/{table_id}/schema',
  scope: 'workspace:database:update',
  changes: ['tables'],
  params: TableParams,
  body: z.strictObject({ schema: z.array(Column).max(1_500) }),
  reply: Empty,
})

export const addColumn = endpoint({
  id: 'schemaAddGeneric',
  method: 'POST',
  path: '/api:meta/workspace/{workspace_id}/table/{table_id}/schema',
  scope: 'workspace:database:create',
  changes: ['tables'],
  params: TableParams,
  body: Column,
  reply: z.object({ name: z.string() }),
})

export const ColumnTypeName = z.union([ColumnType, z.enum(['tableref', 'tablerefuuid'])])

/** One route per type; `tableref` and `tablerefuuid` are `int` and `uuid` columns with a `tableref_id`. */
export const addTypedColumn = endpoint({
  id: 'schemaAdd',
  method: 'POST',
  path: '/api:meta/workspace/{workspace_id}/table/{table_id}/schema/type/{type}',
  scope: 'workspace:database:create',
  changes: ['tables'],
  params: TableParams.extend({ type: ColumnTypeName }),
  body: z.looseObject({ name: Identifier }),
  reply: z.object({ name: z.string() }),
})

/** A rename keeps the data: it is never drop and add. */
export const renameColumn = endpoint({
  id: 'schemaRename',
  method: 'POST',
  path: '/api:meta/workspace/{workspace_id}/table/{table_id}/schema/rename',
  scope: 'workspace:database:update',
  changes: ['tables'],
  params: TableParams,
  body: z.strictObject({ old_name: Identifier, new_name: Identifier }),
  reply: Empty,
})

const ColumnParams = TableParams.extend({ schema_name: z.string() })

export const getColumn = endpoint({
  id: 'schemaColumnGet',
  method: 'GET',
  path: '/api:meta/workspace/{workspace_id}/table/{table_id}/schema/{schema_name}',
  scope: 'workspace:database:read',
  params: ColumnParams,
  reply: Column,
})

export const deleteColumn = endpoint({
  id: 'schemaColumnDelete',
  method: 'DELETE',
  path: '/api:meta/workspace/{workspace_id}/table/{table_id}/schema/{schema_name}',
  scope: 'workspace:database:delete',
  changes: ['tables'],
  params: ColumnParams,
  reply: Empty,
})

export const listIndexes = endpoint({
  id: 'indexList',
  method: 'GET',
  path: '/api:meta/workspace/{workspace_id}/table/{table_id}/index',
  scope: 'workspace:database:read',
  params: TableParams,
  reply: z.array(Index),
})

export const replaceIndexes = endpoint({
  id: 'indexReplace',
  method: 'PUT',
  path: '/api:meta/workspace/{workspace_id}/table/{table_id}/index',
  scope: 'workspace:database:update',
  changes: ['tables'],
  params: TableParams,
  body: z.strictObject({ index: z.array(Index).max(500) }),
  reply: Empty,
})

const IndexId = z.object({ id: z.string() })

export const addIndex = endpoint({
  id: 'indexAddGeneric',
  method: 'POST',
  path: '/api:meta/workspace/{workspace_id}/table/{table_id}/index',
  scope: 'workspace:database:create',
  changes: ['tables'],
  params: TableParams,
  body: Index,
  reply: IndexId,
})

const TypedIndex = z.strictObject({
  name: z.string().optional(),
  lang: z.string().optional(),
  fields: z.array(IndexField).min(1, 'An index needs a column'),
})

/** One route per kind. */
export const addTypedIndex = endpoint({
  id: 'indexAdd',
  method: 'POST',
  path: '/api:meta/workspace/{workspace_id}/table/{table_id}/index/{kind}',
  scope: 'workspace:database:create',
  changes: ['tables'],
  params: TableParams.extend({ kind: z.enum(['btree', 'unique', 'search', 'spatial', 'vector']) }),
  body: TypedIndex,
  reply: IndexId,
})

export const deleteIndex = endpoint({
  id: 'indexDelete',
  method: 'DELETE',
  path: '/api:meta/workspace/{workspace_id}/table/{table_id}/index/{index_id}',
  scope: 'workspace:database:delete',
  changes: ['tables'],
  params: TableParams.extend({ index_id: z.string() }),
  reply: Empty,
})
