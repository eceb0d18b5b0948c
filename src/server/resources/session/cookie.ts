import type {} from '@fastify/cookie'
import type { FastifyReply } from 'fastify'

import { SESSION_COOKIE } from './store.ts'

/** Sends the session's cookie; scripts cannot read it, and no other site's request carries it. */
export function sendSessionCookie(
  reply: FastifyReply,
  session: { secret: string; expiresAt: Date },
  publicUrl: string,
): void {
  void reply.setCookie(SESSION_COOKIE, session.secret, {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: publicUrl.startsWith('https:'),
    expires: session.expiresAt,
  })
}
