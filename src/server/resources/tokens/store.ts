import type { Scopes } from '#api/contract/scopes.ts'
import type { Workspaces } from '#api/contract/tokens.ts'

import { newAccessToken, sha256 } from '../../credentials.ts'
import type { Db } from '../../db/connection.ts'
import type { Role } from '../../db/tables.ts'
import { AppError } from '../../errors.ts'

export { findToken } from './find-token.ts'

const PREFIX_LENGTH = 8

/** A token to be made. */
export interface NewToken {
  name: string
  /** Null = never expires. */
  expiresInSeconds: number | null
  scopes: Scopes
  workspaces: Workspaces
  /** In normal form; null or absent = from anywhere. */
  allowedIps?: string[] | null
  neverReason?: string | null
  rotatedFrom?: number | null
  /** Who gets to see the secret; absent = who makes it. */
  shownTo?: number | null
  /** Its bearer never counts as more; null or absent = as its maker. */
  roleCeiling?: Role | null
  /** True for a command of the server's own machine. */
  isOperator?: boolean
}

/** Makes a token; the secret is in the answer and nowhere else. Asks nobody for leave: that is the caller's affair. */
export async function insertToken(
  db: Db,
  input: NewToken,
  createdBy: number | null,
  now: Date,
): Promise<{ secret: string; token: { id: number } }> {
  const { expiresInSeconds: life } = input
  const secret = newAccessToken()
  const token = await db
    .insertInto('access_token')
    .values({
      name: input.name,
      hash: sha256(secret),
      prefix: secret.slice(0, PREFIX_LENGTH),
      last_four: secret.slice(-4),
      scopes: JSON.stringify(input.scopes),
      workspaces: input.workspaces === 'all' ? null : input.workspaces,
      allowed_ips: input.allowedIps ?? null,
      created_by: createdBy,
      shown_to: input.shownTo === undefined ? createdBy : input.shownTo,
      role_ceiling: input.roleCeiling ?? null,
      created_at: now,
      life_seconds: life,
      expires_at: life === null ? null : new Date(now.getTime() + life * 1_000),
      never_reason: life === null ? (input.neverReason ?? null) : null,
      rotated_from: input.rotatedFrom ?? null,
      is_operator: input.isOperator ?? false,
      counted_since: now,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
    .catch(refuseGoneMaker)
  return { secret, token }
}

/** 401 where the account was removed while its request was on the way. */
function refuseGoneMaker(error: unknown): never {
  if ((error as { constraint?: unknown }).constraint !== 'access_token_created_by_fkey') throw error
  throw new AppError('unauthorized', 'This account was removed, and nothing was made. Sign in with another one.')
}
