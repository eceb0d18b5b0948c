import { isDeepStrictEqual } from 'node:util'

import type { FastifyInstance } from 'fastify'

import { getSignInPolicy, putSignInPolicy } from '#api/contract/sign-in-methods.ts'

import type { Db } from '../../db/connection.ts'
import { AppError } from '../../errors.ts'
import { serve } from '../../route.ts'
import { changed } from '../../trail.ts'
import { readSignInPolicy, writeSignInPolicy } from '../session/sign-in-policy.ts'
import { announceSessions } from '../session/store.ts'
import type { FactorDeps } from './check-factor.ts'
import { hasSecondFactor, readFactors } from './factors.ts'
import { requireStrongProof } from './proof.ts'

/** What the owner demands of every sign-in. */
export function registerSignInPolicy(app: FastifyInstance, deps: FactorDeps): void {
  const { db } = deps.connection

  serve(app, getSignInPolicy, () => readSignInPolicy(db))

  serve(app, putSignInPolicy, async ({ body: { proof, ...policy }, caller, request, trail }) => {
    trail.target = { kind: 'sign_in_policy', name: 'Sign-in policy' }
    if (!policy.requiresSecondStep) await requireStrongProof(caller, proof, request, deps)
    const { before, endedSessions } = await db.transaction().execute(async (trx) => {
      const replaced = await writeSignInPolicy(trx, policy)
      return { before: replaced, endedSessions: policy.requiresSecondStep ? await endOthers(trx, caller.id) : 0 }
    })
    trail.detail = { endedSessions }
    Object.assign(trail, changed(before, policy))
    trail.isIdle = isDeepStrictEqual(before, policy) && endedSessions === 0
    return { ...policy, endedSessions }
  })
}

/** Throws 409 where the owner who demands a second step has none. */
async function endOthers(trx: Db, ownerId: number): Promise<number> {
  if (!hasSecondFactor(await readFactors(trx, ownerId))) {
    throw new AppError('conflict', 'Set up a second step for your own account first.', {
      payload: { reason: 'no_second_factor' },
    })
  }
  await announceSessions(trx)
  return endSessionsWithoutSecondFactor(trx)
}

/** Who has a session and no second step signs in anew, and sets one up on the way. */
async function endSessionsWithoutSecondFactor(trx: Db): Promise<number> {
  const { numDeletedRows } = await trx
    .deleteFrom('session')
    .where((where) =>
      where.not(
        where.or([
          where.exists(
            where
              .selectFrom('totp')
              .select('totp.user_id')
              .whereRef('totp.user_id', '=', 'session.user_id')
              .where('totp.confirmed_at', 'is not', null),
          ),
          where.exists(
            where.selectFrom('passkey').select('passkey.id').whereRef('passkey.user_id', '=', 'session.user_id'),
          ),
        ]),
      ),
    )
    .executeTakeFirst()
  return Number(numDeletedRows)
}
