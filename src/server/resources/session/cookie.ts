import type {} from '@fastify/cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'

import { SESSION_COOKIE } from './store.ts'

/** What all our cookies are called by. */
const OWN_PREFIX = 'metadeck_'
/** With this prefix browsers take a cookie only over https and from this very host: no neighbour can plant one. */
const HOST_PREFIX = '__Host-'

/** A cookie of ours; scripts cannot read it. */
export interface OwnCookie {
  /** Begins with `metadeck_`. */
  name: string
  /** Where it is sent to over plain http; over https everywhere, as the prefix asks for. */
  path: string
  /** `lax` where it must come along from another site. */
  sameSite: 'strict' | 'lax'
}

const SESSION: OwnCookie = { name: SESSION_COOKIE, path: '/', sameSite: 'strict' }

const isSecure = (publicUrl: string): boolean => publicUrl.startsWith('https:')

/** Puts our cookies, whatever they are called on the way, where everybody looks for them; no others are left there. */
export function takeOwnCookies(request: FastifyRequest, publicUrl: string): void {
  if (!isSecure(publicUrl)) return
  const sent = Object.entries(request.cookies).filter(([name]) => !name.startsWith(OWN_PREFIX))
  request.cookies = Object.fromEntries(
    sent.map(([name, value]) => [
      name.startsWith(HOST_PREFIX + OWN_PREFIX) ? name.slice(HOST_PREFIX.length) : name,
      value,
    ]),
  )
}

/** Sends a cookie of ours. */
export function sendCookie(
  reply: FastifyReply,
  cookie: OwnCookie,
  { secret, expiresAt }: { secret: string; expiresAt: Date },
  publicUrl: string,
): void {
  void reply.setCookie(...addressed(cookie, secret, publicUrl, { expires: expiresAt }))
}

/** Takes it from the browser. */
export function dropCookie(reply: FastifyReply, cookie: OwnCookie, publicUrl: string): void {
  void reply.setCookie(...addressed(cookie, '', publicUrl, { expires: new Date(0), maxAge: 0 }))
}

function addressed(
  { name, path, sameSite }: OwnCookie,
  value: string,
  publicUrl: string,
  ends: { expires: Date; maxAge?: number },
): Parameters<FastifyReply['setCookie']> {
  const secure = isSecure(publicUrl)
  const options = { path: secure ? '/' : path, httpOnly: true, sameSite, secure, ...ends }
  return [(secure ? HOST_PREFIX : '') + name, value, options]
}

/** Sends the session's cookie; no other site's request carries it. */
export function sendSessionCookie(
  reply: FastifyReply,
  session: { secret: string; expiresAt: Date },
  publicUrl: string,
): void {
  sendCookie(reply, SESSION, session, publicUrl)
}

/** Takes the session's cookie from the browser. */
export function dropSessionCookie(reply: FastifyReply, publicUrl: string): void {
  dropCookie(reply, SESSION, publicUrl)
}
