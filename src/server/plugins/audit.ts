import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

import type { Endpoint } from '#api/contract/endpoint.ts'
import type { EventResource } from '#api/contract/event-resource.ts'

import type { Deps } from '../deps.ts'
import { maskSecrets } from '../mask-secrets.ts'
import { createAppend } from '../resources/audit-log/append.ts'
import { createIntents } from '../resources/audit-log/intents.ts'
import type { NewAuditRecord } from '../resources/audit-log/new-record.ts'
import { actorOf } from './audit-actor.ts'
import { registerIntents, settleIntent } from './audit-intents.ts'
import { isRefusal, registerRefusals } from './audit-refusals.ts'

type AuditDeps = Pick<Deps, 'connection' | 'hub' | 'now' | 'log'>

/**
 * After a write that succeeded and before its answer leaves: one audit record, and one "changed" event per list that
 * the operation makes stale. A write whose record cannot be kept is answered as a failure. Refused calls and failed
 * sign-ins are recorded too, so many a minute. What began and was not recorded, as its process died or as it failed in a
 * way that tells nothing, is recorded as interrupted.
 */
export function registerAudit(app: FastifyInstance, deps: AuditDeps): void {
  const intents = createIntents(deps)
  const append = createAppend(deps.connection, intents)
  registerIntents(app, deps, intents)
  const recordRefusal = registerRefusals(app, { ...deps, append })
  app.addHook('onSend', async (request, reply: FastifyReply, payload) => {
    const endpoint = request.routeOptions.config.endpoint
    if (endpoint === undefined || request.isReplay) return payload
    // Who is refused before authentication has no trail yet.
    request.trail ??= {}
    const { statusCode: status } = reply
    if (isRefusal(endpoint, status, request)) {
      await recordRefusal(request, endpoint, { status, payload })
    } else if (status < 400) {
      if (endpoint.audited && request.trail.isIdle !== true) await recordDone(request, endpoint)
      for (const resource of endpoint.changes) await announce(request, resource, deps)
    }
    settleIntent(request, status, intents)
    return payload
  })

  async function recordDone(request: FastifyRequest, endpoint: Endpoint): Promise<void> {
    const { intent } = request
    // Until the record is kept: the write is done.
    if (intent !== null) intent.isInDoubt = true
    await append(recordOf(request, endpoint, deps.now()), intent?.number)
    request.intent = null
  }
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
    detail: { ...masked(detail ?? {}), ...(etag === undefined ? {} : { etag }) },
    address: request.ip,
    request_id: request.id,
  }
}

function masked(value: object): object {
  return maskSecrets(value) as object
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
