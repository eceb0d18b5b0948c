import type { FastifyInstance } from 'fastify'

import * as contract from '#api/contract/recovery.ts'

import type { Deps } from '../../deps.ts'
import { serve } from '../../route.ts'
import { afterFirstStep } from '../session/first-step.ts'
import { countAgainst, linkLimits, uncount } from '../session/throttle.ts'
import { type Recovery, recover, requireRecovery } from './use-link.ts'

/** An owner who lost every way to sign in: with a link that was made on the machine of the server. */
export function registerRecovery(
  app: FastifyInstance,
  deps: Pick<Deps, 'connection' | 'now' | 'publicUrl' | 'version'>,
): void {
  const { now } = deps
  const { db } = deps.connection

  serve(app, contract.lookAtRecovery, async ({ body, request }) => {
    const { user, expiresAt, resetsTwoStep } = await throttled(body.token, request.ip)
    return { email: user.email, expiresAt: expiresAt.toISOString(), resetsTwoStep }
  })

  serve(app, contract.finishRecovery, async ({ body, request, reply, trail }) => {
    await throttled(body.token, request.ip)
    const { user, endedSessions, resetsTwoStep, passwordHash } = await recover(db, body, now())
    const first = { user, method: 'password', passwordHash } as const
    const answer = await afterFirstStep(first, { request, reply, trail }, deps)
    trail.target = { kind: 'user', id: user.id, name: user.email }
    trail.detail = { ...trail.detail, endedSessions, resetsTwoStep }
    return answer
  })

  /** What a link opens, guesses being counted. */
  async function throttled(token: string, address: string): Promise<Recovery> {
    const limits = linkLimits(token, address)
    await countAgainst(db, limits, now())
    const recovery = await requireRecovery(db, token, now())
    await uncount(db, limits)
    return recovery
  }
}
