import type { FastifyReply, FastifyRequest } from 'fastify'

import type { Session } from '#api/contract/session.ts'
import type { SignInStep } from '#api/contract/sign-in-step.ts'

import type { Trail } from '../../route.ts'
import { hasSecondFactor, methodsOf, readFactors } from '../second-factor/factors.ts'
import { holdSignInPolicy } from './sign-in-policy.ts'
import { adoptSession, makeSession, type SessionDeps, sessionOf } from './start-session.ts'
import { insertTicket, sendTicketCookie, type Ticket } from './ticket.ts'

/** Where a sign-in comes from and goes to. */
export interface SignInExchange {
  request: FastifyRequest
  reply: FastifyReply
  trail: Trail
}

interface FirstStep {
  user: { id: number; email: string }
  method: Ticket['method']
  /** True where the provider asked for a second step itself. */
  isEnough?: boolean
}

/**
 * After the first step of a sign-in was right: a session, or, where the account has a second step or the policy demands
 * one, a ticket for it. Policy and session are one transaction: none slips through while the policy is turned on.
 */
export async function afterFirstStep(
  { user, method, isEnough = false }: FirstStep,
  { request, reply, trail }: SignInExchange,
  deps: SessionDeps,
): Promise<Session | SignInStep> {
  const now = deps.now()
  const next = await deps.connection.db.transaction().execute(async (trx) => {
    const { requiresSecondStep } = await holdSignInPolicy(trx)
    const factors = await readFactors(trx, user.id)
    if (isEnough || !(requiresSecondStep || hasSecondFactor(factors))) {
      return { made: await makeSession(trx, user.id, request, now) }
    }
    const needs = hasSecondFactor(factors) ? 'second_factor' : 'second_factor_setup'
    return {
      needs,
      factors,
      ticket: await insertTicket(trx, { user_id: user.id, method, needs }, request, now),
    } as const
  })
  if ('made' in next) {
    const caller = await adoptSession(next.made, request, reply, deps)
    trail.target = { kind: 'session', name: user.email }
    trail.detail = { ...trail.detail, method }
    return sessionOf(caller, deps)
  }
  sendTicketCookie(reply, next.ticket, deps.publicUrl())
  trail.target = { kind: 'user', id: user.id, name: user.email }
  trail.detail = { ...trail.detail, method, needs: next.needs }
  return { needs: next.needs, methods: methodsOf(next.factors), expiresAt: next.ticket.expiresAt.toISOString() }
}
