import { z } from 'zod'

import { Empty, endpoint } from './endpoint.ts'
import { Label, MetaTime } from './names.ts'
import { WorkspaceParams } from './workspaces.ts'

/** An empty branch is the live one; an empty password means no encryption. */
export const ExportRequest = z.strictObject({
  branch: z.string().default(''),
  password: z.string().max(1_000).default(''),
  /** false leaves table rows out. */
  records: z.boolean().default(true),
  /** false leaves stored file bytes out. */
  vault: z.boolean().default(true),
})

export const ExportSchemaRequest = ExportRequest.pick({ branch: true, password: true })

/** Fields beside the `file` part of an import. */
export const ImportFields = z.strictObject({ password: z.string().max(1_000).default('') })

export const ImportSchemaFields = ImportFields.extend({
  newbranch: Label,
  setlive: z
    .enum(['true', 'false', '1', '0', ''])
    .default('false')
    .transform((text) => text === 'true' || text === '1'),
})

/** The workspace after an import, with its branch. */
export const ImportResult = z.object({
  id: z.number().int(),
  name: z.string(),
  description: z.string(),
  swagger: z.boolean(),
  documentation: z.looseObject({ require_token: z.boolean() }),
  branch: z.looseObject({
    id: z.number().int(),
    created_at: MetaTime,
    updated_at: MetaTime,
    label: z.string().nullable(),
    description: z.string(),
    backup: z.boolean(),
    color: z.string(),
    guid: z.string(),
  }),
})
export type ImportResult = z.infer<typeof ImportResult>

/** The archive as bytes (architecture, section 6). */
export const exportWorkspace = endpoint({
  id: 'workspaceExport',
  summary: 'The whole workspace as an archive.',
  method: 'POST',
  path: '/api:meta/workspace/{workspace_id}/export',
  scope: 'instance:workspace:read',
  params: WorkspaceParams,
  body: ExportRequest,
  bodyOptional: true,
  reply: z.unknown(),
  replyKind: 'stream',
})

/** The archive without rows and files. */
export const exportSchema = endpoint({
  id: 'workspaceExportSchema',
  summary: 'Definitions as an archive, without rows.',
  method: 'POST',
  path: '/api:meta/workspace/{workspace_id}/export-schema',
  scope: 'instance:workspace:read',
  params: WorkspaceParams,
  body: ExportSchemaRequest,
  bodyOptional: true,
  reply: z.unknown(),
  replyKind: 'stream',
})

/** Replaces the workspace with the archive: all of it or nothing. */
export const importWorkspace = endpoint({
  id: 'workspaceImport',
  summary: 'Replace the workspace by an archive.',
  method: 'POST',
  path: '/api:meta/workspace/{workspace_id}/import',
  scope: 'instance:workspace:update',
  changes: ['workspaces', 'tables', 'content', 'api-groups', 'constructs', 'files'],
  params: WorkspaceParams,
  body: ImportFields,
  bodyKind: 'form',
  reply: ImportResult,
})

/** Loads the definitions into a new branch. The documented scope is Read although it writes. */
export const importSchema = endpoint({
  id: 'workspaceImportSchema',
  summary: 'Load definitions into a new branch.',
  method: 'POST',
  path: '/api:meta/workspace/{workspace_id}/import-schema',
  scope: 'instance:workspace:read',
  changes: ['workspaces', 'tables', 'api-groups', 'constructs'],
  params: WorkspaceParams,
  body: ImportSchemaFields,
  bodyKind: 'form',
  reply: Empty,
})
