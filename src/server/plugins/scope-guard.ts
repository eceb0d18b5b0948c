import type { FastifyInstance, FastifyRequest } from 'fastify'

import type { Endpoint } from '#api/contract/endpoint.ts'
import { parseScopeKey, type ScopeKey, scopeWord } from '#api/contract/scopes.ts'

import { type Caller, requireRole, requireScope, requireWorkspace } from '../caller.ts'
import { LIVE_DATA_SOURCE } from '../db/workspace.ts'
import { AppError } from '../errors.ts'
import { dataSourceOf } from '../route.ts'

/**
 * The one place that decides who may call: each operation's `scope` and `role` in the contract, the workspaces in
 * reach, the rule about live rows, and, for cookies, that the request comes from our own pages. Runs before any body
 * is read.
 */
export function registerScopeGuard(app: FastifyInstance): void {
  app.addHook('onRequest', async (request) => {
    const endpoint = request.routeOptions.config.endpoint
    if (endpoint === undefined) return
    const { caller } = request
    if (caller?.kind !== 'token') requireSameOrigin(request)
    if (endpoint.scope === 'public') return
    if (caller === null) throw new AppError('unauthorized', unauthorizedMessage(request))
    if (endpoint.scope === 'session') requirePerson(caller)
    if (endpoint.role !== null) requireRole(caller, endpoint.role)
    if (endpoint.scope === 'session' || endpoint.scope === 'any') return
    requireOperationScopes(request, endpoint, endpoint.scope, caller)
    const workspaceId = Number((request.params as Record<string, string>)['workspace_id'] ?? Number.NaN)
    if (Number.isInteger(workspaceId)) requireWorkspace(caller, workspaceId)
  })
}

function requirePerson(caller: Caller): void {
  if (caller.kind === 'session') return
  throw new AppError(
    'access_denied',
    'Access Denied. This operation is for people signed in to the console, not for tokens.',
    { payload: { reason: 'session_required' } },
  )
}

function requireOperationScopes(request: FastifyRequest, endpoint: Endpoint, key: ScopeKey, caller: Caller): void {
  requireScope(caller, key)
  if (endpoint.dataSource && dataSourceOf(request) === LIVE_DATA_SOURCE) {
    requireScope(caller, `workspace:livedatasource:${scopeWord(parseScopeKey(key).letter)}`)
  }
}

function unauthorizedMessage(request: FastifyRequest): string {
  return request.headers.authorization === undefined
    ? 'Unauthorized - Authentication Required. Send "Authorization: Bearer <access token>".'
    : 'Unauthorized - This access token is not valid: it is unknown, expired or revoked.'
}

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/** A browser names the page that sends a state-changing request; only our own may, whatever cookies it sends along. */
function requireSameOrigin(request: FastifyRequest): void {
  if (SAFE.has(request.method)) return
  const { origin } = request.headers
  const site = request.headers['sec-fetch-site']
  const isOurs = origin === undefined || isOwnOrigin(origin, request.host)
  const isSameSite = site === undefined || site === 'same-origin' || site === 'none'
  if (isOurs && isSameSite) return
  throw new AppError('access_denied', 'Access Denied. The request comes from a page of another origin.', {
    payload: { reason: 'cross_origin' },
  })
}

/** Compared as a browser writes it: a default port is left out. The scheme is the proxy's affair. */
function isOwnOrigin(origin: string, host: string): boolean {
  if (!URL.canParse(origin)) return false
  const { protocol, host: from } = new URL(origin)
  return URL.canParse(`${protocol}//${host}`) && from !== '' && new URL(`${protocol}//${host}`).host === from
}
