import type { FastifyReply, FastifyRequest } from 'fastify'

import type { Session } from '#api/contract/session.ts'
import type { SignInStep } from '#api/contract/sign-in-step.ts'

import type { Db } from '../../db/connection.ts'
import { AppError } from '../../errors.ts'
import type { Trail } from '../../route.ts'
import { hasSecondFactor, holdAccount, methodsOf, readFactors } from '../second-factor/factors.ts'
import { dropSessionCookie } from './cookie.ts'
import { adoptSession, makeSession, type SessionDeps, sessionOf } from './start-session.ts'
import { accountDisabled, deleteSession, SESSION_COOKIE } from './store.ts'
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
  /** The hash that the password fitted; a password that was changed meanwhile opens nothing. */
  passwordHash?: string | null
  /** True where the provider asked for a second step itself. */
  isEnough?: boolean
  /** Throws where what proved the person is worth nothing any more; runs while the account is held. */
  settle?: (trx: Db) => Promise<void>
}

/**
 * After the first step of a sign-in was right: a session, or, where the account has a second step or the policy demands
 * one, a ticket for it. Checking a password takes long: whether it still opens the account, and what else the account and
 * the policy ask for, is looked at while both are held, so that no sign-in slips past a change of them.
 */
export async function afterFirstStep(
  { user, method, passwordHash, isEnough = false, settle }: FirstStep,
  { request, reply, trail }: SignInExchange,
  deps: SessionDeps,
): Promise<Session | SignInStep> {
  const now = deps.now()
  const next = await deps.connection.db.transaction().execute(async (trx) => {
    const { policy, user: account } = await holdAccount(trx, user.id)
    if (account === undefined || account.disabled_at !== null) throw accountDisabled()
    if (passwordHash !== undefined && account.password_hash !== passwordHash) throw wrongPassword()
    await settle?.(trx)
    const factors = await readFactors(trx, user.id)
    if (isEnough || !(policy.requiresSecondStep || hasSecondFactor(factors))) {
      return { made: await makeSession(trx, user.id, request, now) }
    }
    // Until the step that is left is taken, nobody is signed in here: not who was before, either.
    const before = request.cookies[SESSION_COOKIE]
    if (before !== undefined) await deleteSession(trx, before)
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
  if (request.cookies[SESSION_COOKIE] !== undefined) dropSessionCookie(reply, deps.publicUrl())
  sendTicketCookie(reply, next.ticket, deps.publicUrl())
  trail.target = { kind: 'user', id: user.id, name: user.email }
  trail.detail = { ...trail.detail, method, needs: next.needs }
  return { needs: next.needs, methods: methodsOf(next.factors), expiresAt: next.ticket.expiresAt.toISOString() }
}

/** The same for every reason: it tells nothing about which accounts there are. */
export function wrongPassword(): AppError {
  return new AppError('unauthorized', 'E-mail address and password do not fit together.')
}
