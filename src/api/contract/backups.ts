import { z } from 'zod'

import { endpoint } from './endpoint.ts'
import { cursorPage, CursorQuery } from './paging.ts'
import { textOrNone } from './text-or-none.ts'

export const BackupStatus = z.enum(['queued', 'running', 'succeeded', 'warnings', 'looks_wrong', 'failed', 'cancelled'])
export type BackupStatus = z.infer<typeof BackupStatus>

/** What a run does right now; the figures beside it are real. */
export const BackupStage = z.enum(['queued', 'definitions', 'rows', 'files', 'storing', 'verifying', 'done'])
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
export type Failure = z.infer<typeof Failure>

/** A stage that a run went through, with what had been done at its end. `ms` is null while it lasts. */
export const StageTime = z.object({
  stage: z.string(),
  at: z.iso.datetime(),
  ms: z.number().int().nullable(),
  rows: z.number().int(),
  bytes: z.number().int(),
})
export type StageTime = z.infer<typeof StageTime>

/**
 * Something that a person should know of a backup that is otherwise whole. `smaller` and `larger`: its size is out of the
 * band of earlier runs. `files_lost`: bytes of stored files were not there. `unproven`: encrypted, and nobody gave the
 * password yet.
 */
export const BackupWarning = z.object({
  code: z.enum(['smaller', 'larger', 'empty_table', 'files_lost', 'unproven']),
  message: z.string(),
})
export type BackupWarning = z.infer<typeof BackupWarning>

/**
 * The last time the stored archive was read back. `content` = decrypted, unpacked, every checksum and row count compared;
 * `bytes` = only the SHA-256 of the stored bytes, because the password was not at hand.
 */
export const Verification = z.object({
  status: z.enum(['running', 'proven', 'disproven', 'unreachable', 'cancelled']),
  depth: z.enum(['content', 'bytes']),
  at: z.iso.datetime(),
  ms: z.number().int().nullable(),
  rows: z.number().int(),
  bytes: z.number().int(),
  failure: Failure.nullable(),
})
export type Verification = z.infer<typeof Verification>

/** A restore that was rehearsed: everything was built and counted, and taken away again. `ms` is what a real one takes. */
export const Drill = z.object({
  status: z.enum(['queued', 'running', 'succeeded', 'failed', 'cancelled']),
  at: z.iso.datetime(),
  ms: z.number().int().nullable(),
  tables: z.array(z.object({ name: z.string(), dataSource: z.string(), rows: z.number().int(), checksum: z.string() })),
  rows: z.number().int(),
  /** GET endpoints without required input: how many there are and how many answered. */
  endpoints: z.object({
    found: z.number().int(),
    called: z.number().int(),
    failed: z.array(z.object({ path: z.string(), message: z.string() })),
    /** Why some of them were not called; null = all were, or the drill is of an earlier release. */
    reason: z.string().nullable().default(null),
  }),
  failure: Failure.nullable(),
})
/** As it is kept; `reason` is not in what earlier releases wrote. */
export type Drill = z.input<typeof Drill>

/** One backup. Times are ISO strings, sizes bytes as stored (compressed, encrypted). */
export const Backup = z.object({
  id: z.number().int(),
  workspaceId: z.number().int().nullable(),
  workspaceName: z.string(),
  branch: z.string(),
  kind: z.enum(['manual', 'scheduled', 'uploaded', 'safety']),
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
  scheduleId: z.number().int().nullable(),
  scheduleName: z.string().nullable(),
  /** Null = the folder of the instance. */
  targetId: z.number().int().nullable(),
  targetName: z.string(),
  includesFiles: z.boolean(),
  /** True where the server knows the password: it verifies and restores without asking. */
  knowsPassword: z.boolean(),
  pinned: z.boolean(),
  note: z.string(),
  /** SHA-256 of the stored bytes. */
  sha256: z.string().nullable(),
  stages: z.array(StageTime),
  warnings: z.array(BackupWarning),
  /** From 1; more than 1 after a failure that is tried again. */
  attempt: z.number().int(),
  /** When it is tried again; `failure` says what went wrong. */
  nextAttemptAt: z.iso.datetime().nullable(),
  verification: Verification.nullable(),
  drill: Drill.nullable(),
  /** When it was last restored for real. */
  restoredAt: z.iso.datetime().nullable(),
  passwordProvenAt: z.iso.datetime().nullable(),
  /** True where there is something to download: also for one that was found damaged, which nothing restores. */
  hasArchive: z.boolean().optional(),
  /** Size and time of the good run before it of the same workspace and kind of contents. */
  previous: z.object({ bytes: z.number().int(), rows: z.number().int(), ms: z.number().int() }).nullable(),
  /** Why its schedule's retention keeps it; empty = goes next time. Null where no retention applies to it. */
  keptAs: z.array(z.enum(['last', 'daily', 'weekly', 'monthly', 'last_good'])).nullable(),
})
export type Backup = z.infer<typeof Backup>

export const CreateBackup = z.strictObject({
  workspaceId: z.number().int().positive(),
  /** Empty = the live branch. */
  branch: textOrNone(1_000),
  definitionOnly: z.boolean().default(false),
  /** Stored files; never with `definitionOnly`. */
  files: z.boolean().default(true),
  /** Empty or absent = not encrypted. */
  password: textOrNone(1_000),
  /** Null or absent = the folder of the instance. */
  targetId: z.number().int().positive().nullish(),
  note: textOrNone(500),
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
  query: CursorQuery.extend({
    workspaceId: z.coerce.number().int().positive().optional(),
    scheduleId: z.coerce.number().int().positive().optional(),
    status: BackupStatus.optional(),
  }),
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

/** Pins it, so that no retention takes it, or writes a note beside it. What is absent stays. */
export const updateBackup = endpoint({
  id: 'backupUpdate',
  method: 'PUT',
  path: '/api:console/backups/{id}',
  scope: 'instance:workspace:update',
  changes: ['backups'],
  params: BackupParams,
  body: z.strictObject({ pinned: z.boolean().optional(), note: z.string().max(500).optional() }),
  reply: Backup,
})

/** Ends a run at any moment; nothing half-written stays. One that is done already is answered with 409. */
export const cancelBackup = endpoint({
  id: 'backupCancel',
  method: 'POST',
  path: '/api:console/backups/{id}/cancel',
  scope: 'instance:workspace:read',
  changes: ['backups'],
  params: BackupParams,
  reply: Backup,
  status: 202,
})

/** A password that proves an archive's contents; where the server knows it, it may be absent. */
const PasswordBody = z.strictObject({ password: textOrNone(1_000) })

/**
 * Reads the stored archive back, whole. The answer comes when that is done, or after some seconds with `verification`
 * still running; `GET /api:console/backups/{id}` tells the end. An archive that is not what was written gets the status
 * `failed`.
 */
export const verifyBackup = endpoint({
  id: 'backupVerify',
  method: 'POST',
  path: '/api:console/backups/{id}/verify',
  scope: 'instance:workspace:read',
  changes: ['backups'],
  params: BackupParams,
  body: PasswordBody,
  bodyOptional: true,
  reply: Backup,
  status: 202,
})

/** Rehearses a restore: builds everything beside the workspaces, counts and checks it, and takes it away again. */
export const drillBackup = endpoint({
  id: 'backupDrill',
  method: 'POST',
  path: '/api:console/backups/{id}/drill',
  scope: 'instance:workspace:create',
  changes: ['backups'],
  params: BackupParams,
  body: PasswordBody,
  bodyOptional: true,
  reply: Backup,
  status: 202,
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
