import type {} from '@fastify/cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'

import type { Deps } from '../../deps.ts'
import { dropSessionCookie } from './cookie.ts'
import { deleteSession, SESSION_COOKIE } from './store.ts'

/**
 * Ends the session that the browser came with, for a sign-in as somebody else of which a step is left: until that is
 * taken, nobody is signed in here. A sign-in that is whole replaces the session itself (`makeSession`).
 */
export async function endSessionBefore(
  request: FastifyRequest,
  reply: FastifyReply,
  { connection, publicUrl }: Pick<Deps, 'connection' | 'publicUrl'>,
): Promise<void> {
  const cookie = request.cookies[SESSION_COOKIE]
  if (cookie === undefined) return
  await deleteSession(connection.db, cookie)
  dropSessionCookie(reply, publicUrl())
}
