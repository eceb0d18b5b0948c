import type {} from '@fastify/cookie'
import type { FastifyInstance, FastifyRequest } from 'fastify'

import type { Deps } from '../deps.ts'
import { findSession, SESSION_COOKIE } from '../resources/session/store.ts'
import type { Bearer } from '../resources/tokens/find-token.ts'
import { findToken } from '../resources/tokens/store.ts'
import { isTrial } from '../resources/tokens/trial.ts'
import { dataSourceOf } from '../route.ts'
import type { PlaceKey } from '../tables/rows/table-place.ts'

/**
 * Tells who is calling: a bearer token if one is sent, else the console's session cookie. A token that is sent and
 * not valid is never made good by a cookie; where there is more to say of it than that, such as that it may not be used
 * from this address, that is the answer.
 */
export function registerAuthentication(app: FastifyInstance, deps: Pick<Deps, 'connection' | 'now'>): void {
  app.decorateRequest('caller', null)
  app.decorateRequest('bearer', null)
  app.decorateRequest('tokenId', null)
  app.decorateRequest('tableVersion', null)
  app.decorateRequest('trail')
  app.addHook('onRequest', async (request) => {
    request.trail = {}
    if (request.routeOptions.config.endpoint === undefined) return
    await identify(request, deps)
  })
}

async function identify(request: FastifyRequest, deps: Pick<Deps, 'connection' | 'now'>): Promise<void> {
  if (request.headers.authorization !== undefined) return identifyBearer(request, request.headers.authorization, deps)
  const cookie = request.cookies[SESSION_COOKIE]
  if (cookie !== undefined) request.caller = await findSession(deps.connection.db, cookie, deps.now())
}

async function identifyBearer(
  request: FastifyRequest,
  authorization: string,
  { connection, now }: Pick<Deps, 'connection' | 'now'>,
): Promise<void> {
  const secret = /^bearer\s+(\S+)\s*$/i.exec(authorization)?.[1]
  if (secret === undefined) return
  // Of a trial nothing is recorded, whatever comes of it.
  if (isTrial()) request.isReplay = true
  const asked = { secret, address: request.ip, table: tableOf(request), isTrial: isTrial() }
  const found = await findToken(connection, asked, now())
  if (found === null) return
  request.bearer = found.bearer
  request.tokenId = found.bearer.id
  request.caller = found.caller
  request.tableVersion = found.tableVersion
  // What is open to everybody is open to the bearer of such a token too.
  const isOpen = request.routeOptions.config.endpoint?.scope === 'public'
  if (!isOpen && found.refusal !== null) throw found.refusal
}

/** The table whose rows the request is about; null for every other request, and for ids that can be none. */
function tableOf(request: FastifyRequest): PlaceKey | null {
  if (request.routeOptions.config.endpoint?.dataSource !== true) return null
  const params = request.params as Record<string, string | undefined>
  const [workspaceId, tableId] = [Number(params['workspace_id']), Number(params['table_id'])]
  if (!Number.isSafeInteger(workspaceId) || !Number.isSafeInteger(tableId)) return null
  const dataSource = dataSourceOf(request)
  return dataSource.includes('\0') ? null : { workspaceId, tableId, dataSource }
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Whose token was sent, let in or not; null where none was, or one that does not exist. */
    bearer: Bearer | null
    /** Version of the table whose rows the request is about, as of its start; null where it is not known. */
    tableVersion: string | null
  }
}
