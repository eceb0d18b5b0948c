import { z } from 'zod'

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

/**
 * What went wrong, and what to do. A restore that was refused tells the rest too: `reason` is finer than the code, and
 * says with `table`, `columns` and `count` (of rows) what did not fit.
 */
export const Failure = z.object({
  code: z.string(),
  message: z.string(),
  reason: z.string().optional(),
  table: z.string().optional(),
  columns: z.array(z.string()).optional(),
  count: z.number().int().optional(),
})
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

/** A reading that proved the contents: when it began, how long it took, and what was read. */
export const ContentProof = z.object({
  at: z.iso.datetime(),
  ms: z.number().int().nullable(),
  rows: z.number().int(),
  bytes: z.number().int(),
})
export type ContentProof = z.infer<typeof ContentProof>

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
  /**
   * The newest earlier reading that proved the contents, so that one of the bytes alone does not hide it. Null or absent
   * where this one is the newest, or there was none that is known of; `verifiedAt` tells the date in any case.
   */
  content: ContentProof.nullish(),
})
export type Verification = z.infer<typeof Verification>

const DrilledTable = z.object({
  name: z.string(),
  dataSource: z.string(),
  rows: z.number().int(),
  checksum: z.string(),
})

/** What a drill that succeeded has shown: when, how long a restore takes, and what came back. */
export const DrillProof = z.object({
  at: z.iso.datetime(),
  ms: z.number().int().nullable(),
  tables: z.array(DrilledTable),
  rows: z.number().int(),
})
export type DrillProof = z.infer<typeof DrillProof>

/** A restore that was rehearsed: everything was built and counted, and taken away again. `ms` is what a real one takes. */
export const Drill = z.object({
  status: z.enum(['queued', 'running', 'succeeded', 'failed', 'cancelled']),
  at: z.iso.datetime(),
  ms: z.number().int().nullable(),
  tables: z.array(DrilledTable),
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
  /**
   * The newest earlier drill that succeeded, so that one that is begun, cancelled or fails does not hide it. Null or
   * absent where this one succeeded, or none did before.
   */
  last: DrillProof.nullish(),
})
/** As it is kept; `reason` is not in what earlier releases wrote. */
export type Drill = z.input<typeof Drill>
