import type { ColumnType, Generated, JSONColumnType } from 'kysely'

import type { At } from './column-types.ts'

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

/** `refused`: nothing was done. `interrupted`: it is not known whether anything was. */
export type AuditOutcome = 'done' | 'refused' | 'interrupted'

export interface AuditRecordTable {
  id: Generated<number>
  at: At
  actor_kind: 'session' | 'token' | 'system'
  actor_id: number | null
  /** E-mail address of a person, name and fingerprint of a token. */
  actor_label: string
  /** The person who is signed in, or who made the token; kept also when the account goes. */
  person_id: ColumnType<number | null, number | null | undefined, never>
  person_email: ColumnType<string | null, string | null | undefined, never>
  workspace_id: number | null
  /** The operation's id in the contract, such as `tableCreate`. */
  action: string
  outcome: ColumnType<AuditOutcome, AuditOutcome | undefined, never>
  target: JSONColumnType<Record<string, unknown>>
  /** What was different before and after, secrets masked; null where that is not noted. */
  before: JSONColumnType<Record<string, unknown> | null, string | null | undefined, never>
  after: JSONColumnType<Record<string, unknown> | null, string | null | undefined, never>
  detail: JSONColumnType<Record<string, unknown>>
  address: string
  request_id: string
  /** The place in the chain, from 1 without gaps; this and the hashes are set by the database. */
  sequence: ColumnType<number, never, never>
  /** SHA-256 of the record before; zeros in the first one. */
  previous_hash: ColumnType<Buffer, never, never>
  hash: ColumnType<Buffer, never, never>
}

/** A process that writes intents. It holds the advisory lock of its row for as long as it lives. */
export interface AuditProcessTable {
  id: Generated<number>
  /** Host and process id, for people. */
  name: string
  begun_at: At
}

/** An operation that has begun and is not recorded yet; the columns are those of its record. */
export interface AuditIntentTable {
  process: number
  /** Counted by the process. */
  number: number
  at: At
  actor_kind: 'session' | 'token' | 'system'
  actor_id: number | null
  actor_label: string
  person_id: number | null
  person_email: string | null
  workspace_id: number | null
  action: string
  target: JSONColumnType<Record<string, unknown>>
  address: string
  request_id: string
}
