import { mutationOptions, queryOptions } from '@tanstack/react-query'
import type { z } from 'zod'

import {
  type CreateApiGroup,
  createApiGroup,
  deleteApiGroup,
  listApiGroups,
  type UpdateApiGroup,
  updateApiGroup,
} from '#api/contract/api-groups.ts'
import type { ListQuery } from '#api/contract/paging.ts'

import { call } from './call.ts'

export type ApiGroupFilter = Partial<Pick<ListQuery, 'page' | 'per_page' | 'search' | 'sort' | 'order'>>

export const apiGroups = {
  key: ['api-groups'] as const,
  list: (workspaceId: number, filter: ApiGroupFilter = {}) =>
    queryOptions({
      queryKey: [...apiGroups.key, 'list', workspaceId, filter],
      queryFn: ({ signal }) => call(listApiGroups, { params: { workspace_id: workspaceId }, query: filter, signal }),
    }),
  create: (workspaceId: number) =>
    mutationOptions({
      mutationFn: (body: z.input<typeof CreateApiGroup>) =>
        call(createApiGroup, { params: { workspace_id: workspaceId }, body }),
      onSettled: (_group, _error, _body, _result, { client }) => client.invalidateQueries({ queryKey: apiGroups.key }),
    }),
  update: (workspaceId: number, groupId: number) =>
    mutationOptions({
      mutationFn: (body: z.input<typeof UpdateApiGroup>) =>
        call(updateApiGroup, { params: { workspace_id: workspaceId, apigroup_id: groupId }, body }),
      onSettled: (_group, _error, _body, _result, { client }) => client.invalidateQueries({ queryKey: apiGroups.key }),
    }),
  remove: (workspaceId: number) =>
    mutationOptions({
      mutationFn: (groupId: number) =>
        call(deleteApiGroup, { params: { workspace_id: workspaceId, apigroup_id: groupId } }),
      onSettled: (_reply, _error, _id, _result, { client }) => client.invalidateQueries({ queryKey: apiGroups.key }),
    }),
}
