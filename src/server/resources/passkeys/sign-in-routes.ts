import type {} from '@fastify/cookie'
import type { FastifyInstance } from 'fastify'

import * as contract from '#api/contract/passkeys.ts'

import { newSecret } from '../../credentials.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import { serve } from '../../route.ts'
import { dropCookie, type OwnCookie, sendCookie } from '../session/cookie.ts'
import { startSession, type SessionDeps, sessionOf } from '../session/start-session.ts'
import { countAgainst, startLimits } from '../session/throttle.ts'
import { dropTicketCookie, findTicket, useTicket } from '../session/ticket.ts'
import { CHALLENGE_LIFE_MS, type ChallengeHolder, insertChallenge } from './challenges.ts'
import { requireRelyingParty } from './relying-party.ts'
import { passkeysOf } from './store.ts'
import { requirePasskeyKept, verifyAssertion } from './verify.ts'

/** Binds the challenge of a sign-in without a password to the browser that asked for it. */
const HOLDER: OwnCookie = { name: 'metadeck_passkey', path: '/api:console/session/passkey', sameSite: 'strict' }

type SignInDeps = SessionDeps & Pick<Deps, 'log'>

/** Signing in by a passkey: instead of the password, or after it. */
export function registerPasskeySignIn(app: FastifyInstance, deps: SignInDeps): void {
  const { db } = deps.connection

  serve(app, contract.startPasskeySignIn, async ({ request, reply }) => {
    await countAgainst(db, startLimits('passkey', request.ip), deps.now())
    const holder = newSecret()
    const expiresAt = new Date(deps.now().getTime() + CHALLENGE_LIFE_MS)
    sendCookie(reply, HOLDER, { secret: holder, expiresAt }, deps.publicUrl())
    return { options: await askFor({ purpose: 'sign_in', userId: null, holder }, 'required') }
  })

  serve(app, contract.signInByPasskey, async ({ body, request, reply, trail }) => {
    trail.detail = { method: 'passkey' }
    const asked: ChallengeHolder = { purpose: 'sign_in', userId: null, holder: request.cookies[HOLDER.name] ?? '' }
    const owner = await verifyAssertion(body.response, asked, deps, { needsVerification: true })
    dropCookie(reply, HOLDER, deps.publicUrl())
    const caller = await startSession(owner.id, request, reply, deps, (trx) => requirePasskeyKept(trx, owner))
    trail.target = { kind: 'session', name: owner.email }
    return sessionOf(caller, deps)
  })

  serve(app, contract.startPasskeyStep, async ({ request }) => {
    const asked = await askedAtStep(request)
    const { id: rpId } = requireRelyingParty(deps.publicUrl())
    const own = (await passkeysOf(db, asked.userId)).filter((row) => row.rp_id === rpId)
    return { options: await askFor(asked, 'discouraged', own) }
  })

  serve(app, contract.finishPasskeyStep, async ({ body, request, reply, trail }) => {
    const ticket = await findTicket(db, request, deps.now())
    trail.target = { kind: 'user', id: ticket.user_id }
    trail.detail = { method: ticket.method, secondFactor: 'passkey' }
    const asked = await askedAtStep(request)
    const owner = await verifyAssertion(body.response, asked, deps, { needsVerification: false })
    const caller = await startSession(owner.id, request, reply, deps, async (trx) => {
      await useTicket(trx, ticket)
      await requirePasskeyKept(trx, owner)
    })
    dropTicketCookie(reply, deps.publicUrl())
    trail.target = { kind: 'session', name: owner.email }
    return sessionOf(caller, deps)
  })

  /** The second step belongs to the ticket, and so to its account. */
  async function askedAtStep(request: Parameters<typeof findTicket>[1]): Promise<ChallengeHolder & { userId: number }> {
    const ticket = await findTicket(db, request, deps.now())
    if (ticket.needs !== 'second_factor') {
      throw new AppError('conflict', 'This sign-in needs another step.', { payload: { reason: ticket.needs } })
    }
    return { purpose: 'second_factor', userId: ticket.user_id, holder: ticket.hash.toString('hex') }
  }

  async function askFor(
    asked: ChallengeHolder,
    userVerification: 'required' | 'discouraged',
    own: Awaited<ReturnType<typeof passkeysOf>> = [],
  ): Promise<{ challenge: string }> {
    const party = requireRelyingParty(deps.publicUrl())
    const challenge = await insertChallenge(db, asked, deps.now())
    const { generateAuthenticationOptions } = await import('@simplewebauthn/server')
    const options = await generateAuthenticationOptions({
      rpID: party.id,
      challenge: new Uint8Array(Buffer.from(challenge, 'base64url')),
      allowCredentials: own.map((row) => ({ id: row.credential_id, transports: row.transports })),
      userVerification,
    })
    return { ...options }
  }
}
