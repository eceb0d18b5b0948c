import type { FastifyInstance } from 'fastify'

import type { Deps } from '../deps.ts'
import { takeOwnCookies } from '../resources/session/cookie.ts'

/** Register it after the cookies are read and before anybody looks for a session. */
export function registerSessionCookie(app: FastifyInstance, { publicUrl }: Pick<Deps, 'publicUrl'>): void {
  app.addHook('onRequest', async (request) => takeOwnCookies(request, publicUrl()))
}
