import type { FastifyInstance } from 'fastify'

import { USAGE_DAYS_DEFAULT } from '#api/contract/token-usage.ts'
import * as contract from '#api/contract/tokens.ts'

import type { Deps } from '../../deps.ts'
import { serve } from '../../route.ts'
import { listDependants, presentDependant } from './dependants.ts'
import { followToken, grantOf } from './follow-token.ts'
import { getRow, presentToken } from './get-token.ts'
import { registerTokenLifecycle } from './lifecycle-routes.ts'
import { listTokens } from './list-tokens.ts'
import { makeToken, readWish } from './make-token.ts'
import { registerTokenPolicy } from './policy-routes.ts'
import { readUsage } from './read-usage.ts'
import { registerTrials } from './trial.ts'
import { registerTokenUsage } from './usage-routes.ts'

/** Access tokens of this instance. A member sees and manages the ones they made, owners and admins all. */
export function registerTokens(app: FastifyInstance, deps: Pick<Deps, 'connection' | 'now'>): void {
  registerTrials(app)
  registerReads(app, deps)
  registerCreate(app, deps)
  registerTokenLifecycle(app, deps)
  registerTokenPolicy(app, deps)
  registerTokenUsage(app, deps)
}

function registerReads(app: FastifyInstance, { connection: { db }, now }: Pick<Deps, 'connection' | 'now'>): void {
  serve(app, contract.listTokens, ({ caller, query }) => listTokens(db, caller, query, now()))

  serve(app, contract.getToken, async ({ params, caller }) => {
    const row = await getRow(db, caller, params.id, now())
    await app.tokenUsage.flush()
    const { endpoints } = app.tokenUsage
    return {
      ...(await presentToken(db, caller, row.id, now())),
      dependants: (await listDependants(db, [row.id])).map(presentDependant),
      usage: await readUsage(db, row, { days: USAGE_DAYS_DEFAULT, endpoints }, now()),
    }
  })
}

function registerCreate(app: FastifyInstance, { connection: { db }, now }: Pick<Deps, 'connection' | 'now'>): void {
  serve(app, contract.createToken, async ({ body, caller, trail }) => {
    const wish = await readWish(db, caller, body)
    const { secret, id } = await db.transaction().execute((trx) => makeToken(trx, caller, wish, now()))
    const token = await presentToken(db, caller, id, now())
    followToken(trail, token)
    trail.detail = grantOf(token)
    return { ...token, token: secret }
  })
}
