import type {} from '@fastify/cookie'
import type { FastifyInstance } from 'fastify'

import { getSession, signIn, signOut } from '#api/contract/session.ts'

import { checkPassword } from '../../credentials.ts'
import type { Deps } from '../../deps.ts'
import { serve } from '../../route.ts'
import { dropSessionCookie } from './cookie.ts'
import { afterFirstStep, wrongPassword } from './first-step.ts'
import { type SessionDeps, sessionOf } from './start-session.ts'
import { accountDisabled, deleteSession, SESSION_COOKIE } from './store.ts'
import { sweepSignIns } from './sweep-sign-ins.ts'
import { countAttempt, forgetAttempt } from './throttle.ts'

export { startSession } from './start-session.ts'

/** Sign-in, who I am, sign-out. */
export function registerSession(app: FastifyInstance, deps: SessionDeps & Pick<Deps, 'log'>): void {
  const { db } = deps.connection
  sweepSignIns(app, deps)

  serve(app, signIn, async ({ body, request, reply, trail }) => {
    const user = await db.selectFrom('user').selectAll().where('email', '=', body.email).executeTakeFirst()
    // What is no account's address is not kept, not even as a hash: people type passwords into the wrong field.
    trail.target = user === undefined ? { kind: 'user' } : { kind: 'user', id: user.id, name: user.email }
    trail.detail = { method: 'password' }
    await countAttempt(db, body.email, request.ip, deps.now())
    const fits = await checkPassword(user?.password_hash ?? null, body.password)
    if (!fits || user === undefined) throw wrongPassword()
    if (user.disabled_at !== null) throw accountDisabled()
    await forgetAttempt(db, body.email, request.ip)
    const proven = { user, method: 'password', passwordHash: user.password_hash } as const
    return afterFirstStep(proven, { request, reply, trail }, deps)
  })

  serve(app, getSession, ({ caller }) => Promise.resolve(sessionOf(caller, deps)))

  serve(app, signOut, async ({ request, reply, trail }) => {
    const cookie = request.cookies[SESSION_COOKIE]
    const hasEnded = cookie !== undefined && (await deleteSession(db, cookie))
    // Anybody may sign out, as often as they like: a record tells that somebody's session ended.
    trail.isIdle = !hasEnded || request.caller === null
    dropSessionCookie(reply, deps.publicUrl())
    trail.target = { kind: 'session', name: request.caller?.label ?? '' }
    return null
  })
}
