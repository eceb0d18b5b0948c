import type { FastifyInstance } from 'fastify'

import * as contract from '#api/contract/token-lifecycle.ts'
import { type ChangedToken, revokeToken } from '#api/contract/tokens.ts'

import type { Caller } from '../../caller.ts'
import type { Db } from '../../db/connection.ts'
import type { Deps } from '../../deps.ts'
import { serve, type Trail } from '../../route.ts'
import { changed } from '../../trail.ts'
import * as change from './change-token.ts'
import { presentDependant } from './dependants.ts'
import { followToken, grantOf } from './follow-token.ts'
import { presentToken } from './get-token.ts'
import { duplicateToken, rotateToken } from './rotate-token.ts'

type TokenDeps = Pick<Deps, 'connection' | 'now'>

/** Disable, enable, revoke, rotate, duplicate, revoke all. */
export function registerTokenLifecycle(app: FastifyInstance, deps: TokenDeps): void {
  registerChanges(app, deps)
  registerCopies(app, deps)
}

function registerChanges(app: FastifyInstance, { connection: { db }, now }: TokenDeps): void {
  serve(app, contract.disableToken, ({ params, caller, trail }) => apply(change.disableToken, params.id, caller, trail))
  serve(app, contract.enableToken, ({ params, caller, trail }) => apply(change.enableToken, params.id, caller, trail))
  serve(app, revokeToken, ({ params, caller, trail }) => apply(change.revokeToken, params.id, caller, trail))

  serve(app, contract.revokeAllTokens, async ({ caller, trail }) => {
    const { revoked, breaks } = await db.transaction().execute((trx) => change.revokeAll(trx, caller, now()))
    trail.target = { kind: 'token', name: 'all' }
    trail.detail = { revoked }
    trail.isIdle = revoked === 0
    return { revoked, breaks: breaks.map(presentDependant) }
  })

  type Step = (trx: Db, caller: Caller, id: number, now: Date) => Promise<change.Change>

  async function apply(step: Step, id: number, caller: Caller, trail: Trail): Promise<ChangedToken> {
    const { before, isIdle, breaks } = await db.transaction().execute((trx) => step(trx, caller, id, now()))
    const token = await presentToken(db, caller, id, now())
    followToken(trail, token)
    trail.isIdle = isIdle
    Object.assign(trail, changed({ status: before.status }, { status: token.status }))
    return { ...token, breaks: breaks.map(presentDependant) }
  }
}

function registerCopies(app: FastifyInstance, { connection: { db }, now }: TokenDeps): void {
  serve(app, contract.rotateToken, async ({ params, body, caller, trail }) => {
    const { secret, id, moved, breaks } = await db
      .transaction()
      .execute((trx) => rotateToken(trx, caller, { ...body, id: params.id }, now()))
    const token = await presentToken(db, caller, id, now())
    const { name, lastFour, rotatedFrom } = token
    followToken(trail, rotatedFrom ?? token)
    trail.detail = { rotatedTo: { id, name, lastFour }, overlapSeconds: body.overlapSeconds, ...grantOf(token) }
    return { ...token, token: secret, moved: moved.map(presentDependant), breaks: breaks.map(presentDependant) }
  })

  serve(app, contract.duplicateToken, async ({ params, body, caller, trail }) => {
    const { secret, id } = await db
      .transaction()
      .execute((trx) => duplicateToken(trx, caller, { ...body, id: params.id }, now()))
    const token = await presentToken(db, caller, id, now())
    followToken(trail, token)
    trail.detail = { copyOf: params.id, ...grantOf(token) }
    return { ...token, token: secret }
  })
}
