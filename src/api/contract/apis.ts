import { z } from 'zod'

import {
  Cache,
  ConstructInput,
  constructFields,
  createOptions,
  Description,
  Docs,
  SetCache,
  Tags,
  updateOptions,
} from './construct-fields.ts'
import { constructEndpoints } from './constructs.ts'
import { IdParam } from './endpoint.ts'
import { ContentName } from './names.ts'
import { WorkspaceParams } from './workspaces.ts'

export const ApiVerb = z.enum(['GET', 'POST', 'DELETE', 'PUT', 'PATCH', 'HEAD'])

/** An endpoint of a group; `name` is its path below the group's. */
export const Api = z.object({
  ...constructFields,
  docs: z.string().optional(),
  apigroup_id: z.number().int().optional(),
  verb: ApiVerb,
  /** The table that signs users in; null = open to all. `id` is null where the workspace has no such table. */
  auth: z.object({ id: z.number().int().nullable(), name: z.string() }).nullish(),
  cache: Cache.optional(),
  input: z.array(ConstructInput).optional(),
})
export type Api = z.infer<typeof Api>

/** Names the table that signs users in. Undocumented: what clients know it by is taken; null, "" and 0 mean none. */
const SetAuth = z.union([
  z.null(),
  z.string().max(200),
  z.number().int().nonnegative(),
  z.strictObject({
    id: z.number().int().positive().nullish(),
    table_id: z.number().int().positive().nullish(),
    name: z.string().max(200).optional(),
  }),
])
export type SetAuth = z.infer<typeof SetAuth>

const settings = {
  name: ContentName,
  description: Description,
  docs: Docs.optional(),
  verb: ApiVerb,
  auth: SetAuth.optional(),
  tag: Tags,
  cache: SetCache.optional(),
}

const GroupParams = WorkspaceParams.extend({ apigroup_id: IdParam })

export const apis = constructEndpoints({
  id: 'api',
  noun: 'API of a group',
  nouns: 'APIs of a group',
  path: '/api:meta/workspace/{workspace_id}/apigroup/{apigroup_id}/api',
  idParam: 'api_id',
  scope: 'workspace:api',
  place: GroupParams,
  one: GroupParams.extend({ api_id: IdParam }),
  item: Api,
  create: z.strictObject({ ...settings, ...createOptions }),
  update: z.strictObject({ ...settings, ...updateOptions }),
})
