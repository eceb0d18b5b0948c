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

/** How an owner who lost everything gets back in; a new link takes the place of the old one. */
export interface RecoveryLinkTable {
  user_id: number
  /** SHA-256 of the secret in the link. */
  hash: Buffer
  /** True where the use of it also takes away authenticator app, passkeys and recovery codes. */
  resets_two_step: boolean
  expires_at: At
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

/** A ticket for the events' socket that opened one; kept until it would not be taken any more. */
export interface UsedEventTicketTable {
  /** SHA-256 of the ticket's own id. */
  hash: Buffer
  expires_at: At
}

/** A network that an account was signed in to from. */
export interface SignInPlaceTable {
  user_id: number
  /** An IPv4 address, or the /64 of an IPv6 address. */
  network: string
  last_used_at: At
}

export interface ThrottleTable {
  key: string
  failures: number
  window_ends_at: At
}
