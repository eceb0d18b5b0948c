import type { ColumnType, Generated, JSONColumnType } from 'kysely'

import type { OidcRoleRule } from '#api/contract/oidc.ts'
import type { Scopes } from '#api/contract/scopes.ts'

import type { At, MaybeAt } from './column-types.ts'

/** An authenticator app; not confirmed = it is being set up and asked for by nobody. */
export interface TotpTable {
  user_id: number
  /** Base32 secret, sealed by the vault. */
  sealed_secret: string
  created_at: At
  confirmed_at: MaybeAt
  /** Newest 30-second step whose code was used: it and those before are refused from then on. */
  last_step: Generated<number>
}

export interface RecoveryCodeTable {
  user_id: number
  /** SHA-256 of the code in its normal form. */
  hash: Buffer
  created_at: At
  used_at: MaybeAt
}

/** Somebody proved the first step (password or provider) and owes the second one. */
export interface SignInTicketTable {
  /** SHA-256 of the cookie's value. */
  hash: Buffer
  user_id: number
  method: 'password' | 'oidc'
  needs: 'second_factor' | 'second_factor_setup'
  address: string
  user_agent: string
  /** The secret of the authenticator app that is being set up with this ticket. */
  sealed_secret: string | null
  expires_at: At
}

export interface PasskeyTable {
  id: Generated<number>
  user_id: number
  /** Base64url, as browsers name it. */
  credential_id: string
  /** COSE key. */
  public_key: Buffer
  /** Uses as the authenticator counts them; 0 for those that do not count. */
  counter: number
  transports: JSONColumnType<string[]>
  /** Base64url; what the authenticator knows the user by. */
  user_handle: string
  /** Host name it was made for. */
  rp_id: string
  name: string
  /** True where the authenticator keeps copies on several devices. */
  is_synced: boolean
  created_at: At
  last_used_at: MaybeAt
}

/** A challenge that a browser was given and has not answered yet. */
export interface PasskeyChallengeTable {
  hash: Buffer
  purpose: 'register' | 'sign_in' | 'second_factor'
  user_id: number | null
  /** SHA-256 of the cookie of the browser that got it. */
  holder_hash: Buffer
  user_handle: string | null
  expires_at: At
}

export interface OidcProviderTable {
  id: Generated<number>
  name: string
  issuer: string
  client_id: string
  /** Null = a public client. */
  sealed_secret: string | null
  allowed_domains: JSONColumnType<string[]>
  role_claim: string | null
  role_rules: JSONColumnType<OidcRoleRule[]>
  creates_accounts: boolean
  /** Role where no rule fits; null = refused. */
  new_role: 'admin' | 'member' | null
  new_scopes: JSONColumnType<Scopes>
  /** Null = all. */
  new_workspaces: number[] | null
  counts_as_second_factor: boolean
  is_active: boolean
  created_at: At
  updated_at: At
}

/** Whose account a person at a provider is. */
export interface OidcIdentityTable {
  issuer: string
  subject: string
  user_id: number
  created_at: ColumnType<Date, Date, never>
  last_used_at: At
}

/** A sign-in that was sent to a provider and has not come back yet. */
export interface OidcRequestTable {
  state_hash: Buffer
  /** SHA-256 of the cookie of the browser that was sent. */
  browser_hash: Buffer
  provider_id: number
  nonce: string
  sealed_verifier: string
  /** Where to go in the console afterwards. */
  next_path: string
  expires_at: At
}
