import { type RawBuilder, sql } from 'kysely'

import { type Caller, rightsOf } from '../../caller.ts'
import { newSecret, sha256 } from '../../credentials.ts'
import type { Db } from '../../db/connection.ts'
import { AppError } from '../../errors.ts'
import { notification, publishEvent } from '../../realtime/publish.ts'
import { endOf, isOver, LIFETIMES_KEY, lifetimesOf, readLifetimes } from './lifetimes.ts'
import { notePlace } from './sign-in-places.ts'

/** The session's cookie; over https it travels under another name (`cookie.ts`). */
export const SESSION_COOKIE = 'metadeck_session'

/** How often the last use is written. */
const SEEN_EVERY_MS = 60_000

export interface NewSession {
  userId: number
  address: string
  userAgent: string
  /** Value of the cookie that the browser sent when it signed in: that session ends. */
  replaces?: string | undefined
}

/**
 * Makes a session; answers the cookie's value, of which only the hash is stored. The value is always a new one: what
 * a browser sent before it signed in is never taken over. Throws 403 for an account that is disabled.
 */
export async function insertSession(
  db: Db,
  input: NewSession,
  now: Date,
): Promise<{ secret: string; expiresAt: Date }> {
  const secret = newSecret()
  const { lifeSeconds } = await readLifetimes(db)
  const expiresAt = new Date(now.getTime() + lifeSeconds * 1_000)
  await requireEnabled(db, input.userId)
  if (input.replaces !== undefined) await deleteSession(db, input.replaces)
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
  await db.updateTable('user').set({ last_seen_at: now }).where('id', '=', input.userId).execute()
  await notePlace(db, input.userId, input.address, now)
  return { secret, expiresAt }
}

async function requireEnabled(db: Db, userId: number): Promise<void> {
  const user = await db
    .selectFrom('user')
    .select('id')
    .where('id', '=', userId)
    .where('disabled_at', 'is', null)
    .executeTakeFirst()
  if (user === undefined) throw accountDisabled()
}

/** 403; said only to whoever has proven that the account is theirs. */
export function accountDisabled(): AppError {
  return new AppError('access_denied', 'This account is disabled. Ask an owner or an admin to enable it.', {
    payload: { reason: 'account_disabled' },
  })
}

/** Who the cookie belongs to; null when the session is unknown, over or idle for too long, or its account disabled. */
export async function findSession(db: Db, secret: string, now: Date): Promise<Caller | null> {
  const found = (await readSessions(db, [secret], now)).get(secret)
  if (found === undefined) return null
  if (now.getTime() - found.lastSeenAt.getTime() > SEEN_EVERY_MS) {
    await db.updateTable('session').set({ last_seen_at: now }).where('hash', '=', sha256(secret)).execute()
    await db.updateTable('user').set({ last_seen_at: now }).where('id', '=', found.caller.id).execute()
  }
  return found.caller
}

/** The same for many cookies at once, by cookie; what is over is left out. Being looked at does not count as a use. */
export async function peekSessions(db: Db, secrets: readonly string[], now: Date): Promise<Map<string, Caller>> {
  const found = await readSessions(db, secrets, now)
  return new Map([...found].map(([secret, { caller }]) => [secret, caller]))
}

interface FoundSession {
  caller: Caller
  lastSeenAt: Date
}

async function readSessions(db: Db, secrets: readonly string[], now: Date): Promise<Map<string, FoundSession>> {
  const bySecret = new Map(secrets.map((secret) => [sha256(secret).toString('hex'), secret]))
  const rows = await db
    .selectFrom('session')
    .innerJoin('user', 'user.id', 'session.user_id')
    .leftJoin('setting', (join) => join.on('setting.key', '=', LIFETIMES_KEY))
    .select(['user.id', 'user.name', 'user.email', 'user.role', 'user.scopes', 'user.workspaces'])
    .select(['session.id as session_id', 'session.hash', 'session.created_at', 'session.last_seen_at'])
    .select(['session.expires_at', 'setting.value as lifetimes'])
    .where(sql<boolean>`session.hash = any(${secrets.map(sha256)}::bytea[])`)
    .where('user.disabled_at', 'is', null)
    .execute()
  const found = new Map<string, FoundSession>()
  for (const row of rows) {
    const secret = bySecret.get(row.hash.toString('hex'))
    const policy = lifetimesOf(row.lifetimes)
    if (secret === undefined || isOver(row, policy, now)) continue
    const { id, name, email, role } = row
    const caller: Caller = {
      kind: 'session',
      id,
      label: email,
      user: { id, name, email, role },
      sessionId: row.session_id,
      ...rightsOf(row),
      expiresAt: endOf(row, policy),
    }
    found.set(secret, { caller, lastSeenAt: row.last_seen_at })
  }
  return found
}

/** Gives a session a new cookie; the old value is worth nothing from then on. Null where the session is gone. */
export async function renewSession(db: Db, oldSecret: string): Promise<{ secret: string; expiresAt: Date } | null> {
  const secret = newSecret()
  const row = await db
    .updateTable('session')
    .set({ hash: sha256(secret) })
    .where('hash', '=', sha256(oldSecret))
    .returning('expires_at')
    .executeTakeFirst()
  return row === undefined ? null : { secret, expiresAt: row.expires_at }
}

/** Sessions are listed with members; each process looks then whose sockets it has to close. */
const SESSIONS_ENDED = { type: 'changed', resource: 'members' } as const

/** Ends the session of this cookie; false where there was none. */
export async function deleteSession(db: Db, secret: string): Promise<boolean> {
  return (await endSessions(db, sql`hash = ${sha256(secret)}`)) > 0
}

/** Ends the session with this public id, if it is there. */
export async function deleteSessionById(db: Db, id: number): Promise<void> {
  await endSessions(db, sql`id = ${id}`)
}

/** Ends all sessions of a person, or all but one (its public id). Answers how many. */
export async function deleteSessionsOf(db: Db, userId: number, except?: number): Promise<number> {
  return endSessions(db, sql`user_id = ${userId} and id is distinct from ${except ?? null}::bigint`)
}

/** Ends sessions, and with the same commit tells all processes, which close their sockets. Answers how many. */
async function endSessions(db: Db, which: RawBuilder<unknown>): Promise<number> {
  const { rows } = await sql`
    with ended as (delete from metadeck.session where ${which} returning id)
    select ${notification(SESSIONS_ENDED)} from ended`.execute(db)
  return rows.length
}

/** Clears away sessions that are over; waits for nobody who holds one. */
export async function forgetSessions(db: Db, now: Date): Promise<void> {
  const { idleSeconds, lifeSeconds } = await readLifetimes(db)
  const ago = (seconds: number): Date => new Date(now.getTime() - seconds * 1_000)
  await sql`delete from metadeck.session where id in (
    select id from metadeck.session
    where expires_at <= ${now} or created_at <= ${ago(lifeSeconds)} or last_seen_at <= ${ago(idleSeconds)}
    for update skip locked)`.execute(db)
}

/** Tells all processes that sessions may be over that nobody deleted: because they may last less long. */
export function announceSessions(db: Db): Promise<void> {
  return publishEvent(db, SESSIONS_ENDED)
}
