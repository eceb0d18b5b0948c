import type { Endpoint } from '#api/contract/endpoint.ts'
import { parseScopeKey, type ScopeKey, scopeWord } from '#api/contract/scopes.ts'

/**
 * Scopes that operations ask for beside the declared one, some only for certain bodies. A call counts as needing them all:
 * better a token stays a little larger than that the smaller one fails.
 */
const ALSO: Record<string, readonly ScopeKey[]> = {
  auditLogList: ['workspace:log:read'],
  auditLogSearch: ['workspace:log:read'],
  backupDiff: ['workspace:content:read'],
  restoreCreate: ['instance:workspace:create'],
  restoreUndo: ['instance:workspace:delete'],
  scheduleCreate: ['instance:workspace:read'],
  scheduleUpdate: ['instance:workspace:read', 'instance:workspace:delete'],
  workspaceOpenapi: ['workspace:api:read'],
  apigroupOpenapi: ['workspace:api:read'],
  apiOpenapi: ['workspace:api:read'],
  apispecGet: ['workspace:api:read'],
}

/** What a token must be granted for a call of this operation. `isLive`: rows of the data source `live` are meant. */
export function neededScopes(endpoint: Pick<Endpoint, 'id' | 'scope'>, isLive: boolean): ScopeKey[] {
  const { id, scope } = endpoint
  const also = [...(ALSO[id] ?? [])]
  if (scope === 'public' || scope === 'any' || scope === 'session') return also
  const word = scopeWord(parseScopeKey(scope).letter)
  return [scope, ...(isLive ? [`workspace:livedatasource:${word}` as const] : []), ...also]
}
