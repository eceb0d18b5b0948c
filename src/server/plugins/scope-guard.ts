import type { FastifyInstance, FastifyRequest } from 'fastify'

import type { Endpoint } from '#api/contract/endpoint.ts'
import { parseScopeKey, type ScopeKey, scopeWord } from '#api/contract/scopes.ts'

import { type Caller, requireRole, requireScope, requireWorkspace } from '../caller.ts'
import { LIVE_DATA_SOURCE } from '../db/workspace.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { dataSourceOf } from '../route.ts'
import { refuseGuess } from './rate-limit.ts'

/**
 * The one place that decides who may call: each operation's `scope` and `role` in the contract, the workspaces in
 * reach, the rule about live rows, and, for cookies, that the request comes from our own pages. Runs before any body
 * is read.
 */
export function registerScopeGuard(app: FastifyInstance, { config }: Pick<Deps, 'config'>): void {
  app.addHook('onRequest', async (request) => {
    const endpoint = request.routeOptions.config.endpoint
    if (endpoint === undefined) return
    const { caller } = request
    if (caller?.kind !== 'token') requireSameOrigin(request, config.publicUrl)
    if (endpoint.scope === 'public') return
    if (caller === null) {
      refuseGuess(request)
      throw new AppError('unauthorized', unauthorizedMessage(request))
    }
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

/**
 * A browser names the page that sends a state-changing request; only our own may, whatever cookies it sends along. Ours
 * are those of `PUBLIC_URL`, whatever host the request names; where it is not set, those of the host that was asked.
 */
function requireSameOrigin(request: FastifyRequest, publicUrl: string | undefined): void {
  if (SAFE.has(request.method)) return
  const { origin } = request.headers
  const site = request.headers['sec-fetch-site']
  const isOurs = origin === undefined || isOwnOrigin(origin, request.host, publicUrl)
  const isSameSite = site === undefined || site === 'same-origin' || site === 'none'
  if (isOurs && isSameSite) return
  const where = publicUrl === undefined ? '' : ` Open the console at ${publicUrl}.`
  throw new AppError('access_denied', `Access Denied. The request comes from a page of another origin.${where}`, {
    payload: { reason: 'cross_origin' },
  })
}

/** Compared as a browser writes it: a default port is left out. Without a public address the scheme is not known here. */
function isOwnOrigin(origin: string, host: string, publicUrl: string | undefined): boolean {
  if (!URL.canParse(origin)) return false
  const from = new URL(origin)
  if (publicUrl !== undefined) return from.origin === new URL(publicUrl).origin
  const asked = `${from.protocol}//${host}`
  return URL.canParse(asked) && from.host !== '' && new URL(asked).host === from.host
}
