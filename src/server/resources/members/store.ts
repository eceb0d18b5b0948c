import { type Selectable, sql } from 'kysely'

import type { MemberToken } from '#api/contract/members.ts'
import type { CursorQuery } from '#api/contract/paging.ts'

import type { Db } from '../../db/connection.ts'
import type { AccessTokenTable, UserTable } from '../../db/tables.ts'
import { AppError, notFound } from '../../errors.ts'
import { readLifetimes } from '../session/lifetimes.ts'
import type { GrantColumns } from './grant.ts'

/** An account with the name of whoever brought it in. */
export type MemberRow = Selectable<UserTable> & { inviter: string | null }

/** What a page of members shows beside their rows, by id. */
export interface MemberCounts {
  sessions: Map<number, number>
  tokens: Map<number, number>
  /** Who has an authenticator app, who a passkey. */
  totp: ReadonlySet<number>
  passkey: ReadonlySet<number>
}

function selectMembers(db: Db) {
  return db
    .selectFrom('user')
    .leftJoin('user as inviter', 'inviter.id', 'user.invited_by')
    .selectAll('user')
    .select('inviter.name as inviter')
}

/** One page of accounts, newest first, and whether there is more. */
export async function pageMembers(
  db: Db,
  { cursor, limit, search }: CursorQuery & { search: string },
): Promise<{ rows: MemberRow[]; nextCursor: string | null }> {
  const text = search.trim().toLowerCase()
  const rows = await selectMembers(db)
    .$if(cursor !== undefined, (query) => query.where('user.id', '<', Number(cursor)))
    .$if(text !== '', (query) =>
      query.where(sql<boolean>`strpos(lower("user".name) || ' ' || "user".email, ${text}) > 0`),
    )
    .orderBy('user.id', 'desc')
    .limit(limit + 1)
    .execute()
  const page = rows.slice(0, limit)
  return { rows: page, nextCursor: rows.length > limit ? String(page.at(-1)?.id) : null }
}

/** One account; throws `not_found`. */
export async function getMember(db: Db, id: number): Promise<MemberRow> {
  const row = await selectMembers(db).where('user.id', '=', id).executeTakeFirst()
  if (row === undefined) throw notFound(`Member ${id}`)
  return row
}

/** Open sessions, living tokens and second steps of these accounts; ids without any are left out. */
export async function countFor(db: Db, ids: readonly number[], now: Date): Promise<MemberCounts> {
  if (ids.length === 0) return { sessions: new Map(), tokens: new Map(), totp: new Set(), passkey: new Set() }
  const { idleSeconds, lifeSeconds } = await readLifetimes(db)
  const sessions = await db
    .selectFrom('session')
    .select(['user_id as id', (of) => of.fn.countAll<number>().as('count')])
    .where('user_id', 'in', ids)
    .where('expires_at', '>', now)
    .where('created_at', '>', new Date(now.getTime() - lifeSeconds * 1_000))
    .where('last_seen_at', '>', new Date(now.getTime() - idleSeconds * 1_000))
    .groupBy('user_id')
    .execute()
  const tokens = await livingTokens(db, now)
    .select(['created_by as id', (of) => of.fn.countAll<number>().as('count')])
    .where('created_by', 'in', ids)
    .groupBy('created_by')
    .execute()
  const apps = await db
    .selectFrom('totp')
    .select('user_id')
    .where('user_id', 'in', ids)
    .where('confirmed_at', 'is not', null)
    .execute()
  const passkeys = await db.selectFrom('passkey').select('user_id').distinct().where('user_id', 'in', ids).execute()
  return {
    sessions: new Map(sessions.map(({ id, count }) => [id, count])),
    tokens: new Map(tokens.map(({ id, count }) => [id ?? 0, count])),
    totp: new Set(apps.map(({ user_id: id }) => id)),
    passkey: new Set(passkeys.map(({ user_id: id }) => id)),
  }
}

/** Tokens that are neither revoked nor expired; without those of commands of the server's own machine. */
export function livingTokens(db: Db, now: Date) {
  return db
    .selectFrom('access_token')
    .where('is_operator', '=', false)
    .where('revoked_at', 'is', null)
    .where((where) => where.or([where('expires_at', 'is', null), where('expires_at', '>', now)]))
}

const TOKENS_SHOWN = 500

/** The newest tokens that a person made and that live. */
export async function listMemberTokens(db: Db, userId: number, now: Date): Promise<MemberToken[]> {
  const rows = await livingTokens(db, now)
    .select(['id', 'name', 'prefix', 'last_four', 'expires_at', 'last_used_at'])
    .where('created_by', '=', userId)
    .orderBy('id', 'desc')
    .limit(TOKENS_SHOWN)
    .execute()
  return rows.map(toMemberToken)
}

type TokenRow = Pick<
  Selectable<AccessTokenTable>,
  'id' | 'name' | 'prefix' | 'last_four' | 'expires_at' | 'last_used_at'
>

/** A token as the pages of members show it. */
export function toMemberToken(row: TokenRow): MemberToken {
  return {
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    lastFour: row.last_four,
    expiresAt: row.expires_at?.toISOString() ?? null,
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
  }
}

/** An account to be made. */
export interface NewMember extends GrantColumns {
  name: string
  email: string
  /** Null = it signs in by other ways only. */
  password_hash: string | null
  invited_by: number | null
}

/** Makes an account; answers its id. Throws 409 where the address has one. Call it inside `keepingAnOwner`. */
export async function insertMember(trx: Db, member: NewMember, now: Date): Promise<number> {
  const row = await trx
    .insertInto('user')
    .values({ ...member, created_at: now })
    .onConflict((conflict) => conflict.column('email').doNothing())
    .returning('id')
    .executeTakeFirst()
  if (row === undefined) throw hasAccount(member.email)
  await trx.deleteFrom('invitation').where('email', '=', member.email).execute()
  return row.id
}

/** 409: the address has an account. */
export function hasAccount(email: string): AppError {
  return new AppError('conflict', `${email} has an account here already. Change that one instead.`, {
    payload: { param: 'email', reason: 'member_exists' },
  })
}
