import { z } from 'zod'

import { constructFields, createOptions, Description } from './construct-fields.ts'
import { constructEndpoints, documentOnly } from './constructs.ts'
import { IdParam } from './endpoint.ts'
import { ContentName } from './names.ts'
import { WorkspaceParams } from './workspaces.ts'

export const Addon = z.object(constructFields)
export type Addon = z.infer<typeof Addon>

export const addons = constructEndpoints({
  id: 'addon',
  noun: 'addon',
  nouns: 'addons',
  path: '/api:meta/workspace/{workspace_id}/addon',
  idParam: 'addon_id',
  scope: 'workspace:addon',
  place: WorkspaceParams,
  one: WorkspaceParams.extend({ addon_id: IdParam }),
  item: Addon,
  create: z.strictObject({
    name: ContentName,
    description: Description.optional(),
    branch: z.string().optional(),
    ...createOptions,
  }),
  update: documentOnly,
})
