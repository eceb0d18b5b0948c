import type {} from '@fastify/cookie'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

import { getSession, type Session, signIn, signOut } from '#api/contract/session.ts'

import type { Caller } from '../../caller.ts'
import { checkPassword } from '../../credentials.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import { serve } from '../../route.ts'
import { deleteSession, findSession, insertSession, SESSION_COOKIE } from './store.ts'
import { countAttempt, forgetAttempt } from './throttle.ts'

type SessionDeps = Pick<Deps, 'connection' | 'now' | 'publicUrl' | 'version'>

/** Sign-in, who I am, sign-out. */
export function registerSession(app: FastifyInstance, deps: SessionDeps): void {
  const { db } = deps.connection

  serve(app, signIn, async ({ body, request, reply, trail }) => {
    await countAttempt(db, body.email, request.ip, deps.now())
    const user = await db.selectFrom('user').selectAll().where('email', '=', body.email).executeTakeFirst()
    const fits = await checkPassword(user?.password_hash ?? null, body.password)
    if (!fits || user === undefined)
      throw new AppError('unauthorized', 'E-mail address and password do not fit together.')
    await forgetAttempt(db, body.email, request.ip, deps.now())
    const caller = await startSession(user.id, request, reply, deps)
    trail.target = { kind: 'session', name: user.email }
    return sessionOf(caller, deps)
  })

  serve(app, getSession, ({ caller }) => Promise.resolve(sessionOf(caller, deps)))

  serve(app, signOut, async ({ request, reply, trail }) => {
    const cookie = request.cookies[SESSION_COOKIE]
    if (cookie !== undefined) await deleteSession(db, cookie)
    void reply.clearCookie(SESSION_COOKIE, { path: '/' })
    trail.target = { kind: 'session', name: request.caller?.label ?? '' }
    return null
  })
}

/** Makes a session for the user and sets its cookie on the reply; the request is theirs from here on. */
export async function startSession(
  userId: number,
  request: FastifyRequest,
  reply: FastifyReply,
  deps: SessionDeps,
): Promise<Caller> {
  const input = { userId, address: request.ip, userAgent: request.headers['user-agent'] ?? '' }
  const { secret, expiresAt } = await insertSession(deps.connection.db, input, deps.now())
  void reply.setCookie(SESSION_COOKIE, secret, {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: deps.publicUrl().startsWith('https:'),
    expires: expiresAt,
  })
  request.caller = await findSession(deps.connection.db, secret, deps.now())
  if (request.caller === null) throw new AppError('internal', 'The session that was just made is gone.')
  return request.caller
}

function sessionOf(caller: Caller, deps: SessionDeps): Session {
  if (caller.user === null) throw new AppError('unauthorized', 'Unauthorized - Authentication Required')
  return {
    user: caller.user,
    scopes: caller.scopes,
    expiresAt: (caller.expiresAt ?? deps.now()).toISOString(),
    server: { version: deps.version, publicUrl: deps.publicUrl() },
  }
}
