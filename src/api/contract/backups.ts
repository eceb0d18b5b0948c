import { z } from 'zod'

import { endpoint } from './endpoint.ts'
import { cursorPage, CursorQuery } from './paging.ts'

export const BackupStatus = z.enum(['queued', 'running', 'succeeded', 'warnings', 'looks_wrong', 'failed', 'cancelled'])
export type BackupStatus = z.infer<typeof BackupStatus>

/** What a run does right now; the figures beside it are real. */
export const BackupStage = z.enum(['queued', 'definitions', 'rows', 'verifying', 'done'])
export type BackupStage = z.infer<typeof BackupStage>

/** One table of an archive as its manifest tells it. */
export const ArchiveTable = z.object({ name: z.string(), dataSource: z.string(), rows: z.number().int() })

/**
 * The manifest in short: what is in the archive. What has a default is not in the summaries of backups that earlier
 * releases made.
 */
export const ArchiveSummary = z.object({
  format: z.number().int(),
  workspace: z.string(),
  branch: z.string(),
  createdAt: z.iso.datetime(),
  tables: z.array(ArchiveTable),
  apiGroups: z.number().int(),
  /** Names of the API groups. */
  apiGroupNames: z.array(z.string()),
  /** Published endpoints, functions, tasks, triggers and the like. Null = of a format that knew none. */
  constructs: z.number().int().nullable().default(null),
  rows: z.number().int(),
  /** Bytes before compression. */
  bytes: z.number().int(),
  includesRows: z.boolean(),
  /** Whether stored files are in it; one without them leaves those of the workspace as they are. */
  includesFiles: z.boolean().default(false),
  files: z.number().int().default(0),
  /** Stored files that were listed, but whose bytes were not there any more. */
  filesLost: z.number().int().default(0),
})
export type ArchiveSummary = z.infer<typeof ArchiveSummary>

export const Failure = z.object({ code: z.string(), message: z.string() })

/** One backup. Times are ISO strings, sizes bytes as stored (compressed, encrypted). */
export const Backup = z.object({
  id: z.number().int(),
  workspaceId: z.number().int().nullable(),
  workspaceName: z.string(),
  branch: z.string(),
  kind: z.enum(['manual', 'uploaded', 'safety']),
  definitionOnly: z.boolean(),
  encrypted: z.boolean(),
  status: BackupStatus,
  stage: BackupStage,
  /** Table being copied, when one is. */
  current: z.string().nullable(),
  tablesDone: z.number().int(),
  tablesTotal: z.number().int().nullable(),
  rows: z.number().int(),
  /** Bytes of the archive so far, or its whole size once done. */
  bytes: z.number().int(),
  createdAt: z.iso.datetime(),
  startedAt: z.iso.datetime().nullable(),
  finishedAt: z.iso.datetime().nullable(),
  verifiedAt: z.iso.datetime().nullable(),
  /** Null while running, after a failure, and for an uploaded archive whose password is not known. */
  summary: ArchiveSummary.nullable(),
  failure: Failure.nullable(),
})
export type Backup = z.infer<typeof Backup>

export const CreateBackup = z.strictObject({
  workspaceId: z.number().int().positive(),
  /** Empty = the live branch. */
  branch: z.string().default(''),
  definitionOnly: z.boolean().default(false),
  /** Empty or absent = not encrypted. */
  password: z.string().max(1_000).default(''),
})
export type CreateBackup = z.input<typeof CreateBackup>

export const BackupParams = z.object({ id: z.coerce.number().int().positive() })

export const createBackup = endpoint({
  id: 'backupCreate',
  method: 'POST',
  path: '/api:console/backups',
  scope: 'instance:workspace:read',
  changes: ['backups'],
  body: CreateBackup,
  reply: z.object({ id: z.number().int(), status: BackupStatus }),
  status: 202,
})

export const listBackups = endpoint({
  id: 'backupList',
  method: 'GET',
  path: '/api:console/backups',
  scope: 'instance:workspace:read',
  query: CursorQuery.extend({ workspaceId: z.coerce.number().int().positive().optional() }),
  reply: cursorPage(Backup),
})

export const getBackup = endpoint({
  id: 'backupGet',
  method: 'GET',
  path: '/api:console/backups/{id}',
  scope: 'instance:workspace:read',
  params: BackupParams,
  reply: Backup,
})

export const downloadBackup = endpoint({
  id: 'backupDownload',
  method: 'GET',
  path: '/api:console/backups/{id}/download',
  scope: 'instance:workspace:read',
  params: BackupParams,
  reply: z.unknown(),
  replyKind: 'stream',
})

export const deleteBackup = endpoint({
  id: 'backupDelete',
  method: 'DELETE',
  path: '/api:console/backups/{id}',
  scope: 'instance:workspace:delete',
  changes: ['backups'],
  params: BackupParams,
  reply: z.null(),
})

/** Takes an archive file (part `file`, fields `name` and `password`) into the list, checked on the way in. */
export const uploadBackup = endpoint({
  id: 'backupUpload',
  method: 'POST',
  path: '/api:console/backups/upload',
  scope: 'instance:workspace:create',
  changes: ['backups'],
  body: z.strictObject({ password: z.string().max(1_000).default('') }),
  bodyKind: 'form',
  reply: Backup,
  status: 201,
})
