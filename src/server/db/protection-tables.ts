import type { ColumnType, Generated, JSONColumnType } from 'kysely'

import type { NotificationEvent, NotificationPayload } from '#api/contract/notifications.ts'
import type { Retention, Timing } from '#api/contract/schedules.ts'
import type { TargetTest } from '#api/contract/targets.ts'

import type { At, MaybeAt } from './column-types.ts'

/** Where archives are put beside the folder of the instance. */
export interface TargetTable {
  id: Generated<number>
  name: string
  kind: 'folder' | 's3'
  /** Folder or S3 settings of the contract, without the secret. */
  settings: JSONColumnType<Record<string, unknown>>
  sealed_secret: string | null
  last_test: JSONColumnType<TargetTest> | null
  created_by: string
  created_at: At
  updated_at: At
}

export interface ScheduleTable {
  id: Generated<number>
  name: string
  workspace_id: number
  /** Label; empty = whichever is live when it runs. */
  branch: string
  definition_only: boolean
  includes_files: boolean
  target_id: number | null
  sealed_password: string | null
  password_proven_at: MaybeAt
  timing: JSONColumnType<Timing>
  /** The timing as a cron expression of five fields. */
  cron: string
  time_zone: string
  jitter_seconds: Generated<number>
  run_missed: Generated<boolean>
  is_paused: Generated<boolean>
  retention: JSONColumnType<Retention>
  verify_days: number | null
  drill_days: number | null
  /** The access token that saved it last, and whose rights it runs with; null = a person saved it. */
  token_id: number | null
  /** The person who saved it last, and whose rights it runs with; stays when that account is gone. */
  saved_by: number | null
  next_run_at: MaybeAt
  last_run_at: MaybeAt
  created_by: string
  created_at: At
  updated_at: At
}

/** An archive that arrives in chunks. */
export interface UploadTable {
  id: string
  name: string
  bytes: number
  /** Of the whole, where the sender told it. */
  sha256: string | null
  chunk_bytes: number
  /** One flag a chunk. */
  received: ColumnType<boolean[], boolean[], boolean[]>
  created_by: string
  created_at: At
  touched_at: At
}

export interface NotificationChannelTable {
  id: Generated<number>
  name: string
  kind: 'webhook' | 'email'
  settings: JSONColumnType<Record<string, unknown>>
  sealed_secret: string | null
  events: JSONColumnType<NotificationEvent[]>
  is_active: Generated<boolean>
  created_by: string
  created_at: At
  updated_at: At
}

/** One message to one channel. */
export interface NotificationTable {
  id: Generated<number>
  channel_id: number
  event: NotificationEvent
  /** What must be told once only: a second message with it is not made. */
  dedup_key: string | null
  payload: JSONColumnType<NotificationPayload>
  status: 'queued' | 'delivered' | 'failed'
  attempts: Generated<number>
  error: string | null
  created_at: At
  next_attempt_at: MaybeAt
  delivered_at: MaybeAt
}
