import type { CursorQuery } from '#api/contract/paging.ts'
import type { OpenSession, SessionPolicy } from '#api/contract/sessions.ts'

import type { Db } from '../../db/connection.ts'
import { notFound } from '../../errors.ts'
import { endOf } from '../session/lifetimes.ts'
import { browserOf } from './browser.ts'

/** One page of open sessions, newest first: of one person, or of everybody (`userId` null). */
export async function pageSessions(
  db: Db,
  { userId, current }: { userId: number | null; current: number | undefined },
  { cursor, limit }: CursorQuery,
  { policy, now }: { policy: SessionPolicy; now: Date },
): Promise<{ items: OpenSession[]; nextCursor: string | null }> {
  const rows = await db
    .selectFrom('session')
    .innerJoin('user', 'user.id', 'session.user_id')
    .select(['session.id', 'address', 'user_agent', 'session.created_at', 'session.last_seen_at', 'expires_at'])
    .select(['user_id', 'user.name', 'user.email'])
    .where('expires_at', '>', now)
    .where('session.created_at', '>', new Date(now.getTime() - policy.lifeSeconds * 1_000))
    .where('session.last_seen_at', '>', new Date(now.getTime() - policy.idleSeconds * 1_000))
    .$if(userId !== null, (query) => query.where('user_id', '=', userId ?? 0))
    .$if(cursor !== undefined, (query) => query.where('session.id', '<', Number(cursor)))
    .orderBy('session.id', 'desc')
    .limit(limit + 1)
    .execute()
  const page = rows.slice(0, limit)
  const items = page.map((row) => ({
    id: row.id,
    user: { id: row.user_id, name: row.name, email: row.email },
    address: row.address,
    browser: browserOf(row.user_agent),
    createdAt: row.created_at.toISOString(),
    lastSeenAt: row.last_seen_at.toISOString(),
    expiresAt: endOf(row, policy).toISOString(),
    current: row.id === current,
  }))
  return { items, nextCursor: rows.length > limit ? String(page.at(-1)?.id) : null }
}

/** Whose session it is; throws `not_found`. */
export async function readSessionOwner(
  db: Db,
  id: number,
): Promise<{ userId: number; email: string; role: 'owner' | 'admin' | 'member' }> {
  const row = await db
    .selectFrom('session')
    .innerJoin('user', 'user.id', 'session.user_id')
    .select(['user_id as userId', 'email', 'role'])
    .where('session.id', '=', id)
    .executeTakeFirst()
  if (row === undefined) throw notFound(`Session ${id}`)
  return row
}
