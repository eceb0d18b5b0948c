import { z } from 'zod'

import { Empty, endpoint, IdParam } from './endpoint.ts'
import { DisplayName, Label, MetaTime } from './names.ts'

export const WorkspaceParams = z.object({ workspace_id: IdParam })

const Documentation = z.object({ require_token: z.boolean().optional(), link: z.string().optional() })
const Preferences = z.object({ allow_push: z.boolean().optional() })

export const Workspace = z.object({
  id: z.number().int(),
  name: z.string(),
  description: z.string().optional(),
  /** Label of the live branch. */
  branch: z.string().optional(),
  swagger: z.boolean().optional(),
  documentation: Documentation.optional(),
  preferences: Preferences.optional(),
  created_at: MetaTime.optional(),
  updated_at: MetaTime.optional(),
})
export type Workspace = z.infer<typeof Workspace>

export const CreateWorkspace = z.strictObject({ name: DisplayName, description: z.string().max(10_000).default('') })
export type CreateWorkspace = z.infer<typeof CreateWorkspace>

export const UpdateWorkspace = z.strictObject({
  name: DisplayName.optional(),
  description: z.string().max(10_000).optional(),
  swagger: z.boolean().optional(),
  documentation: z.strictObject({ require_token: z.boolean().optional() }).optional(),
  preferences: z.strictObject({ allow_push: z.boolean().optional() }).optional(),
})

export const Branch = z.object({
  created_at: MetaTime.optional(),
  label: z.string(),
  description: z.string().optional(),
  color: z.string().optional(),
  live: z.boolean().optional(),
  backup: z.boolean().optional(),
})
export type Branch = z.infer<typeof Branch>

export const DataSource = z.object({ label: z.string(), color: z.string() })
export type DataSource = z.infer<typeof DataSource>

/** Documented as a bare array. */
export const listWorkspaces = endpoint({
  id: 'workspaceList',
  method: 'GET',
  path: '/api:meta/workspace',
  scope: 'any',
  reply: z.array(Workspace),
})

export const createWorkspace = endpoint({
  id: 'workspaceCreate',
  method: 'POST',
  path: '/api:meta/workspace',
  scope: 'instance:workspace:create',
  changes: ['workspaces'],
  body: CreateWorkspace,
  reply: Workspace,
})

export const getWorkspace = endpoint({
  id: 'workspaceGet',
  method: 'GET',
  path: '/api:meta/workspace/{workspace_id}',
  scope: 'instance:workspace:read',
  params: WorkspaceParams,
  reply: Workspace,
})

/** What is not sent stays. */
export const updateWorkspace = endpoint({
  id: 'workspaceUpdate',
  method: 'PUT',
  path: '/api:meta/workspace/{workspace_id}',
  scope: 'instance:workspace:update',
  changes: ['workspaces'],
  params: WorkspaceParams,
  body: UpdateWorkspace,
  reply: Workspace,
})

export const deleteWorkspace = endpoint({
  id: 'workspaceDelete',
  method: 'DELETE',
  path: '/api:meta/workspace/{workspace_id}',
  scope: 'instance:workspace:delete',
  changes: ['workspaces', 'backups'],
  params: WorkspaceParams,
  reply: Empty,
})

export const listBranches = endpoint({
  id: 'branchList',
  method: 'GET',
  path: '/api:meta/workspace/{workspace_id}/branch',
  scope: 'instance:workspace:read',
  params: WorkspaceParams,
  reply: z.array(Branch),
})

export const getBranch = endpoint({
  id: 'branchGet',
  method: 'GET',
  path: '/api:meta/workspace/{workspace_id}/branch/{branch_label}',
  scope: 'instance:workspace:read',
  params: WorkspaceParams.extend({ branch_label: Label }),
  reply: Branch,
})

export const listDataSources = endpoint({
  id: 'datasourceList',
  method: 'GET',
  path: '/api:meta/workspace/{workspace_id}/datasource',
  scope: 'instance:workspace:read',
  params: WorkspaceParams,
  reply: z.array(DataSource),
})
