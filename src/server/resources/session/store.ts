import { ALL_SCOPES } from '#api/contract/scopes.ts'

import type { Caller } from '../../caller.ts'
import { newSecret, sha256 } from '../../credentials.ts'
import type { Db } from '../../db/connection.ts'

export const SESSION_COOKIE = 'metadeck_session'

/** A session ends this long after sign-in, whatever happens. */
export const SESSION_LIFE_MS = 7 * 86_400_000
/** A session ends after this long without a request. */
export const SESSION_IDLE_MS = 24 * 3_600_000
/** How often the last use is written. */
const SEEN_EVERY_MS = 60_000

export interface NewSession {
  userId: number
  address: string
  userAgent: string
}

/** Makes a session; answers the cookie's value, of which only the hash is stored. */
export async function insertSession(
  db: Db,
  input: NewSession,
  now: Date,
): Promise<{ secret: string; expiresAt: Date }> {
  const secret = newSecret()
  const expiresAt = new Date(now.getTime() + SESSION_LIFE_MS)
  await db
    .insertInto('session')
    .values({
      hash: sha256(secret),
      user_id: input.userId,
      created_at: now,
      last_seen_at: now,
      expires_at: expiresAt,
      address: input.address,
      user_agent: input.userAgent.slice(0, 300),
    })
    .execute()
  await db.deleteFrom('session').where('expires_at', '<', now).execute()
  return { secret, expiresAt }
}

/** Who the cookie belongs to; null when the session is unknown, over or idle for too long. */
export async function findSession(db: Db, secret: string, now: Date): Promise<Caller | null> {
  const hash = sha256(secret)
  const row = await db
    .selectFrom('session')
    .innerJoin('user', 'user.id', 'session.user_id')
    .select(['user.id', 'user.name', 'user.email', 'user.role', 'session.last_seen_at', 'session.expires_at'])
    .where('session.hash', '=', hash)
    .where('session.expires_at', '>', now)
    .where('session.last_seen_at', '>', new Date(now.getTime() - SESSION_IDLE_MS))
    .executeTakeFirst()
  if (row === undefined) return null
  if (now.getTime() - row.last_seen_at.getTime() > SEEN_EVERY_MS) {
    await db.updateTable('session').set({ last_seen_at: now }).where('hash', '=', hash).execute()
  }
  return {
    kind: 'session',
    id: row.id,
    label: row.email,
    user: { id: row.id, name: row.name, email: row.email, role: row.role },
    scopes: ALL_SCOPES,
    workspaces: 'all',
    expiresAt: row.expires_at,
  }
}

/** Ends the session of this cookie. */
export async function deleteSession(db: Db, secret: string): Promise<void> {
  await db.deleteFrom('session').where('hash', '=', sha256(secret)).execute()
}
