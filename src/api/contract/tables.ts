import { z } from 'zod'

import { Column, Index, NewIndex } from './columns.ts'
import { XanoScriptValue } from './construct-fields.ts'
import { Empty, endpoint, IdParam, QueryBoolean } from './endpoint.ts'
import { list } from './list.ts'
import { Identifier, MetaTime } from './names.ts'
import { ListQuery, pageSimple } from './paging.ts'
import { WorkspaceParams } from './workspaces.ts'

export const TableParams = WorkspaceParams.extend({ table_id: IdParam })

const Tags = list(z.string().max(200)).max(100)
/** Columns whose values the hosted product offers while typing. */
const Autocomplete = list(z.strictObject({ name: z.string() })).max(1_500)

/** The table as a document, where the request asks for it. */
/** PostgreSQL allows 1600 columns, and a dropped one counts for ever. */
const Columns = list(Column).max(1_500, 'A table has at most 1500 columns')

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
  /** Guid of the API group that the table is tied to; null where it is to none. Not in the documented answer. */
  api_group_guid: z.string().nullable().optional(),
  xanoscript: XanoScriptValue.optional(),
})
export type Table = z.infer<typeof Table>

/** As other definitions have it: visible characters without blanks. */
const TableGuid = z
  .string()
  .regex(/^[\x21-\x7e]{1,200}$/, 'Letters, digits and signs without blanks, at least one and at most 200')

const tableFields = {
  description: z.string().max(10_000).optional(),
  docs: z.string().max(1_000_000).optional(),
  auth: z.boolean().nullish(),
  guid: TableGuid.nullish(),
  schema: Columns.nullish(),
  index: list(Index).max(500).nullish(),
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
  summary: 'Tables of a workspace',
  method: 'GET',
  path: '/api:meta/workspace/{workspace_id}/table',
  scope: 'workspace:database:read',
  params: WorkspaceParams,
  query: ListQuery,
  reply: pageSimple(Table),
})

export const createTable = endpoint({
  id: 'tableCreate',
  summary: 'Create a table',
  method: 'POST',
  path: '/api:meta/workspace/{workspace_id}/table',
  scope: 'workspace:database:create',
  changes: ['tables', 'workspaces'],
  params: WorkspaceParams,
  query: WriteQuery,
  body: CreateTable,
  takesXanoScript: true,
  reply: Table,
})

export const getTable = endpoint({
  id: 'tableGet',
  summary: 'Read a table',
  method: 'GET',
  path: '/api:meta/workspace/{workspace_id}/table/{table_id}',
  scope: 'workspace:database:read',
  params: TableParams,
  query: ReadQuery,
  reply: Table,
})

/**
 * What is not sent stays; a `schema` that is sent replaces every column. A XanoScript document replaces all that it
 * can say; documentation and what else the language has no words for stay. A new name is written into the headers of
 * the constructs that name the table.
 */
export const updateTable = endpoint({
  id: 'tableUpdate',
  summary: 'Change a table',
  method: 'PUT',
  path: '/api:meta/workspace/{workspace_id}/table/{table_id}',
  scope: 'workspace:database:update',
  changes: ['tables', 'constructs'],
  params: TableParams,
  query: ReadQuery,
  body: UpdateTable,
  takesXanoScript: true,
  reply: Table,
})

export const deleteTable = endpoint({
  id: 'tableDelete',
  summary: 'Delete a table and its rows',
  method: 'DELETE',
  path: '/api:meta/workspace/{workspace_id}/table/{table_id}',
  scope: 'workspace:database:delete',
  changes: ['tables', 'workspaces'],
  params: TableParams,
  reply: Empty,
})

/** Null leaves a setting as it is. */
export const updateTableMeta = endpoint({
  id: 'tableUpdateMeta',
  summary: 'Change name, description, tags or auth',
  method: 'PUT',
  path: '/api:meta/workspace/{workspace_id}/table/{table_id}/meta',
  scope: 'workspace:database:update',
  changes: ['tables', 'constructs'],
  params: TableParams,
  body: z.strictObject({
    name: Identifier.nullish(),
    description: tableFields.description.nullable(),
    tag: Tags.nullish(),
    auth: z.boolean().nullish(),
  }),
  reply: Empty,
})

