import { isDeepStrictEqual } from 'node:util'

import type { FastifyInstance } from 'fastify'

import * as contract from '#api/contract/sessions.ts'

import { hasRole, requireRole } from '../../caller.ts'
import type { Deps } from '../../deps.ts'
import { notFound } from '../../errors.ts'
import { serve } from '../../route.ts'
import { changed } from '../../trail.ts'
import { readLifetimes, writeLifetimes } from '../session/lifetimes.ts'
import { announceSessions, deleteSessionById, deleteSessionsOf, forgetSessions } from '../session/store.ts'
import { pageSessions, readSessionOwner } from './store.ts'

/** Open sessions and how long they last. */
export function registerSessions(
  app: FastifyInstance,
  { connection: { db }, now }: Pick<Deps, 'connection' | 'now'>,
): void {
  serve(app, contract.listSessions, async ({ query: { all, ...page }, caller }) => {
    if (all) requireRole(caller, 'admin')
    const whose = { userId: all ? null : caller.id, current: caller.sessionId }
    return pageSessions(db, whose, page, { policy: await readLifetimes(db), now: now() })
  })

  serve(app, contract.endSession, async ({ params: { id }, caller, trail }) => {
    const owner = await readSessionOwner(db, id)
    if (owner.userId !== caller.id) {
      // A member is not told which ids there are.
      if (!hasRole(caller, 'admin')) throw notFound(`Session ${id}`)
      if (owner.role === 'owner') requireRole(caller, 'owner')
    }
    await deleteSessionById(db, id)
    trail.target = { kind: 'session', id, name: owner.email }
    return null
  })

  serve(app, contract.endOtherSessions, async ({ caller, trail }) => {
    const ended = await deleteSessionsOf(db, caller.id, caller.sessionId)
    trail.target = { kind: 'user', id: caller.id, name: caller.label }
    trail.detail = { ended }
    return { ended }
  })

  serve(app, contract.getSessionPolicy, () => readLifetimes(db))

  serve(app, contract.updateSessionPolicy, async ({ body, trail }) => {
    const before = await db.transaction().execute(async (trx) => {
      await announceSessions(trx)
      // What is over stays so, however long sessions may last from now on.
      await forgetSessions(trx, now())
      return writeLifetimes(trx, body)
    })
    trail.target = { kind: 'setting', name: 'sessions' }
    Object.assign(trail, changed(before, body))
    trail.isIdle = isDeepStrictEqual(before, body)
    return body
  })
}
