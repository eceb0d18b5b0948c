import type { ColumnType, Generated, JSONColumnType } from 'kysely'

import type { ArchiveSummary } from '#api/contract/backups.ts'
import type { Column, Index } from '#api/contract/columns.ts'
import type { Scopes } from '#api/contract/scopes.ts'
import type { ConstructKind } from '#xanoscript/construct-kinds.ts'

/** A moment: read as Date, written as Date. */
type At = ColumnType<Date, Date, Date>
type MaybeAt = ColumnType<Date | null, Date | null | undefined, Date | null>

export interface SettingTable {
  key: string
  value: JSONColumnType<Record<string, unknown>>
}

export interface UserTable {
  id: Generated<number>
  email: string
  name: string
  password_hash: string
  role: 'owner' | 'admin' | 'member'
  created_at: At
}

export interface SetupLinkTable {
  hash: Buffer
  created_at: At
  used_at: MaybeAt
}

export interface SessionTable {
  /** SHA-256 of the cookie's value. */
  hash: Buffer
  user_id: number
  created_at: At
  last_seen_at: At
  expires_at: At
  address: string
  user_agent: string
}

export interface ThrottleTable {
  key: string
  failures: number
  window_ends_at: At
}

export interface AccessTokenTable {
  id: Generated<number>
  name: string
  /** SHA-256 of the token. */
  hash: Buffer
  prefix: string
  last_four: string
  scopes: JSONColumnType<Scopes>
  /** Null = all workspaces. */
  workspaces: number[] | null
  created_by: number | null
  created_at: At
  expires_at: MaybeAt
  last_used_at: MaybeAt
  last_used_from: string | null
  revoked_at: MaybeAt
}

export interface WorkspaceTable {
  id: Generated<number>
  name: string
  description: string
  guid: string
  swagger: Generated<boolean>
  documentation: JSONColumnType<{ require_token: boolean }>
  preferences: JSONColumnType<{ allow_push: boolean }>
  realtime_enabled: Generated<boolean>
  /** Public name of the workspace's realtime connection, the last part of its address `/rt/<hash>`. */
  realtime_hash: string
  created_at: At
  updated_at: At
}

export interface BranchTable {
  id: Generated<number>
  workspace_id: number
  label: string
  description: string
  color: string
  guid: string
  live: boolean
  backup: Generated<boolean>
  created_at: At
  updated_at: At
}

export interface DataSourceTable {
  workspace_id: number
  label: string
  color: string
  created_at: At
}

/** A user's table as its definition; the rows lie in `w<workspace>_<data source>.<name>`. */
export interface TableDefinitionTable {
  id: Generated<number>
  workspace_id: number
  name: string
  description: string
  docs: string
  auth: boolean
  guid: string
  tag: JSONColumnType<string[]>
  columns: JSONColumnType<Column[]>
  indexes: JSONColumnType<Index[]>
  autocomplete: JSONColumnType<{ name: string }[]>
  /** Guid of the API group that the table is tied to; null = none. */
  api_group_guid: string | null
  created_at: At
  updated_at: At
}

export interface ApiGroupTable {
  id: Generated<number>
  workspace_id: number
  branch_id: number
  name: string
  description: string
  docs: string
  guid: string
  canonical: string
  swagger: boolean
  documentation: Generated<JSONColumnType<{ require_token: boolean }>>
  tag: JSONColumnType<string[]>
  created_at: At
  updated_at: At
}

/**
 * A construct written in XanoScript. The text is the truth; name, verb, description and guid are read out of it for
 * finding and sorting. A draft is a later text that is not published.
 */
export interface ConstructTable {
  id: Generated<number>
  workspace_id: number
  branch_id: number
  /** The group of a query; null for every other kind. */
  api_group_id: number | null
  kind: ConstructKind
  name: string
  /** The HTTP method of a query; null for every other kind. */
  verb: string | null
  description: string
  guid: string
  text: string
  draft: string | null
  /** SHA-256 of the text in hex. */
  checksum: string
  created_at: At
  updated_at: At
}

export interface FileTable {
  id: Generated<number>
  workspace_id: number
  name: string
  type: 'image' | 'video' | 'audio' | 'attachment'
  mime: string
  access: 'public' | 'private'
  size: number
  sha256: string
  /** Where it is served: `/vault/...`. */
  path: string
  /** Name of the object in the store. */
  object_name: string
  meta: JSONColumnType<Record<string, unknown>>
  created_at: At
}

export type HistoryKind = 'request' | 'function' | 'task' | 'middleware' | 'tool' | 'trigger'

/** One run of a construct. Which of the ids are set depends on the kind. */
export interface HistoryTable {
  id: Generated<number>
  workspace_id: number
  kind: HistoryKind
  branch_id: number | null
  branch: string | null
  api_group_id: number | null
  query_id: number | null
  function_id: number | null
  task_id: number | null
  middleware_id: number | null
  tool_id: number | null
  trigger_id: number | null
  status: number | null
  verb: string | null
  uri: string | null
  /** Seconds. */
  duration: number
  /** JSON of any kind: written as text. */
  input: ColumnType<unknown, string | null, string | null>
  output: ColumnType<unknown, string | null, string | null>
  request_headers: JSONColumnType<string[]>
  response_headers: JSONColumnType<string[]>
  /** Bytes. */
  input_size: number
  output_size: number
  created_at: At
}

/** The first answer to a POST that carried an `Idempotency-Key`; without status it is still being worked out. */
export interface IdempotencyTable {
  /** Kind and id of who sent it: `token 12`. */
  caller: string
  key: string
  /** SHA-256 of method, address and body: the same key with another request is refused. */
  fingerprint: string
  status: number | null
  headers: JSONColumnType<Record<string, string>> | null
  body: string | null
  created_at: At
}

export interface AuditRecordTable {
  id: Generated<number>
  at: At
  actor_kind: 'session' | 'token' | 'system'
  actor_id: number | null
  /** E-mail address of a person, name and fingerprint of a token. */
  actor_label: string
  workspace_id: number | null
  /** The operation's id in the contract, such as `tableCreate`. */
  action: string
  target: JSONColumnType<Record<string, unknown>>
  detail: JSONColumnType<Record<string, unknown>>
  address: string
  request_id: string
}

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

/** Metadeck's own tables, all in the schema `metadeck`. */
export interface Database {
  setting: SettingTable
  user: UserTable
  setup_link: SetupLinkTable
  session: SessionTable
  throttle: ThrottleTable
  access_token: AccessTokenTable
  workspace: WorkspaceTable
  branch: BranchTable
  data_source: DataSourceTable
  table_definition: TableDefinitionTable
  api_group: ApiGroupTable
  construct: ConstructTable
  file: FileTable
  history: HistoryTable
  idempotency: IdempotencyTable
  audit_record: AuditRecordTable
  backup: BackupTable
  restore: RestoreTable
}