export const updateTableAutocomplete = endpoint({
  id: 'tableUpdateAutocomplete',
  summary: 'Set the autocomplete columns',
  method: 'PUT',
  path: '/api:meta/workspace/{workspace_id}/table/{table_id}/autocomplete',
  scope: 'workspace:database:update',
  changes: ['tables'],
  params: TableParams,
  body: z.strictObject({ autocomplete: Autocomplete.optional() }),
  reply: z.object({ id: z.number().int(), autocomplete: Autocomplete }),
})

/** `guid` is that of an API group of the workspace, in whatever branch; null lifts the tie. */
export const updateTableSecurity = endpoint({
  id: 'tableUpdateSecurity',
  summary: 'Tie a table to an API group, or lift it',
  method: 'PUT',
  path: '/api:meta/workspace/{workspace_id}/table/{table_id}/security',
  scope: 'workspace:database:update',
  changes: ['tables'],
  params: TableParams,
  body: z.strictObject({ guid: z.string().min(1).max(200).nullish() }),
  reply: Table,
})

export const getSchema = endpoint({
  id: 'schemaGet',
  summary: 'Columns of a table',
  method: 'GET',
  path: '/api:meta/workspace/{workspace_id}/table/{table_id}/schema',
  scope: 'workspace:database:read',
  params: TableParams,
  reply: z.array(Column),
})

/** Columns left out are dropped. */
export const replaceSchema = endpoint({
  id: 'schemaReplace',
  summary: 'Replace every column',
  method: 'PUT',
  path: '/api:meta/workspace/{workspace_id}/table/{table_id}/schema',
  scope: 'workspace:database:update',
  changes: ['tables'],
  params: TableParams,
  body: z.strictObject({ schema: Columns }),
  reply: Empty,
})

export const ColumnName = z.object({ name: z.string() })

export const addColumn = endpoint({
  id: 'schemaAddGeneric',
  summary: 'Add a column',
  method: 'POST',
  path: '/api:meta/workspace/{workspace_id}/table/{table_id}/schema',
  scope: 'workspace:database:create',
  changes: ['tables'],
  params: TableParams,
  body: Column,
  reply: ColumnName,
})

/** A rename keeps the data: it is never drop and add. */
export const renameColumn = endpoint({
  id: 'schemaRename',
  summary: 'Rename a column',
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
  summary: 'Read a column',
  method: 'GET',
  path: '/api:meta/workspace/{workspace_id}/table/{table_id}/schema/{schema_name}',
  scope: 'workspace:database:read',
  params: ColumnParams,
  reply: Column,
})

export const deleteColumn = endpoint({
  id: 'schemaColumnDelete',
  summary: 'Drop a column',
  method: 'DELETE',
  path: '/api:meta/workspace/{workspace_id}/table/{table_id}/schema/{schema_name}',
  scope: 'workspace:database:delete',
  changes: ['tables'],
  params: ColumnParams,
  reply: Empty,
})

export const listIndexes = endpoint({
  id: 'indexList',
  summary: 'Indexes of a table',
  method: 'GET',
  path: '/api:meta/workspace/{workspace_id}/table/{table_id}/index',
  scope: 'workspace:database:read',
  params: TableParams,
  reply: z.array(Index),
})

export const replaceIndexes = endpoint({
  id: 'indexReplace',
  summary: 'Replace every index',
  method: 'PUT',
  path: '/api:meta/workspace/{workspace_id}/table/{table_id}/index',
  scope: 'workspace:database:update',
  changes: ['tables'],
  params: TableParams,
  body: z.strictObject({ index: list(Index).max(500) }),
  reply: Empty,
})

export const IndexId = z.object({ id: z.string() })

export const addIndex = endpoint({
  id: 'indexAddGeneric',
  summary: 'Add an index',
  method: 'POST',
  path: '/api:meta/workspace/{workspace_id}/table/{table_id}/index',
  scope: 'workspace:database:create',
  changes: ['tables'],
  params: TableParams,
  body: NewIndex,
  reply: IndexId,
})

export const deleteIndex = endpoint({
  id: 'indexDelete',
  summary: 'Drop an index',
  method: 'DELETE',
  path: '/api:meta/workspace/{workspace_id}/table/{table_id}/index/{index_id}',
  scope: 'workspace:database:delete',
  changes: ['tables'],
  params: TableParams.extend({ index_id: z.string() }),
  reply: Empty,
})
