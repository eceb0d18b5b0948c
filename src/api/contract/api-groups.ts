import { z } from 'zod'

import { Empty, endpoint, IdParam, QueryBoolean } from './endpoint.ts'
import { DisplayName, MetaTime } from './names.ts'
import { ListQuery, pageSimple } from './paging.ts'
import { WorkspaceParams } from './workspaces.ts'

export const ApiGroup = z.object({
  id: z.number().int(),
  created_at: MetaTime.optional(),
  updated_at: MetaTime.optional(),
  name: z.string(),
  description: z.string().optional(),
  docs: z.string().optional(),
  guid: z.string().optional(),
  /** URL segment of the group's endpoints, unique in the instance. */
  canonical: z.string().optional(),
  branch: z.string().optional(),
  tag: z.array(z.string()).optional(),
  swagger: z.boolean().optional(),
})
export type ApiGroup = z.infer<typeof ApiGroup>

const groupFields = {
  description: z.string().max(10_000).optional(),
  docs: z.string().max(1_000_000).optional(),
  swagger: z.boolean().optional(),
  tag: z.array(z.string().max(200)).max(100).nullish(),
}

/** The reference asks for description and swagger too; other sources for the name only, so they have defaults. */
export const CreateApiGroup = z.strictObject({ name: DisplayName, branch: z.string().optional(), ...groupFields })
export type CreateApiGroup = z.infer<typeof CreateApiGroup>

export const UpdateApiGroup = z.strictObject({ name: DisplayName.optional(), ...groupFields })

const GroupParams = WorkspaceParams.extend({ apigroup_id: IdParam })
const ReadQuery = z.object({ include_xanoscript: QueryBoolean })

export const listApiGroups = endpoint({
  id: 'apigroupList',
  method: 'GET',
  path: '/api:meta/workspace/{workspace_id}/apigroup',
  scope: 'workspace:api:read',
  params: WorkspaceParams,
  query: ListQuery,
  reply: pageSimple(ApiGroup),
})

export const createApiGroup = endpoint({
  id: 'apigroupCreate',
  method: 'POST',
  path: '/api:meta/workspace/{workspace_id}/apigroup',
  scope: 'workspace:api:create',
  changes: ['api-groups'],
  params: WorkspaceParams,
  query: ReadQuery.extend({ branch: z.string().default('') }),
  body: CreateApiGroup,
  reply: ApiGroup,
})

export const getApiGroup = endpoint({
  id: 'apigroupGet',
  method: 'GET',
  path: '/api:meta/workspace/{workspace_id}/apigroup/{apigroup_id}',
  scope: 'workspace:api:read',
  params: GroupParams,
  query: ReadQuery,
  reply: ApiGroup,
})

/** What is not sent stays. */
export const updateApiGroup = endpoint({
  id: 'apigroupUpdate',
  method: 'PUT',
  path: '/api:meta/workspace/{workspace_id}/apigroup/{apigroup_id}',
  scope: 'workspace:api:update',
  changes: ['api-groups'],
  params: GroupParams,
  query: ReadQuery,
  body: UpdateApiGroup,
  reply: ApiGroup,
})

export const deleteApiGroup = endpoint({
  id: 'apigroupDelete',
  method: 'DELETE',
  path: '/api:meta/workspace/{workspace_id}/apigroup/{apigroup_id}',
  scope: 'workspace:api:delete',
  changes: ['api-groups'],
  params: GroupParams,
  reply: Empty,
})
