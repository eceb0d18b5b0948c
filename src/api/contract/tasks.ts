import { z } from 'zod'

import { constructFields, createOptions, Description, Docs, Tags, updateOptions } from './construct-fields.ts'
import { constructEndpoints } from './constructs.ts'
import { endpoint, IdParam } from './endpoint.ts'
import { ContentName } from './names.ts'
import { WorkspaceParams } from './workspaces.ts'

/** `active`: runs when its schedule says; `datasource`: where its rows come from. */
export const Task = z.object({
  ...constructFields,
  docs: z.string().optional(),
  datasource: z.string().optional(),
  active: z.boolean().optional(),
})
export type Task = z.infer<typeof Task>

const settings = {
  name: ContentName,
  description: Description,
  docs: Docs.optional(),
  datasource: z.string(),
  active: z.boolean(),
  tag: Tags,
}

const TaskParams = WorkspaceParams.extend({ task_id: IdParam })

export const tasks = constructEndpoints({
  id: 'task',
  noun: 'task',
  nouns: 'tasks',
  path: '/api:meta/workspace/{workspace_id}/task',
  idParam: 'task_id',
  scope: 'workspace:task',
  place: WorkspaceParams,
  one: TaskParams,
  item: Task,
  create: z.strictObject({ ...settings, branch: z.string().optional(), ...createOptions }),
  update: z.strictObject({ ...settings, ...updateOptions }),
})

export const activateTask = endpoint({
  id: 'taskActivate',
  summary: 'Switch one task on or off',
  method: 'PUT',
  path: '/api:meta/workspace/{workspace_id}/task/{task_id}/activate',
  scope: 'workspace:task:update',
  changes: ['constructs'],
  params: TaskParams,
  /** An editor extension sends `type: "xs"`; it means nothing here. */
  body: z.strictObject({ active: z.boolean(), type: z.string().optional() }),
  reply: Task,
})
