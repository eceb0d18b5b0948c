import type { Socket } from 'node:net'

import cookie from '@fastify/cookie'
import websocket from '@fastify/websocket'
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'

import { EVENTS_PROTOCOL } from '#api/contract/events.ts'

import type { Deps } from './deps.ts'
import { AppError } from './errors.ts'
import { newGuid } from './ids.ts'
import { registerAudit } from './plugins/audit.ts'
import { registerAuthentication } from './plugins/authenticate.ts'
import { registerBodyParsers } from './plugins/body-parsers.ts'
import { registerUsageCount } from './plugins/count-usage.ts'
import { registerErrorHandler, sendFailure } from './plugins/error-handler.ts'
import { registerIdempotency } from './plugins/idempotency.ts'
import { registerRateLimits } from './plugins/rate-limit.ts'
import { registerScopeGuard } from './plugins/scope-guard.ts'
import { registerSecurityHeaders, securityHeaders, type SecurityHeaders } from './plugins/security-headers.ts'
import { registerConsole } from './plugins/serve-console.ts'
import { registerSessionCookie } from './plugins/session-cookie.ts'
import { refuseUnknownPaths, registerUnknownPaths } from './plugins/unknown-paths.ts'
import { registerAccount } from './resources/account/routes.ts'
import { registerApiGroups } from './resources/api-groups/routes.ts'
import { registerAuditConsole } from './resources/audit-log/console-routes.ts'
import { registerAuditLog } from './resources/audit-log/routes.ts'
import { registerBackups } from './resources/backups/routes.ts'
import { registerBranches } from './resources/branches/routes.ts'
import { registerConstructs } from './resources/constructs/routes.ts'
import { registerContent } from './resources/content/routes.ts'
import { registerContext } from './resources/context/routes.ts'
import { registerDataSources } from './resources/data-sources/routes.ts'
import { registerDiffs } from './resources/diffs/routes.ts'
import { registerEvents } from './resources/events/routes.ts'
import { registerFiles } from './resources/files/routes.ts'
import { registerHealth } from './resources/health/routes.ts'
import { registerHistories } from './resources/histories/routes.ts'
import { registerMembers } from './resources/members/routes.ts'
import { registerMyAccount } from './resources/my-account/routes.ts'
import { registerNotifications } from './resources/notifications/routes.ts'
import { registerOpenapiDocuments } from './resources/openapi/routes.ts'
import { registerProtection } from './resources/protection/routes.ts'
import { registerRealtime } from './resources/realtime/routes.ts'
import { registerRecovery } from './resources/recovery/routes.ts'
import { collectEndpoints, registerReference } from './resources/reference/routes.ts'
import { registerDrills } from './resources/restores/drills.ts'
import { registerRestores } from './resources/restores/routes.ts'
import { registerSample } from './resources/sample/routes.ts'
import { registerSchedules } from './resources/schedules/routes.ts'
import { registerSession } from './resources/session/routes.ts'
import { registerSignInMethods } from './resources/session/sign-in-methods.ts'
import { registerSessions } from './resources/sessions/routes.ts'
import { registerSetup } from './resources/setup/routes.ts'
import { registerTables } from './resources/tables/routes.ts'
import { registerTargets } from './resources/targets/routes.ts'
import { registerTokens } from './resources/tokens/routes.ts'
import { registerTransfer } from './resources/transfer/routes.ts'
import { registerUploads } from './resources/uploads/routes.ts'
import { registerWorkspaces } from './resources/workspaces/routes.ts'

