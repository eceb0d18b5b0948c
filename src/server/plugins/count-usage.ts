import type { FastifyInstance } from 'fastify'

import { LIVE_DATA_SOURCE } from '../db/workspace.ts'
import type { Deps } from '../deps.ts'
import { isTrial } from '../resources/tokens/trial.ts'
import { createUsageCounter } from '../resources/tokens/usage.ts'
import { dataSourceOf } from '../route.ts'

/**
 * Counts what each token calls, also where it is refused. Nothing of a request but its operation and its status is kept.
 * Register it before the operations.
 */
export function registerUsageCount(app: FastifyInstance, deps: Pick<Deps, 'connection' | 'now' | 'log'>): void {
  const counter = createUsageCounter(deps.connection, deps.now, deps.log)
  app.decorate('tokenUsage', counter)
  app.addHook('onRoute', ({ config }) => {
    if (config?.endpoint !== undefined) counter.endpoints.set(config.endpoint.id, config.endpoint)
  })
  app.addHook('onResponse', async (request, reply) => {
    const { tokenId } = request
    const endpoint = request.routeOptions.config.endpoint
    if (tokenId === null || endpoint === undefined || isTrial()) return
    const isLive = endpoint.dataSource && dataSourceOf(request) === LIVE_DATA_SOURCE
    counter.count({ tokenId, operation: endpoint.id, isLive, status: reply.statusCode })
  })
  app.addHook('onClose', () => counter.close())
}
