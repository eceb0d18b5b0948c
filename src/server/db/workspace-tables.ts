import type { ColumnType, Generated, JSONColumnType } from 'kysely'

import type { Column, Index } from '#api/contract/columns.ts'
import type { ConstructKind } from '#xanoscript/construct-kinds.ts'

import type { At } from './column-types.ts'

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

/** What only the document of a group says: kept as it is written, for the engine and for the next document. */
export interface ApiGroupSettings {
  active?: boolean
  /** XanoScript of the values. */
  history?: string
  middleware?: string
  cors?: string
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
  documentation: ColumnType<{ require_token: boolean }, string | undefined, string>
  settings: ColumnType<ApiGroupSettings, string | undefined, string>
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
