import type { FastifyInstance, FastifyRequest } from 'fastify'

import type { EventResource } from '#api/contract/event-resource.ts'

import type { Caller } from '../caller.ts'
import type { Deps } from '../deps.ts'

type AuditDeps = Pick<Deps, 'connection' | 'hub' | 'now'>

/**
 * After a write that succeeded and before its answer leaves: one audit record, and one "changed" event per list that
 * the operation makes stale. A write whose record cannot be kept is answered as a failure.
 */
export function registerAudit(app: FastifyInstance, deps: AuditDeps): void {
  app.addHook('onSend', async (request, reply, payload) => {
    const endpoint = request.routeOptions.config.endpoint
    if (endpoint !== undefined && reply.statusCode < 400 && !request.isReplay) {
      if (endpoint.audited) await record(request, endpoint.id, deps)
      for (const resource of endpoint.changes) await announce(request, resource, deps)
    }
    return payload
  })
}

async function record(request: FastifyRequest, action: string, deps: AuditDeps): Promise<void> {
  const { trail, caller } = request
  await deps.connection.db
    .insertInto('audit_record')
    .values({
      at: deps.now(),
      ...actorOf(caller),
      workspace_id: trail.workspaceId ?? null,
      action,
      target: JSON.stringify(trail.target ?? {}),
      detail: JSON.stringify({ ...trail.detail, ...(trail.etag === undefined ? {} : { etag: trail.etag }) }),
      address: request.ip,
      request_id: request.id,
    })
    .execute()
}

function actorOf(caller: Caller | null): {
  actor_kind: 'session' | 'token' | 'system'
  actor_id: number | null
  actor_label: string
} {
  if (caller === null) return { actor_kind: 'system', actor_id: null, actor_label: 'nobody signed in' }
  return { actor_kind: caller.kind, actor_id: caller.id, actor_label: caller.label }
}

async function announce(request: FastifyRequest, resource: EventResource, deps: AuditDeps): Promise<void> {
  const { workspaceId, target } = request.trail
  await deps.hub.publish(deps.connection.db, {
    type: 'changed',
    resource,
    ...(workspaceId === undefined ? {} : { workspaceId }),
    ...(typeof target?.['id'] === 'number' ? { id: target['id'] } : {}),
  })
}
