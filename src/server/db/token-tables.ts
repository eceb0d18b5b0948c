import type { ColumnType, Generated, JSONColumnType } from 'kysely'

import type { Scopes } from '#api/contract/scopes.ts'

import type { Role } from './account-tables.ts'
import type { At, MaybeAt } from './column-types.ts'

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
  /** Addresses and ranges, in normal form; null = from anywhere. */
  allowed_ips: string[] | null
  /** A trigger revokes a person's tokens when the account is deleted. */
  created_by: number | null
  /** Who was shown the secret, also once that account is gone; null = nobody. */
  shown_to: number | null
  /** Its bearer never counts as more than this, whatever its maker is; null = as its maker. */
  role_ceiling: Role | null
  created_at: At
  /** Life it was given, in seconds; null = never ends. Stays when its end is moved. */
  life_seconds: number | null
  expires_at: MaybeAt
  never_reason: string | null
  disabled_at: MaybeAt
  /** A member takes only what they disabled themselves back into use; null = nobody who has an account now. */
  disabled_by: number | null
  /** Set where no person put it out of use: who was shown the secret may not have it any more. */
  disabled_because: 'secret_known' | null
  revoked_at: MaybeAt
  /** The token whose place it takes. At most one takes the place of another. */
  rotated_from: number | null
  /** Made by a command of the server's own machine, for as long as that runs. */
  is_operator: Generated<boolean>
  last_used_at: MaybeAt
  last_used_from: string | null
  /** Calls are counted from here on. */
  counted_since: ColumnType<Date, Date | undefined, Date>
}

/** Calls of a token, added up by day (UTC), operation and kind of answer. */
export interface TokenUsageTable {
  token_id: number
  /** `2026-11-21` */
  day: string
  /** Id of the operation in the contract. */
  operation: string
  /** `2xx`, `4xx`, … */
  status_class: string
  /** True where rows of the data source `live` were meant. */
  is_live: boolean
  calls: number
}

/** The last failures of a token. */
export interface TokenErrorTable {
  id: Generated<number>
  token_id: number
  at: At
  operation: string
  status: number
}
