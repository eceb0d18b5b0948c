import type { ConstructKind, QueryVerb } from './construct-kinds.ts'
import type { TableField } from './table-field.ts'

/** What a construct says about itself, read out of its text; the stack and the response stay text. */
export interface ConstructHeader {
  kind: ConstructKind
  name: string
  /** `verb=` of a query; null for every other kind. */
  verb: QueryVerb | null
  /** Empty where the text says none; so are docs and tags. */
  description: string
  docs: string
  tags: string[]
  /** Null where the text brings none. */
  guid: string | null
  /** Null where the text does not say; constructs are then active. */
  active: boolean | null
  /** A query's group, by name. */
  apiGroup: string | null
  /** A query's table that signs users in, by name. */
  auth: string | null
  /** A task's data source. */
  datasource: string | null
  /** Data sources a table trigger listens to; empty = all. */
  datasources: string[]
  /** The table, channel, agent or MCP server that a trigger listens to, by name. */
  target: string | null
  /** What a trigger listens for: `{insert: true}`. */
  actions: Record<string, boolean>
  cache: CacheSettings | null
  /** Inputs in their order; empty for kinds without. */
  input: TableField[]
  /** Settings of a realtime channel; null for every other kind. */
  channel: ChannelSettings | null
}

/** How long an answer is reused, and what it depends on (section 4 of the language's reference). */
export interface CacheSettings {
  /** Seconds; 0 = off. */
  ttl: number
  input: boolean
  auth: boolean
  datasource: boolean
  ip: boolean
  headers: string[]
  env: string[]
}

export interface ChannelSettings {
  publicMessaging: { active: boolean; auth: boolean }
  privateMessaging: { active: boolean; auth: boolean }
  anonymousClients: boolean
  nestedChannels: boolean
  /** Messages kept: 0, 25, 50, 100, 250 or 1000. */
  messageHistory: number
  authChannel: boolean
  presence: boolean
}

/** What to change in a text: keys left out stay, null takes the property away. */
export interface ConstructChanges {
  name?: string
  verb?: QueryVerb
  description?: string | null
  docs?: string | null
  tags?: string[] | null
  guid?: string | null
  active?: boolean | null
  apiGroup?: string
  auth?: string | null
  datasource?: string | null
  datasources?: string[] | null
  /** What a trigger listens to, by name. */
  target?: string
  actions?: Record<string, boolean> | null
  cache?: CacheSettings | null
  channel?: ChannelSettings
}
