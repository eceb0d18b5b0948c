import { hashKey, mutationOptions, queryOptions } from '@tanstack/react-query'

import {
  createContent,
  deleteContent,
  getContent,
  type Row,
  searchContent,
  type SearchContent,
  updateContent,
} from '#api/contract/content.ts'

import { call } from './call.ts'

export interface ContentRef {
  workspaceId: number
  tableId: number
}

export interface ContentFilter extends ContentRef, SearchContent {}

/** Primary key of a row: a whole number or a uuid. */
export type RowId = number | string

const pathOf = ({ workspaceId, tableId }: ContentRef) => ({ workspace_id: workspaceId, table_id: tableId })
const rowPathOf = (ref: ContentRef, id: RowId) => ({ ...pathOf(ref), content_id: String(id) })

/** Rows of the data source `live`, which the server takes when no other is named. */
export const content = {
  key: ['content'] as const,
  list: (filter: ContentFilter) =>
    queryOptions({
      queryKey: [...content.key, 'list', filter],
      queryFn: ({ signal }) => {
        const { workspaceId, tableId, ...body } = filter
        return call(searchContent, { params: pathOf({ workspaceId, tableId }), body, signal })
      },
    }),
  detail: (ref: ContentRef, id: RowId) =>
    queryOptions({
      queryKey: [...content.key, 'detail', id, ref],
      queryFn: ({ signal }) => call(getContent, { params: rowPathOf(ref, id), signal }),
    }),
  create: (ref: ContentRef) =>
    mutationOptions({
      mutationFn: (body: Row) => call(createContent, { params: pathOf(ref), body }),
      onSettled: (_row, _error, _body, _result, { client }) => client.invalidateQueries({ queryKey: content.key }),
    }),
  update: (ref: ContentRef) =>
    mutationOptions({
      mutationFn: ({ id, changes }: { id: RowId; changes: Row }) =>
        call(updateContent, { params: rowPathOf(ref, id), body: changes }),
      onSettled: (_row, _error, _input, _result, { client }) => client.invalidateQueries({ queryKey: content.key }),
    }),
  remove: (ref: ContentRef) =>
    mutationOptions({
      mutationFn: (id: RowId) => call(deleteContent, { params: rowPathOf(ref, id) }),
      onSettled: (_reply, error, id, _result, { client }) => {
        if (error !== null) return client.invalidateQueries({ queryKey: content.key })
        const gone = content.detail(ref, id).queryKey
        // The deleted row is not asked for again: that could only fail under the reader's eyes.
        void client.invalidateQueries({ queryKey: gone, refetchType: 'none' })
        return client.invalidateQueries({
          queryKey: content.key,
          predicate: ({ queryKey }) => hashKey(queryKey) !== hashKey(gone),
        })
      },
    }),
}
