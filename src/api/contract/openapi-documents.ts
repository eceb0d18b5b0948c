import { z } from 'zod'

import { GroupParams } from './api-groups.ts'
import { endpoint, IdParam } from './endpoint.ts'
import { WorkspaceParams } from './workspaces.ts'

/** An OpenAPI 3.0.3 document of endpoints that users define. */
const OpenapiDocument = z.record(z.string(), z.unknown())

/** An empty branch is the live one; beside a group it is the group's own. */
const BranchQuery = z.object({ branch: z.string().default('') })

export const getWorkspaceOpenapi = endpoint({
  id: 'workspaceOpenapi',
  summary: 'OpenAPI document of all API groups',
  method: 'GET',
  path: '/api:meta/workspace/{workspace_id}/openapi',
  scope: 'instance:workspace:read',
  params: WorkspaceParams,
  query: BranchQuery,
  reply: OpenapiDocument,
})

export const getApiGroupOpenapi = endpoint({
  id: 'apigroupOpenapi',
  summary: 'OpenAPI document of an API group',
  method: 'GET',
  path: '/api:meta/workspace/{workspace_id}/apigroup/{apigroup_id}/openapi',
  scope: 'workspace:api:read',
  params: GroupParams,
  query: BranchQuery,
  reply: OpenapiDocument,
})

export const getApiOpenapi = endpoint({
  id: 'apiOpenapi',
  summary: 'OpenAPI document of one endpoint',
  method: 'GET',
  path: '/api:meta/workspace/{workspace_id}/apigroup/{apigroup_id}/api/{api_id}/openapi',
  scope: 'workspace:api:read',
  params: GroupParams.extend({ api_id: IdParam }),
  reply: OpenapiDocument,
})

/**
 * The document of a group as its users read it: there only while the group publishes it. `group` is the canonical,
 * and for a branch that is not live `canonical:branch`. A workspace may ask for a token.
 */
export const getPublicOpenapi = endpoint({
  id: 'apispecGet',
  summary: 'Published OpenAPI document of an API group',
  method: 'GET',
  path: '/apispec:{group}',
  scope: 'public',
  params: z.object({ group: z.string() }),
  query: z.object({ type: z.enum(['json', '']).default('json') }),
  reply: OpenapiDocument,
})
