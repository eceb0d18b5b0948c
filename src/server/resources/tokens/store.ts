import type { Selectable } from 'kysely'

import type { CreateToken, Token } from '#api/contract/tokens.ts'

import type { Caller } from '../../caller.ts'
import { isTokenForm, newAccessToken, sha256 } from '../../credentials.ts'
import type { Db } from '../../db/connection.ts'
import type { AccessTokenTable } from '../../db/tables.ts'
import { notFound } from '../../errors.ts'

type Row = Selectable<AccessTokenTable>

const PREFIX_LENGTH = 8
/** Last use is written at most this often. */
const USED_EVERY_MS = 60_000

/** Makes a token; the secret is in the answer and nowhere else. */
export async function insertToken(
  db: Db,
  input: CreateToken,
  createdBy: number | null,
  now: Date,
): Promise<{ secret: string; token: Token }> {
  const secret = newAccessToken()
  const row = await db
    .insertInto('access_token')
    .values({
      name: input.name,
      hash: sha256(secret),
      prefix: secret.slice(0, PREFIX_LENGTH),
      last_four: secret.slice(-4),
      scopes: JSON.stringify(input.scopes),
      workspaces: input.workspaces === 'all' ? null : input.workspaces,
      created_by: createdBy,
      created_at: now,
      expires_at: input.expiresInSeconds === null ? null : new Date(now.getTime() + input.expiresInSeconds * 1000),
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return { secret, token: toToken(row, now) }
}

/** All tokens, newest first. */
export async function listTokens(db: Db, now: Date): Promise<Token[]> {
  const rows = await db.selectFrom('access_token').selectAll().orderBy('id', 'desc').execute()
  return rows.map((row) => toToken(row, now))
}

/** Revokes; a token that is revoked already stays as it is. */
export async function revokeToken(db: Db, id: number, now: Date): Promise<Token> {
  await db
    .updateTable('access_token')
    .set({ revoked_at: now })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .execute()
  const row = await db.selectFrom('access_token').selectAll().where('id', '=', id).executeTakeFirst()
  if (row === undefined) throw notFound(`Token ${id}`)
  return toToken(row, now)
}

/**
 * Who the token makes its bearer; null when it is unknown, expired or revoked. Read from the database each time, so
 * that a revoked token is refused on the very next request, in every process.
 */
export async function findToken(db: Db, secret: string, address: string, now: Date): Promise<Caller | null> {
  if (!isTokenForm(secret)) return null
  const row = await db
    .selectFrom('access_token')
    .leftJoin('user', 'user.id', 'access_token.created_by')
    .selectAll('access_token')
    .select(['user.email as user_email', 'user.name as user_name', 'user.role as user_role'])
    .where('hash', '=', sha256(secret))
    .executeTakeFirst()
  if (row === undefined || statusOf(row, now) !== 'active') return null
  if (row.last_used_at === null || now.getTime() - row.last_used_at.getTime() > USED_EVERY_MS) {
    await db
      .updateTable('access_token')
      .set({ last_used_at: now, last_used_from: address })
      .where('id', '=', row.id)
      .execute()
  }
  return {
    kind: 'token',
    id: row.id,
    label: `${row.name} (${row.prefix}…${row.last_four})`,
    user: ownerOf(row),
    scopes: row.scopes,
    workspaces: row.workspaces ?? 'all',
    expiresAt: row.expires_at,
  }
}

/** The person who made the token; null once that account is gone. */
function ownerOf(row: {
  created_by: number | null
  user_email: string | null
  user_name: string | null
  user_role: 'owner' | 'admin' | 'member' | null
}): Caller['user'] {
  const { created_by: id, user_email: email, user_name: name, user_role: role } = row
  return id === null || email === null || name === null || role === null ? null : { id, email, name, role }
}

function statusOf(row: Pick<Row, 'revoked_at' | 'expires_at'>, now: Date): Token['status'] {
  if (row.revoked_at !== null) return 'revoked'
  return row.expires_at !== null && row.expires_at <= now ? 'expired' : 'active'
}

function toToken(row: Row, now: Date): Token {
  return {
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    lastFour: row.last_four,
    scopes: row.scopes,
    workspaces: row.workspaces ?? 'all',
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at?.toISOString() ?? null,
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
    lastUsedFrom: row.last_used_from,
    status: statusOf(row, now),
  }
}
