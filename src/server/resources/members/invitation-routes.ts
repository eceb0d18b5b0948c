import type { FastifyInstance } from 'fastify'

import * as contract from '#api/contract/members.ts'

import type { Deps } from '../../deps.ts'
import { serve } from '../../route.ts'
import { requireStrongProof } from '../second-factor/proof.ts'
import { afterFirstStep } from '../session/first-step.ts'
import { countAgainst, linkLimits, uncount } from '../session/throttle.ts'
import { acceptInvitation, requireInvitation } from './accept.ts'
import { asManager } from './change-members.ts'
import { isStrong } from './grant.ts'
import * as store from './invitations.ts'
import { targetOf } from './present.ts'

/** Invitations by one-time link: made, sent again and taken back by managers, accepted by whoever holds the link. */
export function registerInvitations(
  app: FastifyInstance,
  deps: Pick<Deps, 'connection' | 'now' | 'publicUrl' | 'version' | 'vault'>,
): void {
  const { now } = deps
  const { db } = deps.connection

  serve(app, contract.listInvitations, async ({ query }) => {
    const { rows, nextCursor } = await store.pageInvitations(db, query)
    return { items: rows.map((row) => store.toInvitation(row, now())), nextCursor }
  })

  serve(app, contract.createInvitation, async ({ body, caller, request, trail }) => {
    if (isStrong(body.role)) await requireStrongProof(caller, body.proof, request, deps)
    const { row, secret } = await asManager(db, caller, (trx, manager) =>
      store.insertInvitation(trx, manager, body, now()),
    )
    const invitation = store.toInvitation(row, now())
    trail.target = invitationTarget(row)
    trail.detail = { role: row.role, scopes: invitation.scopes, workspaces: invitation.workspaces }
    return { ...invitation, link: linkOf(secret) }
  })

  serve(app, contract.resendInvitation, async ({ params, body, caller, request, trail }) => {
    if (isStrong((await store.getInvitation(db, params.id)).role)) await requireStrongProof(caller, body, request, deps)
    const { row, secret } = await asManager(db, caller, (trx, manager) =>
      store.renewInvitation(trx, manager, params.id, now()),
    )
    trail.target = invitationTarget(row)
    return { ...store.toInvitation(row, now()), link: linkOf(secret) }
  })

  serve(app, contract.revokeInvitation, async ({ params, caller, trail }) => {
    const row = await asManager(db, caller, (trx, manager) => store.deleteInvitation(trx, manager, params.id))
    trail.target = invitationTarget(row)
    return null
  })

  serve(app, contract.lookAtInvitation, async ({ body, request }) => {
    const { email, role, inviter, expires_at } = await throttled(body.token, request.ip)
    return { email, role, invitedBy: inviter, expiresAt: expires_at.toISOString() }
  })

  serve(app, contract.acceptInvitation, async ({ body, request, reply, trail }) => {
    const invitation = await throttled(body.token, request.ip)
    const userId = await acceptInvitation(db, invitation, body, now())
    const user = { id: userId, email: invitation.email }
    const answer = await afterFirstStep({ user, method: 'password' }, { request, reply, trail }, deps)
    trail.target = targetOf(user)
    trail.detail = { role: invitation.role, invitation: invitation.id, invitedBy: invitation.invited_by }
    return answer
  })

  /** The invitation of a link, guesses being counted: nobody can keep others from accepting theirs, or from signing in. */
  async function throttled(token: string, address: string): Promise<store.InvitationRow> {
    const limits = linkLimits(token, address)
    await countAgainst(db, limits, now())
    const row = await requireInvitation(db, token, now())
    await uncount(db, limits)
    return row
  }

  function linkOf(secret: string): string {
    return `${deps.publicUrl()}/invitation#${secret}`
  }
}

function invitationTarget(row: store.InvitationRow): Record<string, unknown> {
  return { kind: 'invitation', id: row.id, name: row.email }
}
