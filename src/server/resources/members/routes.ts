import type { FastifyInstance } from 'fastify'

import * as contract from '#api/contract/members.ts'

import type { Deps } from '../../deps.ts'
import { serve } from '../../route.ts'
import { changed } from '../../trail.ts'
import { requireStrongProof } from '../second-factor/proof.ts'
import { asManager, requireMayManage } from './change-members.ts'
import { columnsOf, isStrong, requireWorkspacesExist } from './grant.ts'
import { registerInvitations } from './invitation-routes.ts'
import { targetOf, toMember } from './present.ts'
import { removeMember } from './remove.ts'
import * as store from './store.ts'
import { shownInAudit, updateMember } from './update.ts'

type MemberDeps = Pick<Deps, 'connection' | 'now' | 'publicUrl' | 'version' | 'vault'>

/** People with an account, and invitations. For owners and admins. */
export function registerMembers(app: FastifyInstance, deps: MemberDeps): void {
  const { connection, now } = deps
  const { db } = connection

  serve(app, contract.listMembers, async ({ query }) => {
    const { rows, nextCursor } = await store.pageMembers(db, query)
    const counts = await store.countFor(
      db,
      rows.map(({ id }) => id),
      now(),
    )
    return { items: rows.map((row) => toMember(row, counts)), nextCursor }
  })

  serve(app, contract.getMember, async ({ params }) => ({
    ...(await shown(await store.getMember(db, params.id))),
    tokenList: await store.listMemberTokens(db, params.id, now()),
  }))

  serve(app, contract.createMember, async ({ body, caller, request, trail }) => {
    const { name, email } = body
    await requireStrongProof(caller, body.proof, request, deps)
    const row = await asManager(db, caller, async (trx, manager) => {
      requireMayManage(manager, body.role)
      await requireWorkspacesExist(trx, body.workspaces)
      const fields = { name, email, password_hash: null, invited_by: manager.id, ...columnsOf(body) }
      return store.getMember(trx, await store.insertMember(trx, fields, now()))
    })
    trail.target = targetOf(row)
    Object.assign(trail, changed(null, shownInAudit(row)))
    return shown(row)
  })

  serve(app, contract.updateMember, async ({ params, body: { proof, ...changes }, caller, request, trail }) => {
    if (isStrong(changes.role)) await requireStrongProof(caller, proof, request, deps)
    const { before, after, disabledTokens } = await asManager(db, caller, (trx, manager) =>
      updateMember(trx, manager, params.id, changes, now()),
    )
    trail.target = targetOf(after)
    Object.assign(trail, changed(shownInAudit(before), shownInAudit(after)))
    if (disabledTokens.length > 0) trail.detail = { tokens: disabledTokens.map((id) => ({ id, fate: 'disabled' })) }
    return shown(after)
  })

  serve(app, contract.deleteMember, async ({ params, query: { tokensTo }, caller, trail }) => {
    const { removed, tokens, stopped } = await asManager(db, caller, (trx, manager) =>
      removeMember(trx, manager, { id: params.id, tokensTo }, now()),
    )
    trail.target = targetOf(removed)
    Object.assign(trail, changed(shownInAudit(removed), null))
    trail.detail = {
      tokensTo,
      tokens: tokens.map(({ id, fate }) => ({ id, fate })),
      stopped: stopped.map(({ kind, id }) => ({ kind, id })),
    }
    return { tokens, stopped }
  })

  registerInvitations(app, deps)

  async function shown(row: store.MemberRow): Promise<contract.Member> {
    return toMember(row, await store.countFor(db, [row.id], now()))
  }
}
