import { z } from 'zod'

import { Empty, endpoint, IdParam } from './endpoint.ts'
import { ContentName, Label, MetaTime } from './names.ts'

export const WorkspaceParams = z.object({ workspace_id: IdParam })

const Description = z.string().max(10_000)

/** A colour of the console: `#ebc346`. */
const Color = z.string().regex(/^#[0-9A-Fa-f]{6}$/, 'Write a colour as # and six hexadecimal digits, such as #ebc346')
const DEFAULT_COLOR = '#ebc346'

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

export const CreateWorkspace = z.strictObject({ name: ContentName, description: Description.default('') })
export type CreateWorkspace = z.infer<typeof CreateWorkspace>

export const UpdateWorkspace = z.strictObject({
  name: ContentName.optional(),
  description: Description.optional(),
  swagger: z.boolean().optional(),
  documentation: z.strictObject({ require_token: z.boolean().optional() }).optional(),
  preferences: z.strictObject({ allow_push: z.boolean().optional() }).optional(),
})
export type UpdateWorkspace = z.infer<typeof UpdateWorkspace>

export const Branch = z.object({
  created_at: MetaTime.optional(),
  label: z.string(),
  description: z.string().optional(),
  color: z.string().optional(),
  live: z.boolean().optional(),
  backup: z.boolean().optional(),
})
export type Branch = z.infer<typeof Branch>

export const CreateBranch = z.strictObject({
  /** The branch whose API groups and constructs are copied. */
  source_branch: z.string().default('v1'),
  label: Label,
  description: Description.default(''),
  color: Color.default(DEFAULT_COLOR),
})
export type CreateBranch = z.infer<typeof CreateBranch>

export const UpdateBranch = z.strictObject({
  label: Label.optional(),
  description: Description.optional(),
  color: Color.optional(),
})
export type UpdateBranch = z.infer<typeof UpdateBranch>

export const DataSource = z.object({ label: z.string(), color: z.string() })
export type DataSource = z.infer<typeof DataSource>

export const CreateDataSource = z.strictObject({ label: Label, color: Color.default(DEFAULT_COLOR) })
export type CreateDataSource = z.infer<typeof CreateDataSource>

/** The reference's page speaks of label and colour, its body of the colour only: both are taken. */
export const UpdateDataSource = z.strictObject({ label: Label.optional(), color: Color.optional() })
export type UpdateDataSource = z.infer<typeof UpdateDataSource>

/** A label that is not there is not found, whatever it looks like. */
const BranchParams = WorkspaceParams.extend({ branch_label: z.string().min(1) })
const DataSourceParams = WorkspaceParams.extend({ label: z.string().min(1) })

/** Documented as a bare array. */
export const listWorkspaces = endpoint({
  id: 'workspaceList',
  summary: 'List the workspaces in reach',
  method: 'GET',
  path: '/api:meta/workspace',
  scope: 'any',
  reply: z.array(Workspace),
})

/**
 * The documentation of the Metadata API does not say that a name is taken once, and here it is not: two workspaces may
 * share one, and their ids tell them apart.
 */
export const createWorkspace = endpoint({
  id: 'workspaceCreate',
  summary: 'Create a workspace',
  method: 'POST',
  path: '/api:meta/workspace',
  scope: 'instance:workspace:create',
  changes: ['workspaces'],
  body: CreateWorkspace,
  reply: Workspace,
})

export const getWorkspace = endpoint({
  id: 'workspaceGet',
  summary: 'Read a workspace',
  method: 'GET',
  path: '/api:meta/workspace/{workspace_id}',
  scope: 'instance:workspace:read',
  params: WorkspaceParams,
  reply: Workspace,
})

/** What is not sent stays. */
export const updateWorkspace = endpoint({
  id: 'workspaceUpdate',
  summary: 'Change settings of a workspace',
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
  summary: 'Delete a workspace with all its data',
  method: 'DELETE',
  path: '/api:meta/workspace/{workspace_id}',
  scope: 'instance:workspace:delete',
  changes: ['workspaces', 'backups'],
  params: WorkspaceParams,
  reply: Empty,
})

export const listBranches = endpoint({
  id: 'branchList',
  summary: 'List the branches',
  method: 'GET',
  path: '/api:meta/workspace/{workspace_id}/branch',
  scope: 'instance:workspace:read',
  params: WorkspaceParams,
  reply: z.array(Branch),
})

/** The new branch holds copies of the source's API groups and constructs, their drafts too. */
export const createBranch = endpoint({
  id: 'branchCreate',
  summary: 'Copy a branch under a new label',
  method: 'POST',
  path: '/api:meta/workspace/{workspace_id}/branch',
  scope: 'instance:workspace:update',
  changes: ['workspaces'],
  params: WorkspaceParams,
  body: CreateBranch,
  reply: Branch,
})

export const getBranch = endpoint({
  id: 'branchGet',
  summary: 'Read a branch',
  method: 'GET',
  path: '/api:meta/workspace/{workspace_id}/branch/{branch_label}',
  scope: 'instance:workspace:read',
  params: BranchParams,
  reply: Branch,
})

/** What is not sent stays. The label of `v1` cannot change. */
export const updateBranch = endpoint({
  id: 'branchUpdate',
  summary: 'Change label, description or colour of a branch',
  method: 'PUT',
  path: '/api:meta/workspace/{workspace_id}/branch/{branch_label}',
  scope: 'instance:workspace:update',
  changes: ['workspaces', 'api-groups', 'constructs'],
  params: BranchParams,
  body: UpdateBranch,
  reply: Branch,
})

/** `v1` and the live branch stay. The documented scope is Update. */
export const deleteBranch = endpoint({
  id: 'branchDelete',
  summary: 'Delete a branch with its API groups and constructs',
  method: 'DELETE',
  path: '/api:meta/workspace/{workspace_id}/branch/{branch_label}',
  scope: 'instance:workspace:update',
  changes: ['workspaces', 'api-groups', 'constructs'],
  params: BranchParams,
  reply: Empty,
})

export const setBranchLive = endpoint({
  id: 'branchSetLive',
  summary: 'Make a branch the live one',
  method: 'POST',
  path: '/api:meta/workspace/{workspace_id}/branch/{branch_label}/live',
  scope: 'instance:workspace:update',
  changes: ['workspaces', 'api-groups', 'constructs'],
  params: BranchParams,
  reply: Branch,
})

export const listDataSources = endpoint({
  id: 'datasourceList',
  summary: 'List the data sources',
  method: 'GET',
  path: '/api:meta/workspace/{workspace_id}/datasource',
  scope: 'instance:workspace:read',
  params: WorkspaceParams,
  reply: z.array(DataSource),
})

/** The new data source has every table of the workspace, empty. */
export const createDataSource = endpoint({
  id: 'datasourceCreate',
  summary: 'Add a data source',
  method: 'POST',
  path: '/api:meta/workspace/{workspace_id}/datasource',
  scope: 'instance:workspace:create',
  changes: ['workspaces', 'content'],
  params: WorkspaceParams,
  body: CreateDataSource,
  reply: DataSource,
})

/** What is not sent stays. The label of `live` cannot change. */
export const updateDataSource = endpoint({
  id: 'datasourceUpdate',
  summary: 'Change colour or label of a data source',
  method: 'PUT',
  path: '/api:meta/workspace/{workspace_id}/datasource/{label}',
  scope: 'instance:workspace:update',
  changes: ['workspaces', 'content', 'constructs'],
  params: DataSourceParams,
  body: UpdateDataSource,
  reply: DataSource,
})

/** `live` stays. */
export const deleteDataSource = endpoint({
  id: 'datasourceDelete',
  summary: 'Delete a data source with its rows',
  method: 'DELETE',
  path: '/api:meta/workspace/{workspace_id}/datasource/{label}',
  scope: 'instance:workspace:delete',
  changes: ['workspaces', 'content'],
  params: DataSourceParams,
  reply: Empty,
})
