import type { Generated, JSONColumnType } from 'kysely'

import type { Scopes } from '#api/contract/scopes.ts'

import type { At, MaybeAt } from './column-types.ts'

export interface SettingTable {
  key: string
  value: JSONColumnType<Record<string, unknown>>
}

export type Role = 'owner' | 'admin' | 'member'

export interface UserTable {
  id: Generated<number>
  email: string
  name: string
  /** Null = the account has no password: it signs in by other ways only. */
  password_hash: string | null
  role: Role
  /** What a member may do; null = everything, which owners and admins always hold. */
  scopes: JSONColumnType<Scopes> | null
  /** Workspaces a member reaches; null = all. */
  workspaces: number[] | null
  created_at: At
  /** From then on the account signs in no more and its tokens are refused. */
  disabled_at: MaybeAt
  invited_by: number | null
  /** Written at most once a minute. */
  last_seen_at: MaybeAt
}

/** An invitation that is open; accepting or revoking it removes the row. */
export interface InvitationTable {
  id: Generated<number>
  /** SHA-256 of the secret in the link. */
  hash: Buffer
  email: string
  role: Role
  /** What the member will hold, as in the user's row. */
  scopes: JSONColumnType<Scopes> | null
  workspaces: number[] | null
  invited_by: number
  created_at: At
  expires_at: At
}

export interface SetupLinkTable {
  hash: Buffer
  created_at: At
  used_at: MaybeAt
}

export interface SessionTable {
  /** Names the session in lists; no secret. */
  id: Generated<number>
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
