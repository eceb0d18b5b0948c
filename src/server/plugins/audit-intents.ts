import type { FastifyInstance, FastifyRequest } from 'fastify'

import type { Endpoint } from '#api/contract/endpoint.ts'

import { isPoolExhausted } from '../db/connection.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import type { Intents, NewIntent } from '../resources/audit-log/intents.ts'
import { actorOf } from './audit-actor.ts'
import { targetOfPath } from './audit-target.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Kept since before the handler ran and until the operation is recorded; null where there is none. */
    intent: { number: number; isInDoubt: boolean } | null
  }
}

/** How often what died processes left is looked for. */
const SETTLE_EVERY_MS = 15_000
const RETRY_SECONDS = 2

/**
 * Keeps an intent before each audited operation, right before its handler runs, and settles what others left: at the
 * start and by a timer. Without an intent nothing is done.
 */
export function registerIntents(app: FastifyInstance, deps: Pick<Deps, 'now' | 'log'>, intents: Intents): void {
  app.decorateRequest('intent', null)
  app.decorateRequest('begin', async function begin(this: FastifyRequest): Promise<void> {
    const { endpoint } = this.routeOptions.config
    if (endpoint?.audited !== true) return
    const number = await intents.begin(intentOf(this, endpoint, deps.now())).catch((error: unknown) => {
      throw notRecordable(error)
    })
    this.intent = { number, isInDoubt: false }
  })
  app.addHook('onError', async (request, _reply, error) => {
    if (request.intent !== null) request.intent.isInDoubt ||= isUnforeseen(error, request)
  })
  app.addHook('onReady', () => intents.settle())
  const timer = setInterval(() => void intents.settle(), SETTLE_EVERY_MS)
  timer.unref()
  app.addHook('onClose', async () => {
    clearInterval(timer)
    await intents.close()
  })
}

/** Ends the intent of an operation that left no record of its own, by how it is answered. */
export function settleIntent(request: FastifyRequest, status: number, intents: Intents): void {
  const { intent } = request
  if (intent === null) return
  request.intent = null
  if (status >= 500 && intent.isInDoubt) intents.doubt(intent.number)
  else intents.forget(intent.number)
}

/**
 * True for a failure after which nobody knows what was done. A crowd that nobody signed in uses up the connections with
 * leaves no records: it would have to be let in first.
 */
function isUnforeseen(error: unknown, { caller }: FastifyRequest): boolean {
  if (error instanceof AppError) return error.code === 'internal'
  return !(isPoolExhausted(error) && caller === null)
}

function notRecordable(cause: unknown): AppError {
  return new AppError(
    'not_ready',
    'The audit log cannot be written at the moment, and nothing is changed without it. Nothing was done; try again in a moment.',
    { retryAfterSeconds: RETRY_SECONDS, cause },
  )
}

function intentOf(request: FastifyRequest, { id: action, path }: Endpoint, at: Date): NewIntent {
  const { workspaceId, target } = targetOfPath(path, request.params as Record<string, string | undefined>)
  return {
    at,
    ...actorOf(request.caller),
    workspace_id: workspaceId,
    action,
    target,
    address: request.ip,
    request_id: request.id,
  }
}
