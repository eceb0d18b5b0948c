import { z } from 'zod'

import { ArchiveSummary, BackupParams, Failure, StageTime } from './backups.ts'
import { commaList } from './comma-list.ts'
import { endpoint, IdParam } from './endpoint.ts'
import { dictionary } from './list.ts'
import { ContentName, Label } from './names.ts'
import { cursorPage, CursorQuery } from './paging.ts'
import { RestoreScope, ScopeChoices } from './restore-scope.ts'
import { textOrNone } from './text-or-none.ts'

/**
 * Where a restore goes: a workspace that it makes; a new branch of one that is there, for definitions; or one that is
 * there and whose name is typed to confirm.
 */
export const RestoreTarget = z.union([
  z.strictObject({ newWorkspace: ContentName }),
  z.strictObject({ workspaceId: z.number().int().positive(), confirm: z.string() }),
  z.strictObject({ workspaceId: z.number().int().positive(), newBranch: Label }),
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
  /**
   * Columns that the archive has and the table of now lacks, by name: merging rows that hold values there is refused.
   * Absent = none.
   */
  missingColumns: z.array(z.string()).optional(),
})
export type PreviewTable = z.infer<typeof PreviewTable>

/** The constructs of the branch that a restore replaces. */
export const PreviewConstructs = z.object({
  /** Null = the archive is of a format that knew none: those of the branch stay, but for `inRemovedGroups`. */
  inArchive: z.number().int().nullable(),
  now: z.number().int(),
  /** How many of them have a draft. Drafts come out of the archive too, where its format holds them (3 and later). */
  draftsNow: z.number().int(),
  /** How many of them are endpoints of API groups that the archive does not have. */
  inRemovedGroups: z.number().int(),
})
export type PreviewConstructs = z.infer<typeof PreviewConstructs>

/**
 * An API group whose canonical another workspace has, so that the addresses below it cannot be the same. `suggested` is
 * free at the moment.
 */
export const TakenCanonical = z.object({
  group: z.string(),
  canonical: z.string(),
  takenBy: z.string(),
  suggested: z.string(),
})
export type TakenCanonical = z.infer<typeof TakenCanonical>

/** The stored files of the workspace. */
export const PreviewFiles = z.object({
  /** Null = the archive holds none, and those of the workspace stay as they are. */
  inArchive: z.number().int().nullable(),
  now: z.number().int(),
})
export type PreviewFiles = z.infer<typeof PreviewFiles>

/**
 * Stored files of the archive whose address a file of another workspace has: they get a new one. The first 1,000 paths
 * and how many there are.
 */
export const TakenFiles = z.object({ count: z.number().int(), paths: z.array(z.string()) })
export type TakenFiles = z.infer<typeof TakenFiles>

export const RestorePreview = z.object({
  summary: ArchiveSummary,
  target: z.object({ id: z.number().int(), name: z.string() }).nullable(),
  tables: z.array(PreviewTable),
  apiGroups: z.object({ added: z.array(z.string()), replaced: z.array(z.string()), removed: z.array(z.string()) }),
  constructs: PreviewConstructs,
  files: PreviewFiles,
  takenCanonicals: z.array(TakenCanonical),
  takenFiles: TakenFiles,
  /** Tables that each table of the archive refers to, so that a selection can take them along. */
  dependencies: z.record(z.string(), z.array(z.string())),
  choices: ScopeChoices,
  /** How long a restore of this archive took last, by drill or for real; null = never done. */
  expectedMs: z.number().int().nullable(),
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
    password: textOrNone(1_000),
  }),
  reply: RestorePreview,
})

export const RestoreStatus = z.enum(['queued', 'running', 'succeeded', 'failed', 'cancelled'])
export type RestoreStatus = z.infer<typeof RestoreStatus>

export const RestoreStage = z.enum(['queued', 'checking', 'safety', 'definitions', 'rows', 'keys', 'swapping', 'done'])
export type RestoreStage = z.infer<typeof RestoreStage>

/** An API group that got another canonical than the archive says. */
export const RenamedCanonical = z.object({ group: z.string(), from: z.string(), to: z.string() })
export type RenamedCanonical = z.infer<typeof RenamedCanonical>

/** A stored file that got another address than the archive says. */
export const RenamedFile = z.object({ from: z.string(), to: z.string() })
export type RenamedFile = z.infer<typeof RenamedFile>

/**
 * What a merge did to a table, in all data sources. `same` = rows of the archive whose ids were there and that stayed as
 * they were: equal ones, and with `missing` those that differ as well.
 */
