import { z } from 'zod'

import { ArchiveSummary, BackupParams, Failure } from './backups.ts'
import { endpoint } from './endpoint.ts'
import { DisplayName } from './names.ts'
import { cursorPage, CursorQuery } from './paging.ts'

/** Where a restore goes: a workspace that it makes, or one that is there and whose name is typed to confirm. */
export const RestoreTarget = z.union([
  z.strictObject({ newWorkspace: DisplayName }),
  z.strictObject({ workspaceId: z.number().int().positive(), confirm: z.string() }),
])
export type RestoreTarget = z.infer<typeof RestoreTarget>

/**
 * What a restore would do to one table. `added` = only in the archive, `replaced` = in both,
 * `removed` = only in the target. Row counts are exact.
 */
export const PreviewTable = z.object({
  name: z.string(),
  effect: z.enum(['added', 'replaced', 'removed']),
  rowsInArchive: z.number().int().nullable(),
  rowsNow: z.number().int().nullable(),
})
export type PreviewTable = z.infer<typeof PreviewTable>

/** The constructs of the branch that a restore replaces. */
export const PreviewConstructs = z.object({
  /** Null = the archive is of a format that knew none: those of the branch stay, but for `inRemovedGroups`. */
  inArchive: z.number().int().nullable(),
  now: z.number().int(),
  /** How many of them have a draft. No archive holds drafts. */
  draftsNow: z.number().int(),
  /** How many of them are endpoints of API groups that the archive does not have. */
  inRemovedGroups: z.number().int(),
})
export type PreviewConstructs = z.infer<typeof PreviewConstructs>

/** The stored files of the workspace. */
export const PreviewFiles = z.object({
  /** Null = the archive holds none, and those of the workspace stay as they are. */
  inArchive: z.number().int().nullable(),
  now: z.number().int(),
})
export type PreviewFiles = z.infer<typeof PreviewFiles>

export const RestorePreview = z.object({
  summary: ArchiveSummary,
  target: z.object({ id: z.number().int(), name: z.string() }).nullable(),
  tables: z.array(PreviewTable),
  apiGroups: z.object({ added: z.array(z.string()), replaced: z.array(z.string()), removed: z.array(z.string()) }),
  constructs: PreviewConstructs,
  files: PreviewFiles,
})
export type RestorePreview = z.infer<typeof RestorePreview>

/** Reads the archive and the target and tells what a restore would change. Writes nothing. */
export const previewRestore = endpoint({
  id: 'restorePreview',
  method: 'POST',
  path: '/api:console/backups/{id}/preview',
  scope: 'instance:workspace:read',
  audited: false,
  params: BackupParams,
  body: z.strictObject({
    workspaceId: z.number().int().positive().nullish(),
    password: z.string().max(1_000).default(''),
  }),
  reply: RestorePreview,
})

export const RestoreStatus = z.enum(['queued', 'running', 'succeeded', 'failed', 'cancelled'])
export type RestoreStatus = z.infer<typeof RestoreStatus>

export const RestoreStage = z.enum(['queued', 'checking', 'definitions', 'rows', 'swapping', 'done'])
export type RestoreStage = z.infer<typeof RestoreStage>

export const Restore = z.object({
  id: z.number().int(),
  backupId: z.number().int().nullable(),
  /** The target; null until a new workspace is there. */
  workspaceId: z.number().int().nullable(),
  workspaceName: z.string(),
  intoNew: z.boolean(),
  status: RestoreStatus,
  stage: RestoreStage,
  current: z.string().nullable(),
  tablesDone: z.number().int(),
  tablesTotal: z.number().int().nullable(),
  rows: z.number().int(),
  rowsTotal: z.number().int().nullable(),
  createdAt: z.iso.datetime(),
  startedAt: z.iso.datetime().nullable(),
  finishedAt: z.iso.datetime().nullable(),
  failure: Failure.nullable(),
})
export type Restore = z.infer<typeof Restore>

export const CreateRestore = z.strictObject({
  backupId: z.number().int().positive(),
  password: z.string().max(1_000).default(''),
  into: RestoreTarget,
})
export type CreateRestore = z.input<typeof CreateRestore>

export const createRestore = endpoint({
  id: 'restoreCreate',
  method: 'POST',
  path: '/api:console/restores',
  scope: 'instance:workspace:update',
  changes: ['restores'],
  body: CreateRestore,
  reply: z.object({ id: z.number().int(), status: RestoreStatus }),
  status: 202,
})

export const listRestores = endpoint({
  id: 'restoreList',
  method: 'GET',
  path: '/api:console/restores',
  scope: 'instance:workspace:read',
  query: CursorQuery,
  reply: cursorPage(Restore),
})

export const getRestore = endpoint({
  id: 'restoreGet',
  method: 'GET',
  path: '/api:console/restores/{id}',
  scope: 'instance:workspace:read',
  params: z.object({ id: z.coerce.number().int().positive() }),
  reply: Restore,
})
