import { z } from 'zod'

import { DOCUMENT_MAX_BYTES, XanoScriptValue } from './construct-fields.ts'
import { Empty, endpoint, IdParam, QueryBoolean } from './endpoint.ts'
import { list } from './list.ts'
import { ContentName, MetaTime } from './names.ts'
import { ListQuery, pageSimple } from './paging.ts'
import { WorkspaceParams } from './workspaces.ts'

export const ApiGroup = z.object({
  id: z.number().int(),
  created_at: MetaTime.optional(),
  updated_at: MetaTime.optional(),
  name: z.string(),
  description: z.string().optional(),
  docs: z.string().optional(),
  /** Tells groups apart across branches and imports: the same group has the same guid in every branch. */
  guid: z.string().optional(),
  /** URL segment of the group's endpoints. Groups of the instance that share it are copies of one in several branches. */
  canonical: z.string().optional(),
  branch: z.string().optional(),
  tag: z.array(z.string()).optional(),
  swagger: z.boolean().optional(),
  xanoscript: XanoScriptValue.optional(),
})
export type ApiGroup = z.infer<typeof ApiGroup>

/** Documents of groups have the same limits, and so do groups in archives. */
export const UpdateApiGroup = z.strictObject({
  name: ContentName,
  description: z.string().max(10_000),
  docs: z.string().max(1_000_000).optional(),
  /** True where everybody may read the group's OpenAPI document. */
  swagger: z.boolean(),
  tag: list(z.string().max(200)).max(100).nullish(),
})
export type UpdateApiGroup = z.infer<typeof UpdateApiGroup>

/** An empty branch is the live one. */
export const CreateApiGroup = UpdateApiGroup.extend({ branch: z.string().optional() })
export type CreateApiGroup = z.infer<typeof CreateApiGroup>

/** Addresses of the server's own: `/api:meta` and `/api:console`. */
const OWN_ADDRESS = /^(?:meta|console)$/i

/** One segment of an address. */
export const Canonical = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,64}$/, 'Letters, digits, _ and -, at most 64 characters')
  .refine((text) => !OWN_ADDRESS.test(text), 'The server has this address itself')

/** As the samples and public clients write guids, and whatever else fits one line without blanks. */
export const ApiGroupGuid = z
  .string()
  .regex(/^[\x21-\x7e]{1,200}$/, 'Letters, digits and signs without blanks, at most 200')

export const UpdateApiGroupSecurity = z.strictObject({ guid: ApiGroupGuid, canonical: Canonical })

export const GroupParams = WorkspaceParams.extend({ apigroup_id: IdParam })

const ReadQuery = z.object({ include_xanoscript: QueryBoolean })

export const listApiGroups = endpoint({
  id: 'apigroupList',
  summary: 'API groups of a branch',
  method: 'GET',
  path: '/api:meta/workspace/{workspace_id}/apigroup',
  scope: 'workspace:api:read',
  params: WorkspaceParams,
  query: ListQuery,
  reply: pageSimple(ApiGroup),
})

export const createApiGroup = endpoint({
  id: 'apigroupCreate',
  summary: 'Create an API group',
  method: 'POST',
  path: '/api:meta/workspace/{workspace_id}/apigroup',
  scope: 'workspace:api:create',
  changes: ['api-groups'],
  params: WorkspaceParams,
  query: ReadQuery.extend({ branch: z.string().default('') }),
  body: CreateApiGroup,
  takesXanoScript: true,
  bodyLimitBytes: DOCUMENT_MAX_BYTES,
  reply: ApiGroup,
})

export const getApiGroup = endpoint({
  id: 'apigroupGet',
  summary: 'Read an API group',
  method: 'GET',
  path: '/api:meta/workspace/{workspace_id}/apigroup/{apigroup_id}',
  scope: 'workspace:api:read',
  params: GroupParams,
  query: ReadQuery,
  reply: ApiGroup,
})

/** What is not sent stays. Endpoints whose text names the group follow a new name. */
export const updateApiGroup = endpoint({
  id: 'apigroupUpdate',
  summary: 'Change an API group',
  method: 'PUT',
  path: '/api:meta/workspace/{workspace_id}/apigroup/{apigroup_id}',
  scope: 'workspace:api:update',
  changes: ['api-groups', 'constructs', 'tables'],
  params: GroupParams,
  query: ReadQuery,
  body: UpdateApiGroup,
  takesXanoScript: true,
  bodyLimitBytes: DOCUMENT_MAX_BYTES,
  reply: ApiGroup,
})

export const deleteApiGroup = endpoint({
  id: 'apigroupDelete',
  summary: 'Delete an API group and its endpoints',
  method: 'DELETE',
  path: '/api:meta/workspace/{workspace_id}/apigroup/{apigroup_id}',
  scope: 'workspace:api:delete',
  changes: ['api-groups', 'constructs', 'tables'],
  params: GroupParams,
  reply: Empty,
})

/** Tables that are tied to the group follow its guid. */
export const updateApiGroupSecurity = endpoint({
  id: 'apigroupUpdateSecurity',
  summary: 'Set guid and canonical of a group',
  method: 'PUT',
  path: '/api:meta/workspace/{workspace_id}/apigroup/{apigroup_id}/security',
  scope: 'workspace:api:update',
  changes: ['api-groups', 'tables'],
  params: GroupParams,
  body: UpdateApiGroupSecurity,
  reply: ApiGroup,
})
