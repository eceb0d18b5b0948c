import type { FastifyInstance } from 'fastify'

import { completeSetup, getSetup } from '#api/contract/setup.ts'

import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import { serve } from '../../route.ts'
import { requireGoodPassword } from '../my-account/good-password.ts'
import { startSession } from '../session/routes.ts'
import { countAgainst, linkLimits, uncount } from '../session/throttle.ts'
import { createOwner, isSetupNeeded } from './owner.ts'

/** All guesses from one address are guesses at the same link. */
const LINK_NAME = 'setup'

/** First start: the owner is made by whoever holds the printed one-time link. */
export function registerSetup(
  app: FastifyInstance,
  deps: Pick<Deps, 'connection' | 'now' | 'publicUrl' | 'version'>,
): void {
  const { connection, now } = deps

  serve(app, getSetup, async () => ({ needed: await isSetupNeeded(connection.db) }))

  serve(app, completeSetup, async ({ body, request, reply, trail }) => {
    requireGoodPassword('password', body.password, body)
    const limits = linkLimits(LINK_NAME, request.ip)
    await countAgainst(connection.db, limits, now())
    const userId = await createOwner(connection, body, body.link, now())
    if (userId === null) {
      throw new AppError('conflict', 'This Metadeck has an owner already. Sign in instead.', {
        payload: { reason: 'already_set_up' },
      })
    }
    await uncount(connection.db, limits)
    await startSession(userId, request, reply, deps)
    trail.target = { kind: 'user', id: userId, name: body.email }
    return { email: body.email }
  })
}
