import type {} from '@fastify/cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'

import type { Session } from '#api/contract/session.ts'

import type { Caller } from '../../caller.ts'
import type { Db } from '../../db/connection.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import { holdAccount } from '../second-factor/factors.ts'
import { sendSessionCookie } from './cookie.ts'
import { findSession, insertSession, SESSION_COOKIE } from './store.ts'

export type SessionDeps = Pick<Deps, 'connection' | 'now' | 'publicUrl' | 'version'>

/** The cookie's value of a session that was just made, and when it ends. */
export type NewCookie = Awaited<ReturnType<typeof insertSession>>

/**
 * Makes a session for the user and sets its cookie on the reply; the request is theirs from here on. `settle` runs while
 * the account is held, and throws where what was proven before is worth nothing any more: whoever takes a way to sign
 * in away, and ends the sessions, misses none that is on its way.
 */
export async function startSession(
  userId: number,
  request: FastifyRequest,
  reply: FastifyReply,
  deps: SessionDeps,
  settle: (trx: Db) => Promise<void> = () => Promise.resolve(),
): Promise<Caller> {
  const made = await deps.connection.db.transaction().execute(async (trx) => {
    await holdAccount(trx, userId)
    await settle(trx)
    return makeSession(trx, userId, request, deps.now())
  })
  return adoptSession(made, request, reply, deps)
}

/** The first half of `startSession`, in a transaction that holds the account. The session that the browser had ends. */
export function makeSession(db: Db, userId: number, request: FastifyRequest, now: Date): Promise<NewCookie> {
  const replaces = request.cookies[SESSION_COOKIE]
  const userAgent = request.headers['user-agent'] ?? ''
  return insertSession(db, { userId, address: request.ip, userAgent, replaces }, now)
}

/** The second half, once the session is there for everybody. */
export async function adoptSession(
  made: NewCookie,
  request: FastifyRequest,
  reply: FastifyReply,
  deps: SessionDeps,
): Promise<Caller> {
  sendSessionCookie(reply, made, deps.publicUrl())
  request.caller = await findSession(deps.connection.db, made.secret, deps.now())
  if (request.caller === null) throw new AppError('unauthorized', 'This session was ended. Sign in again.')
  return request.caller
}

/** Who is signed in, as the console is told. */
export function sessionOf(caller: Caller, deps: SessionDeps): Session {
  if (caller.user === null) throw new AppError('unauthorized', 'Unauthorized - Authentication Required')
  return {
    user: caller.user,
    scopes: caller.scopes,
    workspaces: caller.workspaces,
    expiresAt: (caller.expiresAt ?? deps.now()).toISOString(),
    server: { version: deps.version, publicUrl: deps.publicUrl() },
  }
}
