import type { Generated, JSONColumnType } from 'kysely'

import type { ArchiveSummary } from '#api/contract/backups.ts'

import type { At, MaybeAt } from './column-types.ts'

export interface BackupTable {
  id: Generated<number>
  workspace_id: number | null
  workspace_name: string
  branch: string
  kind: 'manual' | 'uploaded' | 'safety'
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
  verified_at: MaybeAt
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
}
