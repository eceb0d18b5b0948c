import { mutationOptions, queryOptions } from '@tanstack/react-query'
import type { z } from 'zod'

import { createSample } from '#api/contract/sample.ts'
import {
  type CreateWorkspace,
  createWorkspace,
  deleteWorkspace,
  listBranches,
  listDataSources,
  listWorkspaces,
  type UpdateWorkspace,
  updateWorkspace,
} from '#api/contract/workspaces.ts'

import { call } from './call.ts'

export const workspaces = {
  key: ['workspaces'] as const,
  /** All of them at once, as the API answers them. */
  list: () =>
    queryOptions({
      queryKey: [...workspaces.key, 'list'],
      queryFn: ({ signal }) => call(listWorkspaces, { signal }),
    }),
  branches: (workspaceId: number) =>
    queryOptions({
      queryKey: [...workspaces.key, 'branches', workspaceId],
      queryFn: ({ signal }) => call(listBranches, { params: { workspace_id: workspaceId }, signal }),
    }),
  dataSources: (workspaceId: number) =>
    queryOptions({
      queryKey: [...workspaces.key, 'data-sources', workspaceId],
      queryFn: ({ signal }) => call(listDataSources, { params: { workspace_id: workspaceId }, signal }),
    }),
  create: () =>
    mutationOptions({
      mutationFn: (body: z.input<typeof CreateWorkspace>) => call(createWorkspace, { body }),
      onSettled: (_workspace, _error, _body, _result, { client }) =>
        client.invalidateQueries({ queryKey: workspaces.key }),
    }),
  update: (workspaceId: number) =>
    mutationOptions({
      mutationFn: (body: z.input<typeof UpdateWorkspace>) =>
        call(updateWorkspace, { params: { workspace_id: workspaceId }, body }),
      onSettled: (_workspace, _error, _body, _result, { client }) =>
        client.invalidateQueries({ queryKey: workspaces.key }),
    }),
  remove: () =>
    mutationOptions({
      mutationFn: (workspaceId: number) => call(deleteWorkspace, { params: { workspace_id: workspaceId } }),
      onSettled: (_reply, _error, _id, _result, { client }) => client.invalidateQueries({ queryKey: workspaces.key }),
    }),
  /** The sample shop; answers once it is whole. */
  createSample: () =>
    mutationOptions({
      mutationFn: () => call(createSample),
      onSettled: (_sample, _error, _input, _result, { client }) =>
        client.invalidateQueries({ queryKey: workspaces.key }),
    }),
}
