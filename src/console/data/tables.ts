import { mutationOptions, type QueryClient, queryOptions } from '@tanstack/react-query'

import type { Column } from '#api/contract/columns.ts'
import type { ListQuery } from '#api/contract/paging.ts'
import { PER_PAGE_MAX } from '#api/contract/paging.ts'
import {
  addColumn,
  addIndex,
  createTable,
  type CreateTable,
  deleteColumn,
  deleteIndex,
  deleteTable,
  getSchema,
  getTable,
  listIndexes,
  listTables,
  renameColumn,
} from '#api/contract/tables.ts'

import { call } from './call.ts'
import { content } from './content.ts'

export interface TableFilter extends Partial<Pick<ListQuery, 'page' | 'per_page' | 'search' | 'sort' | 'order'>> {
  workspaceId: number
}

export interface TableRef {
  workspaceId: number
  tableId: number
}

export interface NewIndex {
  kind: 'btree' | 'unique'
  fields: { name: string; op: 'asc' | 'desc' }[]
}

const pathOf = ({ workspaceId, tableId }: TableRef) => ({ workspace_id: workspaceId, table_id: tableId })

/** A changed column changes its rows too. */
const refresh = (client: QueryClient) =>
  Promise.all([client.invalidateQueries({ queryKey: tables.key }), client.invalidateQueries({ queryKey: content.key })])

export const tables = {
  key: ['tables'] as const,
  list: (filter: TableFilter) =>
    queryOptions({
      queryKey: [...tables.key, 'list', filter],
      queryFn: ({ signal }) => {
        const { workspaceId, ...query } = filter
        return call(listTables, { params: { workspace_id: workspaceId }, query, signal })
      },
    }),
  /** Every table of a workspace by name: for choosing one, and for naming what an id refers to. */
  all: (workspaceId: number) => tables.list({ workspaceId, per_page: PER_PAGE_MAX, sort: 'name', order: 'asc' }),
  detail: (ref: TableRef) =>
    queryOptions({
      queryKey: [...tables.key, 'detail', ref.tableId, ref],
      queryFn: ({ signal }) => call(getTable, { params: pathOf(ref), signal }),
    }),
  schema: (ref: TableRef) =>
    queryOptions({
      queryKey: [...tables.key, 'detail', ref.tableId, 'schema', ref],
      queryFn: ({ signal }) => call(getSchema, { params: pathOf(ref), signal }),
    }),
  indexes: (ref: TableRef) =>
    queryOptions({
      queryKey: [...tables.key, 'detail', ref.tableId, 'indexes', ref],
      queryFn: ({ signal }) => call(listIndexes, { params: pathOf(ref), signal }),
    }),
  create: (workspaceId: number) =>
    mutationOptions({
      mutationFn: (body: CreateTable) => call(createTable, { params: { workspace_id: workspaceId }, body }),
      onSettled: (_table, _error, _body, _result, { client }) => refresh(client),
    }),
  remove: () =>
    mutationOptions({
      mutationFn: (ref: TableRef) => call(deleteTable, { params: pathOf(ref) }),
      // The deleted table is left alone: asking for it again could only fail under the reader's eyes.
      onSettled: (_reply, error, ref, _result, { client }) =>
        client.invalidateQueries({
          queryKey: tables.key,
          predicate: ({ queryKey }) => error !== null || queryKey[1] !== 'detail' || queryKey[2] !== ref.tableId,
        }),
    }),
  addColumn: (ref: TableRef) =>
    mutationOptions({
      mutationFn: (body: Column) => call(addColumn, { params: pathOf(ref), body }),
      onSettled: (_reply, _error, _body, _result, { client }) => refresh(client),
    }),
  renameColumn: (ref: TableRef) =>
    mutationOptions({
      mutationFn: (body: { old_name: string; new_name: string }) => call(renameColumn, { params: pathOf(ref), body }),
      onSettled: (_reply, _error, _body, _result, { client }) => refresh(client),
    }),
  removeColumn: (ref: TableRef) =>
    mutationOptions({
      mutationFn: (name: string) => call(deleteColumn, { params: { ...pathOf(ref), schema_name: name } }),
      onSettled: (_reply, _error, _name, _result, { client }) => refresh(client),
    }),
  addIndex: (ref: TableRef) =>
    mutationOptions({
      mutationFn: ({ kind, fields }: NewIndex) => call(addIndex, { params: pathOf(ref), body: { type: kind, fields } }),
      onSettled: (_reply, _error, _index, _result, { client }) =>
        client.invalidateQueries({ queryKey: tables.indexes(ref).queryKey }),
    }),
  removeIndex: (ref: TableRef) =>
    mutationOptions({
      mutationFn: (id: string) => call(deleteIndex, { params: { ...pathOf(ref), index_id: id } }),
      onSettled: (_reply, _error, _id, _result, { client }) =>
        client.invalidateQueries({ queryKey: tables.indexes(ref).queryKey }),
    }),
}
