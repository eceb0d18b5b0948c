import type {} from '@fastify/cookie'
import type { FastifyInstance, FastifyRequest } from 'fastify'

import type { Caller } from '../caller.ts'
import type { Deps } from '../deps.ts'
import { findSession, SESSION_COOKIE } from '../resources/session/store.ts'
import { findToken } from '../resources/tokens/store.ts'

/**
 * Tells who is calling: a bearer token if one is sent, else the console's session cookie. A token that is sent and
 * not valid is never made good by a cookie.
 */
export function registerAuthentication(app: FastifyInstance, deps: Pick<Deps, 'connection' | 'now'>): void {
  app.decorateRequest('caller', null)
  app.decorateRequest('trail')
  app.addHook('onRequest', async (request) => {
    request.trail = {}
    if (request.routeOptions.config.endpoint === undefined) return
    request.caller = await identify(request, deps)
  })
}

async function identify(request: FastifyRequest, deps: Pick<Deps, 'connection' | 'now'>): Promise<Caller | null> {
  const { authorization } = request.headers
  if (authorization !== undefined) {
    const token = /^bearer\s+(\S+)\s*$/i.exec(authorization)?.[1]
    return token === undefined ? null : findToken(deps.connection.db, token, request.ip, deps.now())
  }
  const cookie = request.cookies[SESSION_COOKIE]
  return cookie === undefined ? null : findSession(deps.connection.db, cookie, deps.now())
}
