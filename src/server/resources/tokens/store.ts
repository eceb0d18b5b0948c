import type { Selectable } from 'kysely'

import type { CreateToken, Token } from '#api/contract/tokens.ts'

import type { Caller } from '../../caller.ts'
import { isTokenForm, newAccessToken, sha256 } from '../../credentials.ts'
import type { Connection, Db } from '../../db/connection.ts'
import { selectPrepared } from '../../db/prepared.ts'
import type { AccessTokenTable } from '../../db/tables.ts'
import { notFound } from '../../errors.ts'
import { type PlaceKey, TABLE_VERSION_SQL } from '../../tables/rows/table-place.ts'

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

type FoundColumn =
  | 'id'
  | 'name'
  | 'prefix'
  | 'last_four'
  | 'scopes'
  | 'workspaces'
  | 'created_by'
  | 'expires_at'
  | 'revoked_at'
  | 'last_used_at'

type Found = Pick<Row, FoundColumn> & {
  table_version: string | null
  user_email: string | null
  user_name: string | null
  user_role: 'owner' | 'admin' | 'member' | null
}

const FIND_TOKEN = {
  name: 'metadeck_find_token',
  text: `select token.id, token.name, token.prefix, token.last_four, token.scopes, token.workspaces, token.created_by,
    token.expires_at, token.revoked_at, token.last_used_at,
    "user".email as user_email, "user".name as user_name, "user".role as user_role,
    (${TABLE_VERSION_SQL('$2', '$3', '$4')}) as table_version
    from metadeck.access_token as token left join metadeck."user" on "user".id = token.created_by
    where token.hash = $1`,
}

/** What one look into the database tells of a request with a token. */
export interface FoundToken {
  caller: Caller
  /** Version of the table that the request is about; null where there is none. */
  tableVersion: string | null
}

/**
 * Who the token makes its bearer; null when it is unknown, expired or revoked. Read from the database each time, so
 * that a revoked token is refused on the very next request, in every process. The version of the table that the request
 * is about comes with the same round trip, as every access to rows needs it next.
 */
export async function findToken(
  { pool, db }: Pick<Connection, 'pool' | 'db'>,
  request: { secret: string; address: string; table: PlaceKey | null },
  now: Date,
): Promise<FoundToken | null> {
  const { secret, address, table } = request
  if (!isTokenForm(secret)) return null
  const values = [sha256(secret), table?.workspaceId, table?.tableId, table?.dataSource]
  const [row] = await selectPrepared<Found>(pool, FIND_TOKEN, values)
  if (row === undefined || statusOf(row, now) !== 'active') return null
  if (row.last_used_at === null || now.getTime() - row.last_used_at.getTime() > USED_EVERY_MS) {
    await db
      .updateTable('access_token')
      .set({ last_used_at: now, last_used_from: address })
      .where('id', '=', row.id)
      .execute()
  }
  const caller: Caller = {
    kind: 'token',
    id: row.id,
    label: `${row.name} (${row.prefix}…${row.last_four})`,
    user: ownerOf(row),
    scopes: row.scopes,
    workspaces: row.workspaces ?? 'all',
    expiresAt: row.expires_at,
  }
  return { caller, tableVersion: row.table_version }
}

/** The person who made the token; null once that account is gone. */
function ownerOf(row: Found): Caller['user'] {
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
