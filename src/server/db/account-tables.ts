import type { Generated, JSONColumnType } from 'kysely'

import type { Scopes } from '#api/contract/scopes.ts'

import type { At, MaybeAt } from './column-types.ts'

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