/** The whole server, listening to nothing: this list is its table of contents. */
export async function buildApp(deps: Deps, options: { consoleFolder: string }): Promise<FastifyInstance> {
  const headers = securityHeaders(deps.config)
  const app = Fastify({
    // The address is said once, on standard output; fastify would say it again for each interface.
    loggerInstance: deps.log.level === 'info' ? deps.log.child({}, { level: 'warn' }) : deps.log,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => newGuid(),
    routerOptions: { maxParamLength: 500 },
    forceCloseConnections: 'idle',
    // Before any hook runs.
    frameworkErrors: (_error, request, reply) => {
      const unreadable = new AppError('invalid_input', 'The address holds an escape that cannot be read.')
      return sendFailure(request, reply.headers(headers), unreadable)
    },
    clientErrorHandler: (error, socket) => refuseTornRequest(error, socket, headers),
    // Some clients escape the colon of `/api:meta`.
    rewriteUrl: (request) => (request.url ?? '/').replace(/^\/api%3a/i, '/api:'),
  }) as unknown as FastifyInstance
  app.decorateRequest('sessionSecret', '')

  registerErrorHandler(app)
  registerSecurityHeaders(app, headers)
  await app.register(cookie)
  await app.register(websocket, {
    options: {
      maxPayload: 65_536,
      handleProtocols: (offered: Set<string>) => (offered.has(EVENTS_PROTOCOL) ? EVENTS_PROTOCOL : false),
    },
  })
  registerSessionCookie(app, deps)
  registerRateLimits(app, deps)
  registerAuthentication(app, deps)
  registerUsageCount(app, deps)
  registerScopeGuard(app, deps)
  await registerBodyParsers(app)
  registerAudit(app, deps)
  registerIdempotency(app, deps)
  registerRequestLog(app, deps.log)
  registerUnknownPaths(app)

  registerHealth(app, deps)
  if (deps.config.apis.has('console')) registerConsoleApi(app, deps)
  if (deps.config.apis.has('meta')) await registerMetadataApi(app, deps)
  if (deps.config.apis.has('console')) await registerConsole(app, options.consoleFolder)
  else refuseUnknownPaths(app)
  return app
}

function registerConsoleApi(app: FastifyInstance, deps: Deps): void {
  registerSetup(app, deps)
  registerSession(app, deps)
  registerSignInMethods(app, deps)
  registerSessions(app, deps)
  registerMyAccount(app, deps)
  registerMembers(app, deps)
  registerRecovery(app, deps)
  registerTokens(app, deps)
  registerTargets(app, deps)
  registerBackups(app, deps)
  registerRestores(app, deps)
  registerDrills(app, deps)
  registerUploads(app, deps)
  registerNotifications(app, deps)
  registerSchedules(app, deps)
  registerProtection(app, deps)
  registerDiffs(app, deps)
  registerEvents(app, deps)
  registerSample(app, deps)
  registerAuditConsole(app, deps)
}

async function registerMetadataApi(app: FastifyInstance, deps: Deps): Promise<void> {
  const endpoints = collectEndpoints(app)
  registerAccount(app, deps)
  registerWorkspaces(app, deps)
  registerBranches(app, deps)
  registerDataSources(app, deps)
  registerRealtime(app, deps)
  registerTables(app, deps)
  registerContent(app, deps)
  registerApiGroups(app, deps)
  registerConstructs(app, deps)
  registerOpenapiDocuments(app, deps)
  registerContext(app, deps)
  registerFiles(app, deps)
  registerHistories(app, deps)
  registerAuditLog(app, deps)
  registerTransfer(app, deps)
  await registerReference(app, deps, endpoints)
}

/** A request that is no whole HTTP request has no reply object yet: the answer is written by hand. */
function refuseTornRequest(error: NodeJS.ErrnoException, socket: Socket, headers: SecurityHeaders): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const body = JSON.stringify({ code: 'ERROR_CODE_INPUT_ERROR', message: 'The request is not a whole HTTP request.' })
  const all = {
    'content-type': 'application/json; charset=utf-8',
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
    ...headers,
  }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.end(`HTTP/1.1 400 Bad Request\r\n${lines.join('')}\r\n${body}`)
}

/** One line a request: no query, no headers, no bodies. */
function registerRequestLog(app: FastifyInstance, log: FastifyBaseLogger): void {
  app.addHook('onResponse', async (request, reply) => {
    log.debug(
      {
        requestId: request.id,
        method: request.method,
        path: request.url.split('?', 1)[0],
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
        caller: request.caller?.label,
      },
      'request',
    )
  })
}