export const MergedTable = z.object({
  table: z.string(),
  added: z.number().int(),
  overwritten: z.number().int(),
  same: z.number().int(),
})
export type MergedTable = z.infer<typeof MergedTable>

export const Restore = z.object({
  id: z.number().int(),
  backupId: z.number().int().nullable(),
  /** The target; null until a new workspace is there, and once it was deleted. */
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
  /** Names of the tables that were chosen, as the archive spells them; null = everything, or no table. */
  tables: z.array(z.string()).nullable(),
  /** What was chosen; null = everything. */
  scope: RestoreScope.nullable(),
  newBranch: z.string().nullable(),
  /** What the target held before; it is what an undo brings back. */
  safetyBackupId: z.number().int().nullable(),
  /** The restore that this one takes back. Where that made a workspace or branch, this one deletes it. */
  undoOf: z.number().int().nullable(),
  /** The restore that took this one back. */
  undoneBy: z.number().int().nullable(),
  /** Null = it can be undone; else the reason why not. */
  undoRefusal: z.string().nullable(),
  renamedCanonicals: z.array(RenamedCanonical),
  /** Tables whose rows were merged. Empty until it is done, and where tables were replaced. */
  merged: z.array(MergedTable),
  /** Files whose address another workspace has. The first 1,000 in the answer about one restore, none in lists. */
  renamedFiles: z.object({ count: z.number().int(), files: z.array(RenamedFile) }),
  /** True while it runs and somebody has asked for its end: `cancelled` follows within seconds, unless it was just done. */
  cancelling: z.boolean(),
  stages: z.array(StageTime),
  attempt: z.number().int(),
  nextAttemptAt: z.iso.datetime().nullable(),
})
export type Restore = z.infer<typeof Restore>

export const CreateRestore = z.strictObject({
  backupId: z.number().int().positive(),
  password: textOrNone(1_000),
  into: RestoreTarget,
  ...RestoreScope.shape,
  /** What becomes of a canonical that another workspace has: a new random one, or no restore (409). */
  canonicals: z.enum(['new', 'refuse']).default('new'),
  /** Chosen canonicals by the one in the archive, 400 where one is taken; `preview` tells which of the archive's are. */
  canonicalNames: dictionary(z.string().regex(/^[A-Za-z0-9_-]{1,100}$/)).default({}),
})
export type CreateRestore = z.input<typeof CreateRestore>

export const createRestore = endpoint({
  id: 'restoreCreate',
  method: 'POST',
  path: '/api:console/restores',
  scope: 'instance:workspace:update',
  changes: ['restores'],
  body: CreateRestore,
  bodyLimitBytes: 1_048_576,
  reply: z.object({
    id: z.number().int(),
    status: RestoreStatus,
    /** Groups that get another canonical because theirs is taken; `suggested` is the one they get. */
    takenCanonicals: z.array(TakenCanonical).optional(),
  }),
  status: 202,
})

/**
 * Ends a restore at any moment before its last step; the target is as it was. One that waits is `cancelled` with the
 * answer; of one that runs the answer says `cancelling`. 409 when it is done.
 */
export const cancelRestore = endpoint({
  id: 'restoreCancel',
  method: 'POST',
  path: '/api:console/restores/{id}/cancel',
  scope: 'instance:workspace:update',
  changes: ['restores'],
  params: z.object({ id: IdParam }),
  reply: Restore,
  status: 202,
})

/**
 * Takes a restore back: a restore of its safety backup, of the same scope; tables come back whole. One into a new
 * workspace or branch is taken back by deleting that, after a safety backup of it. Answers the restore that does it. 409
 * when it cannot be done.
 */
export const undoRestore = endpoint({
  id: 'restoreUndo',
  method: 'POST',
  path: '/api:console/restores/{id}/undo',
  scope: 'instance:workspace:update',
  changes: ['restores'],
  params: z.object({ id: IdParam }),
  reply: z.object({ id: z.number().int(), status: RestoreStatus }),
  status: 202,
})

export const listRestores = endpoint({
  id: 'restoreList',
  method: 'GET',
  path: '/api:console/restores',
  scope: 'instance:workspace:read',
  query: CursorQuery.extend({
    workspaceId: IdParam.optional(),
    backupId: IdParam.optional(),
    /** One status, or several with commas between them. */
    status: commaList(RestoreStatus).optional(),
  }),
  reply: cursorPage(Restore),
})

export const getRestore = endpoint({
  id: 'restoreGet',
  method: 'GET',
  path: '/api:console/restores/{id}',
  scope: 'instance:workspace:read',
  params: z.object({ id: IdParam }),
  reply: Restore,
})
