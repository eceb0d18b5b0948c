import type { ColumnType, Generated, JSONColumnType } from 'kysely'

import type { ArchiveSummary, BackupWarning, Drill, StageTime, Verification } from '#api/contract/backups.ts'
import type { RestoreScope } from '#api/contract/restore-scope.ts'
import type { RenamedCanonical } from '#api/contract/restores.ts'

import type { At, MaybeAt } from './column-types.ts'

/** A list or object that has a default in the database; written as text. */
type Json<Value> = ColumnType<Value, string | undefined, string>

export interface BackupTable {
  id: Generated<number>
  workspace_id: number | null
  workspace_name: string
  branch: string
  kind: 'manual' | 'scheduled' | 'uploaded' | 'safety'
  definition_only: boolean
  encrypted: boolean
  status: string
  stage: string
  current: string | null
  tables_done: Generated<number>
  tables_total: number | null
  rows: Generated<number>
  bytes: Generated<number>
  /** Name of the object in the store; null until something is stored. */
  object_name: string | null
  sha256: string | null
  summary: JSONColumnType<ArchiveSummary> | null
  failure: JSONColumnType<{ code: string; message: string }> | null
  created_by: string
  created_at: At
  started_at: MaybeAt
  finished_at: MaybeAt
  /** When its content was last proven by reading it whole. */
  verified_at: MaybeAt
  schedule_id: number | null
  /** The moment its schedule meant, jitter aside. */
  scheduled_for: MaybeAt
  /** Null = the folder of the instance. */
  target_id: number | null
  includes_files: Generated<boolean>
  /** Kept for safety backups and for those of schedules, so that they are verified and restored unattended. */
  sealed_password: string | null
  is_pinned: Generated<boolean>
  note: Generated<string>
  /** Somebody asked for its end; the job that works on it sees it. */
  is_cancelled: Generated<boolean>
  stages: Json<StageTime[]>
  warnings: Json<BackupWarning[]>
  attempt: Generated<number>
  next_attempt_at: MaybeAt
  verification: JSONColumnType<Verification> | null
  drill: JSONColumnType<Drill> | null
  restored_at: MaybeAt
  password_proven_at: MaybeAt
}

/** The manifest of an archive whose SHA-256 the backup knows: JSON, compressed with zstd. */
export interface BackupManifestTable {
  backup_id: number
  body: Buffer
}

export interface RestoreTable {
  id: Generated<number>
  backup_id: number | null
  workspace_id: number | null
  workspace_name: string
  into_new: boolean
  status: string
  stage: string
  current: string | null
  tables_done: Generated<number>
  tables_total: number | null
  rows: Generated<number>
  rows_total: number | null
  failure: JSONColumnType<{ code: string; message: string }> | null
  created_by: string
  created_at: At
  started_at: MaybeAt
  finished_at: MaybeAt
  /** Null = everything of the archive, none = no table of it. */
  tables: JSONColumnType<string[]> | null
  /** Null = everything of the archive. */
  scope: JSONColumnType<RestoreScope> | null
  new_branch: string | null
  canonicals: Generated<'new' | 'refuse'>
  canonical_names: Json<Record<string, string>>
  renamed: Json<RenamedCanonical[]>
  safety_backup_id: number | null
  undo_of: number | null
  is_cancelled: Generated<boolean>
  stages: Json<StageTime[]>
  attempt: Generated<number>
  next_attempt_at: MaybeAt
}
