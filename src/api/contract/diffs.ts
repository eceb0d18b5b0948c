import { z } from 'zod'

import { ArchiveSummary, BackupParams } from './backups.ts'
import { endpoint } from './endpoint.ts'
import { list } from './list.ts'
import { textOrNone } from './text-or-none.ts'

/**
 * One row that differs: its id, and up to six columns as text of up to 200 characters, null for null; of a changed row
 * first those that differ. Passwords and what is sensitive or not public are shown as `••••`.
 */
export const RowSample = z.object({
  id: z.string(),
  inArchive: z.record(z.string(), z.string().nullable()).nullable(),
  now: z.record(z.string(), z.string().nullable()).nullable(),
})
export type RowSample = z.infer<typeof RowSample>

/**
 * What a restore would do to a definition: `added` = only in the archive, `removed` = only in the workspace, `changed` =
 * in both and different.
 */
export const Effect = z.enum(['added', 'changed', 'removed'])
export type Effect = z.infer<typeof Effect>

/** A column, index, reference or setting of a table that differs, in words, from the workspace to the archive. */
export const FieldDiff = z.object({
  what: z.enum(['column', 'index', 'reference', 'setting']),
  name: z.string(),
  effect: Effect,
  /** `text → int`, `now required`. */
  detail: z.string(),
  /** For a column that would be removed: rows that hold a value in it. */
  values: z.number().int().nullable(),
})
export type FieldDiff = z.infer<typeof FieldDiff>

/**
 * Rows of one table over all data sources, compared by primary key and content. `added` = only in the archive: a restore
 * brings them; `removed` = only in the workspace: a restore takes them away. Null without rows in the archive. Where
 * columns differ, rows are compared by those that both sides have.
 */
export const TableDiff = z.object({
  table: z.string(),
  /** Null where neither the definition nor a row differs. */
  effect: Effect.nullable(),
  added: z.number().int().nullable(),
  changed: z.number().int().nullable(),
  removed: z.number().int().nullable(),
  same: z.number().int().nullable(),
  fields: z.array(FieldDiff),
  samples: z.object({ added: z.array(RowSample), changed: z.array(RowSample), removed: z.array(RowSample) }),
  /** When the newest of the rows that would be removed was made, where the table tells (`created_at`). */
  newestRemovedAt: z.iso.datetime().nullable(),
})
export type TableDiff = z.infer<typeof TableDiff>

/**
 * A construct, API group or setting that differs. `kind` is that of a construct, else `api_group`, `workspace`, `branch`
 * or `data_source`. `patch` is a unified diff from the workspace to the archive, cut where it is very long; null where
 * no text differs, or texts are too large to be compared. A draft that differs has its own part in it.
 */
export const DefinitionDiff = z.object({
  kind: z.string(),
  name: z.string(),
  effect: Effect,
  patch: z.string().nullable(),
})
export type DefinitionDiff = z.infer<typeof DefinitionDiff>

export const ArchiveDiff = z.object({
  summary: ArchiveSummary,
  workspace: z.object({ id: z.number().int(), name: z.string() }),
  /** True where nothing differs, counters of ids aside. */
  same: z.boolean(),
  /** All tables of both sides: first what goes, then what changes, comes and stays the same. */
  tables: z.array(TableDiff),
  /** What differs: first what goes, then what changes and comes. */
  definitions: z.array(DefinitionDiff),
  /** By address and content. An archive without files leaves those of the workspace as they are: `same`. */
  files: z.object({
    added: z.number().int(),
    changed: z.number().int(),
    removed: z.number().int(),
    same: z.number().int(),
    samples: z.array(z.object({ name: z.string(), effect: Effect, size: z.number().int() })),
  }),
  /** Drafts in the workspace that a restore would replace. */
  draftsNow: z.number().int(),
  ms: z.number().int(),
})
export type ArchiveDiff = z.infer<typeof ArchiveDiff>

/**
 * Compares an archive with a workspace as it is now: what a restore of the archive into it would change. Both sides are
 * streamed. Writes nothing. Samples of rows are empty for callers without the scope `workspace:content:read`.
 */
export const diffBackup = endpoint({
  id: 'backupDiff',
  method: 'POST',
  path: '/api:console/backups/{id}/diff',
  scope: 'instance:workspace:read',
  audited: false,
  bodyLimitBytes: 1_048_576,
  params: BackupParams,
  body: z.strictObject({
    workspaceId: z.number().int().positive(),
    password: textOrNone(1_000),
    /** Only these tables; absent = everything. */
    tables: list(z.string().min(1)).min(1).max(10_000).optional(),
    /** Sample rows of each kind and table. */
    samples: z.number().int().min(0).max(20).default(3),
  }),
  reply: ArchiveDiff,
})
