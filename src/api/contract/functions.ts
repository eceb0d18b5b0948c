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
import { endpoint, IdParam } from './endpoint.ts'
import { ContentName } from './names.ts'
import { WorkspaceParams } from './workspaces.ts'

/** Named `Func` because `Function` is JavaScript's own. */
export const Func = z.object({
  ...constructFields,
  docs: z.string().optional(),
  cache: Cache.optional(),
  input: z.array(ConstructInput).optional(),
})
export type Func = z.infer<typeof Func>

const settings = {
  name: ContentName,
  description: Description,
  docs: Docs.optional(),
  tag: Tags,
  cache: SetCache.optional(),
}

export const functions = constructEndpoints({
  id: 'function',
  noun: 'function',
  nouns: 'functions',
  path: '/api:meta/workspace/{workspace_id}/function',
  idParam: 'function_id',
  scope: 'workspace:function',
  place: WorkspaceParams,
  one: WorkspaceParams.extend({ function_id: IdParam }),
  item: Func,
  create: z.strictObject({ ...settings, branch: z.string().optional(), ...createOptions }),
  update: z.strictObject({ ...settings, ...updateOptions }),
})

/** `status` is `ok`; anything else is a failure. No audit record: a run changes no definition. */
export const runFunction = endpoint({
  id: 'functionRun',
  summary: 'Run a function by its name',
  method: 'POST',
  path: '/api:meta/workspace/{workspace_id}/function/run',
  scope: 'workspace:function:read',
  audited: false,
  params: WorkspaceParams,
  body: z.strictObject({
    name: z.string(),
    input: z.record(z.string(), z.unknown()).optional(),
    branch: z.string().optional(),
  }),
  reply: z.object({ status: z.string(), result: z.unknown(), logs: z.array(z.unknown()) }),
})
