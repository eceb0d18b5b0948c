import { z } from 'zod'

import { constructFields } from './construct-fields.ts'
import { constructEndpoints, documentOnly } from './constructs.ts'
import { IdParam } from './endpoint.ts'
import { WorkspaceParams } from './workspaces.ts'

export const Middleware = z.object(constructFields)
export type Middleware = z.infer<typeof Middleware>

/** Middleware has no scope of its own; functions are the nearest. */
export const middleware = constructEndpoints({
  id: 'middleware',
  noun: 'middleware',
  nouns: 'middleware',
  path: '/api:meta/workspace/{workspace_id}/middleware',
  idParam: 'middleware_id',
  scope: 'workspace:function',
  place: WorkspaceParams,
  one: WorkspaceParams.extend({ middleware_id: IdParam }),
  item: Middleware,
  create: documentOnly,
  update: documentOnly,
})
