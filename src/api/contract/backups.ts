import { z } from 'zod'

import { BACKUP_CONTENTS, refuseFilesOfDefinition } from './backup-contents.ts'
import { ArchiveSummary, BackupWarning, Drill, Failure, StageTime, Verification } from './backup-facts.ts'
import { commaList } from './comma-list.ts'
import { endpoint, IdParam } from './endpoint.ts'
import { Moment } from './moments.ts'
import { cursorPage, CursorQuery } from './paging.ts'
import { textOrNone } from './text-or-none.ts'

export * from './backup-facts.ts'

export const BackupStatus = z.enum(['queued', 'running', 'succeeded', 'warnings', 'looks_wrong', 'failed', 'cancelled'])
export type BackupStatus = z.infer<typeof BackupStatus>

/** What a run does right now; the figures beside it are real. */
export const BackupStage = z.enum(['queued', 'definitions', 'rows', 'files', 'storing', 'verifying', 'done'])
export type BackupStage = z.infer<typeof BackupStage>

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
  /** Name that a download gives the file. */
  fileName: z.string().optional(),
  /** Size and time of the good run before it of the same workspace and kind of contents. */
  previous: z.object({ bytes: z.number().int(), rows: z.number().int(), ms: z.number().int() }).nullable(),
  /** Why its schedule's retention keeps it; empty = goes next time. Null where no retention applies to it. */
  keptAs: z.array(z.enum(['last', 'daily', 'weekly', 'monthly', 'last_good'])).nullable(),
})
export type Backup = z.infer<typeof Backup>

/**
 * Asks for a backup. Answered with 429 while as many backups of the workspace wait or run as may at a time; runs that a
 * schedule begins by itself are never refused for it.
 */
export const CreateBackup = z
  .strictObject({
    workspaceId: z.number().int().positive(),
    /** Empty = the live branch. */
    branch: textOrNone(1_000),
    ...BACKUP_CONTENTS,
    /** Empty or absent = not encrypted. */
    password: textOrNone(1_000),
    /** Null or absent = the folder of the instance. Who is limited to some workspaces can name no other: 403. */
    targetId: z.number().int().positive().nullish(),
    note: textOrNone(500),
  })
  .superRefine(refuseFilesOfDefinition)
export type CreateBackup = z.input<typeof CreateBackup>

export const BackupParams = z.object({ id: IdParam })

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
    workspaceId: IdParam.optional(),
    scheduleId: IdParam.optional(),
    kind: Backup.shape.kind.optional(),
    /** One status, or several with commas between them. */
    status: commaList(BackupStatus).optional(),
    /** Asked for at that moment or later. */
    from: Moment.optional(),
    /** Asked for before that moment. */
    to: Moment.optional(),
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

/**
 * The stored archive, or the range of it that is asked for. Each answer with bytes leaves a record, a range too: whoever
 * has the parts has the whole.
 */
export const downloadBackup = endpoint({
  id: 'backupDownload',
  method: 'GET',
  path: '/api:console/backups/{id}/download',
  scope: 'instance:workspace:read',
  audited: true,
  params: BackupParams,
  reply: z.unknown(),
  replyKind: 'stream',
})

/**
 * Pins it, so that no retention takes it, or writes a note beside it. What is absent stays. 409 where it is being deleted
 * meanwhile.
 */
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

/**
 * Ends a verification at any moment; what is known of the backup stays. `verification` is `cancelled` in the answer, and
 * its job lets go of the archive within a second. 409 where none is under way.
 */
export const cancelVerification = endpoint({
  id: 'backupVerifyCancel',
  method: 'POST',
  path: '/api:console/backups/{id}/verify/cancel',
  scope: 'instance:workspace:read',
  changes: ['backups'],
  params: BackupParams,
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

/** Ends a drill at any moment; nothing of it stays. `drill` is `cancelled` in the answer. 409 where none is under way. */
export const cancelDrill = endpoint({
  id: 'backupDrillCancel',
  method: 'POST',
  path: '/api:console/backups/{id}/drill/cancel',
  scope: 'instance:workspace:create',
  changes: ['backups'],
  params: BackupParams,
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
