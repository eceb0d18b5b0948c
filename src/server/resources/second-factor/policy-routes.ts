import type { FastifyInstance } from 'fastify'

import { getSignInPolicy, putSignInPolicy } from '#api/contract/sign-in-methods.ts'

import type { Db } from '../../db/connection.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import { serve } from '../../route.ts'
import { readSignInPolicy, writeSignInPolicy } from '../session/sign-in-policy.ts'
import { hasSecondFactor, readFactors } from './factors.ts'

/** What the owner demands of every sign-in. */
export function registerSignInPolicy(app: FastifyInstance, { connection: { db } }: Pick<Deps, 'connection'>): void {
  serve(app, getSignInPolicy, () => readSignInPolicy(db))

  serve(app, putSignInPolicy, async ({ body, caller, trail }) => {
    trail.target = { kind: 'sign_in_policy', name: 'Sign-in policy' }
    const endedSessions = await db.transaction().execute(async (trx) => {
      await writeSignInPolicy(trx, body)
      if (!body.requiresSecondStep) return 0
      if (!hasSecondFactor(await readFactors(trx, caller.id))) {
        throw new AppError('conflict', 'Set up a second step for your own account first.', {
          payload: { reason: 'no_second_factor' },
        })
      }
      return endSessionsWithoutSecondFactor(trx)
    })
    trail.detail = { ...body, endedSessions }
    return { ...body, endedSessions }
  })
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
