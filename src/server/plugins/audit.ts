import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

import type { Endpoint } from '#api/contract/endpoint.ts'
import type { EventResource } from '#api/contract/event-resource.ts'
import { signOut } from '#api/contract/session.ts'

import type { Deps } from '../deps.ts'
import { maskSecrets } from '../mask-secrets.ts'
import { createAppend, type NewAuditRecord } from '../resources/audit-log/append.ts'
import { actorOf } from './audit-actor.ts'
import { isRefusal, registerRefusals } from './audit-refusals.ts'

type AuditDeps = Pick<Deps, 'connection' | 'hub' | 'now' | 'log'>

/**
 * After a write that succeeded and before its answer leaves: one audit record, and one "changed" event per list that
 * the operation makes stale. A write whose record cannot be kept is answered as a failure. Refused calls and failed
 * sign-ins are recorded too, so many a minute.
 */
export function registerAudit(app: FastifyInstance, deps: AuditDeps): void {
  const append = createAppend(deps.connection.db)
  const recordRefusal = registerRefusals(app, { ...deps, append })
  app.addHook('onSend', async (request, reply: FastifyReply, payload) => {
    const endpoint = request.routeOptions.config.endpoint
    if (endpoint === undefined || request.isReplay) return payload
    // Who is refused before authentication has no trail yet.
    request.trail ??= {}
    if (isRefusal(endpoint, reply.statusCode, request)) {
      await recordRefusal(request, endpoint, { status: reply.statusCode, payload })
    } else if (reply.statusCode < 400) {
      if (endpoint.audited && !isIdle(request, endpoint)) await append(recordOf(request, endpoint, deps.now()))
      for (const resource of endpoint.changes) await announce(request, resource, deps)
    }
    return payload
  })
}

/** What changed nothing. Signing out without a session is that, and anybody can do it as often as they like. */
function isIdle({ caller, trail }: FastifyRequest, { id }: Endpoint): boolean {
  return trail.isIdle === true || (caller === null && id === signOut.id)
}

/** Secrets are masked here once more, whatever a handler noted. */
function recordOf(request: FastifyRequest, { id: action }: Endpoint, at: Date): NewAuditRecord {
  const { workspaceId, target, detail, before, after, etag } = request.trail
  return {
    at,
    ...actorOf(request.caller),
    workspace_id: workspaceId ?? null,
    action,
    target: masked(target ?? {}),
    before: before == null ? null : masked(before),
    after: after == null ? null : masked(after),
    detail: JSON.stringify({ ...(maskSecrets(detail ?? {}) as object), ...(etag === undefined ? {} : { etag }) }),
    address: request.ip,
    request_id: request.id,
  }
}

function masked(value: object): string {
  return JSON.stringify(maskSecrets(value))
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
