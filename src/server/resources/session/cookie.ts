import type {} from '@fastify/cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'

import { SESSION_COOKIE } from './store.ts'

/** With this prefix browsers take a cookie only over https and from this very host: no neighbour can plant one. */
const HOST_PREFIX = '__Host-'

const isSecure = (publicUrl: string): boolean => publicUrl.startsWith('https:')
const nameOf = (publicUrl: string): string => (isSecure(publicUrl) ? HOST_PREFIX : '') + SESSION_COOKIE

/** Puts the session's cookie, whatever it is called on the way, where everybody looks for it; no other one is left there. */
export function takeSessionCookie(request: FastifyRequest, publicUrl: string): void {
  if (isSecure(publicUrl)) request.cookies[SESSION_COOKIE] = request.cookies[nameOf(publicUrl)]
}

/** Sends the session's cookie; scripts cannot read it, and no other site's request carries it. */
export function sendSessionCookie(
  reply: FastifyReply,
  session: { secret: string; expiresAt: Date },
  publicUrl: string,
): void {
  void reply.setCookie(nameOf(publicUrl), session.secret, {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: isSecure(publicUrl),
    expires: session.expiresAt,
  })
}

/** Takes the session's cookie from the browser. */
export function dropSessionCookie(reply: FastifyReply, publicUrl: string): void {
  void reply.clearCookie(nameOf(publicUrl), { path: '/', secure: isSecure(publicUrl) })
}
