import type { FastifyInstance } from 'fastify'

import * as contract from '#api/contract/second-factor.ts'

import type { Db } from '../../db/connection.ts'
import { AppError } from '../../errors.ts'
import { serve } from '../../route.ts'
import { startSession, type SessionDeps, sessionOf } from '../session/start-session.ts'
import { dropTicketCookie, findTicket, type Ticket, useTicket } from '../session/ticket.ts'
import { checkFactor, countingGuess, type FactorDeps } from './check-factor.ts'
import { methodsOf, readFactors } from './factors.ts'
import { firstRecoveryCodes } from './recovery-codes.ts'
import { beginTotp, confirmTotp } from './totp.ts'

/** The second half of a sign-in whose first step was right: a code, or an app that must be set up first. */
export function registerSignInStep(app: FastifyInstance, deps: FactorDeps & SessionDeps): void {
  const { db } = deps.connection

  serve(app, contract.getSignInStep, async ({ request }) => {
    const ticket = await findTicket(db, request, deps.now())
    const methods = methodsOf(await readFactors(db, ticket.user_id))
    return { needs: ticket.needs, methods, expiresAt: ticket.expires_at.toISOString() }
  })

  serve(app, contract.finishSignIn, async ({ body, request, reply, trail }) => {
    const ticket = await ticketFor('second_factor', request)
    const email = await emailOf(ticket.user_id)
    const secondFactor = 'code' in body ? 'totp' : 'recovery code'
    trail.target = { kind: 'user', id: ticket.user_id, name: email }
    trail.detail = { method: ticket.method, secondFactor }
    if (!(await checkFactor(ticket.user_id, body, deps))) throw wrongFactor()
    const caller = await startSession(ticket.user_id, request, reply, deps, (trx) => useTicket(trx, ticket))
    dropTicketCookie(reply, deps.publicUrl())
    trail.target = { kind: 'session', name: email }
    return sessionOf(caller, deps)
  })

  serve(app, contract.startTotpAtSignIn, async ({ request, trail }) => {
    const ticket = await ticketFor('second_factor_setup', request)
    const email = await emailOf(ticket.user_id)
    trail.target = { kind: 'user', id: ticket.user_id, name: email }
    return beginTotp(db, { id: ticket.user_id, email }, deps)
  })

  serve(app, contract.confirmTotpAtSignIn, async ({ body, request, reply, trail }) => {
    const ticket = await ticketFor('second_factor_setup', request)
    const email = await emailOf(ticket.user_id)
    trail.target = { kind: 'user', id: ticket.user_id, name: email }
    trail.detail = { method: ticket.method, secondFactor: 'totp', isNew: true }
    let recoveryCodes: string[] | null = null
    const confirm = async (trx: Db): Promise<void> => {
      // First of all: an account that got a second step meanwhile took the ticket away.
      await useTicket(trx, ticket)
      if (!(await confirmTotp(trx, ticket.user_id, body.code, deps))) throw wrongFactor()
      // Other sign-ins of the account that have begun owe a second step from here on.
      await trx.deleteFrom('sign_in_ticket').where('user_id', '=', ticket.user_id).execute()
      recoveryCodes = await firstRecoveryCodes(trx, ticket.user_id, deps.now())
    }
    const caller = await countingGuess(ticket.user_id, deps, () =>
      startSession(ticket.user_id, request, reply, deps, confirm),
    )
    dropTicketCookie(reply, deps.publicUrl())
    return { session: sessionOf(caller, deps), recoveryCodes }
  })

  async function ticketFor(needs: Ticket['needs'], request: Parameters<typeof findTicket>[1]): Promise<Ticket> {
    const ticket = await findTicket(db, request, deps.now())
    if (ticket.needs === needs) return ticket
    throw new AppError('conflict', 'This sign-in needs another step.', { payload: { reason: ticket.needs } })
  }

  async function emailOf(userId: number): Promise<string> {
    const user = await db.selectFrom('user').select('email').where('id', '=', userId).executeTakeFirstOrThrow()
    return user.email
  }
}

function wrongFactor(): AppError {
  return new AppError('unauthorized', 'This code is wrong or was used. Try the next one that the app shows.', {
    payload: { reason: 'wrong_code' },
  })
}
