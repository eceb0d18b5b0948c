import { AsyncLocalStorage } from 'node:async_hooks'

import type { FastifyInstance } from 'fastify'

/**
 * Calls that this process makes to itself to see whether the guard lets them in. Nothing that comes over the network can
 * be one. `dry`: stops where the guard has let it in; `read`: a read that is carried out. Neither counts as use, and
 * neither is recorded: authentication marks them.
 */
const trials = new AsyncLocalStorage<'dry' | 'read'>()

/** How a dry call is answered that was let in. */
export const LET_IN = 204

/** Makes a call as a trial. */
export function onTrial<Result>(kind: 'dry' | 'read', call: () => PromiseLike<Result>): Promise<Result> {
  // Fastify begins an injected call only when it is waited for: that has to be in here.
  return trials.run(kind, async () => await call())
}

/** True within a trial. */
export function isTrial(): boolean {
  return trials.getStore() !== undefined
}

/** Ends dry calls once the guard has let them in; register it after the guard. */
export function registerTrials(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    if (trials.getStore() !== 'dry' || request.routeOptions.config.endpoint === undefined) return
    return reply.status(LET_IN).send()
  })
}
