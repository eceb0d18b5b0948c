import type { FastifyInstance } from 'fastify'

import * as contract from '#api/contract/second-factor.ts'

import { AppError, notFound } from '../../errors.ts'
import { serve } from '../../route.ts'
import { keepingAnOwner } from '../members/change-members.ts'
import { readSignInPolicy } from '../session/sign-in-policy.ts'
import { deleteSessionsOf } from '../session/store.ts'
import { countingGuess, type FactorDeps } from './check-factor.ts'
import { endPasswordOnly } from './end-password-only.ts'
import { holdAccount, readFactors, hasSecondFactor, settleRemoval } from './factors.ts'
import { requireProof } from './proof.ts'
import { firstRecoveryCodes, replaceRecoveryCodes } from './recovery-codes.ts'
import { beginTotp, confirmTotp } from './totp.ts'

/** The second step of the own account: authenticator app and recovery codes; and how an owner takes somebody's away. */
export function registerSecondFactor(app: FastifyInstance, deps: FactorDeps): void {
  const { db } = deps.connection

  serve(app, contract.getSecondFactor, ({ caller }) => stateOf(caller.id))

  serve(app, contract.startTotp, async ({ body, caller, request, trail }) => {
    trail.target = { kind: 'user', id: caller.id, name: caller.label }
    // Its codes prove who it is from then on, so that with a fresh session alone one could take the passkeys away.
    const freshIsEnough = (await readFactors(db, caller.id)).passkeys === 0
    await requireProof(caller.id, body, request, deps, { freshIsEnough })
    return beginTotp(db, { id: caller.id, email: caller.label }, deps)
  })

  serve(app, contract.confirmTotp, async ({ body, caller, trail }) => {
    trail.target = { kind: 'user', id: caller.id, name: caller.label }
    const { recoveryCodes, endedSessions } = await countingGuess(caller.id, deps, () =>
      db.transaction().execute(async (trx) => {
        await holdAccount(trx, caller.id)
        if (!(await confirmTotp(trx, caller.id, body.code, deps))) throw wrongCode()
        return {
          recoveryCodes: await firstRecoveryCodes(trx, caller.id, deps.now()),
          endedSessions: await endPasswordOnly(trx, caller),
        }
      }),
    )
    trail.detail = { method: 'totp', endedSessions }
    return { recoveryCodes }
  })

  serve(app, contract.removeTotp, async ({ body, caller, request, trail }) => {
    trail.target = { kind: 'user', id: caller.id, name: caller.label }
    trail.detail = { method: 'totp' }
    await requireProof(caller.id, body, request, deps, { freshIsEnough: false })
    await db.transaction().execute(async (trx) => {
      await holdAccount(trx, caller.id)
      const gone = await trx.deleteFrom('totp').where('user_id', '=', caller.id).executeTakeFirst()
      if (gone.numDeletedRows === 0n) throw notFound('The authenticator app')
      await settleRemoval(trx, caller.id)
    })
    return stateOf(caller.id)
  })

  serve(app, contract.createRecoveryCodes, async ({ body, caller, request, trail }) => {
    trail.target = { kind: 'user', id: caller.id, name: caller.label }
    await requireProof(caller.id, body, request, deps, { freshIsEnough: false })
    const recoveryCodes = await db.transaction().execute(async (trx) => {
      await holdAccount(trx, caller.id)
      if (!hasSecondFactor(await readFactors(trx, caller.id))) {
        throw new AppError('conflict', 'Recovery codes stand in for a second step, and this account has none yet.', {
          payload: { reason: 'no_second_factor' },
        })
      }
      return replaceRecoveryCodes(trx, caller.id, deps.now())
    })
    return { recoveryCodes }
  })

  registerReset(app, deps)

  async function stateOf(userId: number): Promise<contract.SecondFactorState> {
    const { totpSince, passkeys, recoveryCodes } = await readFactors(db, userId)
    const { requiresSecondStep } = await readSignInPolicy(db)
    return {
      totpSince: totpSince?.toISOString() ?? null,
      passkeys,
      recoveryCodesLeft: recoveryCodes,
      required: requiresSecondStep,
    }
  }
}

/** An owner takes somebody else's second step away. */
function registerReset(app: FastifyInstance, deps: FactorDeps): void {
  const { db } = deps.connection

  serve(app, contract.resetSecondFactor, async ({ params, body, caller, request, trail }) => {
    trail.target = { kind: 'user', id: params.id }
    if (params.id === caller.id) {
      throw new AppError('conflict', 'This is your own account. Remove its second step where you set it up.', {
        payload: { reason: 'own_account' },
      })
    }
    await requireProof(caller.id, body, request, deps, { freshIsEnough: true })
    const user = await db.selectFrom('user').select(['id', 'email']).where('id', '=', params.id).executeTakeFirst()
    if (user === undefined) throw notFound(`The member ${params.id}`)
    const endedSessions = await keepingAnOwner(db, async (trx) => {
      await holdAccount(trx, user.id)
      for (const table of ['totp', 'recovery_code', 'passkey', 'passkey_challenge', 'sign_in_ticket'] as const) {
        await trx.deleteFrom(table).where('user_id', '=', user.id).execute()
      }
      return deleteSessionsOf(trx, user.id)
    })
    trail.target = { kind: 'user', id: user.id, name: user.email }
    trail.detail = { endedSessions }
    return null
  })
}

/** 403, as every refused proof: guesses at an open console are seen in the audit log. */
function wrongCode(): AppError {
  const message = 'This code is wrong or was used. Check the clock of your phone, then try the next code.'
  return new AppError('access_denied', message, {
    payload: { param: 'code', issues: [{ param: 'code', message }], reason: 'wrong_code' },
  })
}
