import type { FastifyInstance } from 'fastify'
import type { z } from 'zod'

import { fillPath } from '#api/client/call.ts'
import { getMe } from '#api/contract/account.ts'
import type { Endpoint } from '#api/contract/endpoint.ts'
import { hasScope, parseScopeKey, type ScopeKey, scopeLabel, type Scopes, scopeWord } from '#api/contract/scopes.ts'
import { KnownScopeKey, type ProbedScope as ProbedScopeSchema, type TokenProbe } from '#api/contract/token-usage.ts'
import type { Workspaces } from '#api/contract/tokens.ts'

import { LET_IN, onTrial } from './trial.ts'

type ProbedScope = z.infer<typeof ProbedScopeSchema>

const LIVE_SCOPE = 'workspace:livedatasource'
const ROWS_SCOPE = 'workspace:content'
/** No data source can have this name, so that a call without rows of `live` finds none at all. */
const NO_DATA_SOURCE = '-'
/** How the probe's words call it: the guard treats all but `live` alike. */
const OTHER_SOURCE = 'another than live'
/** The id of nothing: none comes that far. */
const NO_ID = Number.MAX_SAFE_INTEGER
const WORKSPACE_PARAM = 'workspace_id'

export interface ProbeInput {
  secret: string
  address: string
  scopes: Scopes
  /** Workspace that paths are filled with. */
  workspaceId: number
}

/** Tries every scope of the matrix with a call of its own, through the same guard as any other call. */
export async function probeScopes(
  app: FastifyInstance,
  endpoints: Iterable<Endpoint>,
  input: ProbeInput,
): Promise<TokenProbe> {
  const operations = [...endpoints]
  const refusal = await refusalOf(app, input)
  const items: ProbedScope[] = []
  // Where every call is refused alike, their answers say nothing of scopes.
  for (const scope of refusal === null ? KnownScopeKey.options : []) {
    const operation = safestFor(scope, operations)
    if (operation !== undefined) items.push(await probe(app, operation, scope, input))
  }
  return {
    items,
    isAsExpected: refusal === null && items.every(({ expected, actual }) => expected === actual),
    refusal,
    text: refusal ?? items.map(toLine).join('\n'),
  }
}

/** The workspace that a token is tried in: one it reaches, else one that need not be there. */
export function workspaceFor(reach: Workspaces, firstId: number | undefined): number {
  return (reach === 'all' ? firstId : reach[0]) ?? 1
}

/**
 * Why the token is not let in at all; null where it is. The same call shows that a dry call ends where it should: without
 * that nothing else is tried.
 */
async function refusalOf(app: FastifyInstance, input: ProbeInput): Promise<string | null> {
  const { status, message } = await send(app, getMe, input, { isDry: true, dataSource: NO_DATA_SOURCE })
  if (isRefused(status)) return message
  if (status !== LET_IN) throw new Error(`A dry call was answered with ${status}`)
  return null
}

/** Reads before writes, and of those the one whose address needs the least: a list of a workspace needs no other id. */
function safestFor(scope: ScopeKey, operations: readonly Endpoint[]): Endpoint | undefined {
  const { name, letter } = parseScopeKey(scope)
  const declared: ScopeKey = name === LIVE_SCOPE ? `${ROWS_SCOPE}:${scopeWord(letter)}` : scope
  return operations
    .filter((operation) => operation.scope === declared && (name !== LIVE_SCOPE || operation.dataSource))
    .filter((operation) => operation.method === 'GET' || isAimedAtNothing(operation))
    .toSorted((a, b) => rank(a) - rank(b) || (a.id < b.id ? -1 : 1))[0]
}

function rank({ method, replyKind, path }: Endpoint): number {
  const [isWrite, isStream, isConsole] = [method !== 'GET', replyKind !== 'json', path.startsWith('/api:console/')]
  return (isWrite ? 100 : 0) + (isConsole ? 50 : 0) + (isStream ? 20 : 0) + paramsOf(path).length
}

/** A write that would change nothing even if it were carried out: it lacks its body, or names what cannot be there. */
function isAimedAtNothing({ path, body, bodyOptional }: Endpoint): boolean {
  const lacksBody = !bodyOptional && !body.safeParse(undefined).success
  return lacksBody || paramsOf(path).some((name) => name !== WORKSPACE_PARAM)
}

/**
 * A read that is carried out: bounded by its page, and of nothing but what lists show. Operations of the console have rules
 * of their own behind the guard, which say nothing of scopes.
 */
function isSafeRead({ method, replyKind, path }: Endpoint): boolean {
  const isList = paramsOf(path).every((name) => name === WORKSPACE_PARAM)
  return method === 'GET' && replyKind === 'json' && isList && path.startsWith('/api:meta/')
}

const paramsOf = (path: string): string[] => [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)

async function probe(
  app: FastifyInstance,
  operation: Endpoint,
  scope: ScopeKey,
  input: ProbeInput,
): Promise<ProbedScope> {
  const { name, letter } = parseScopeKey(scope)
  const isLive = name === LIVE_SCOPE
  const isDry = !isSafeRead(operation)
  const needs: ScopeKey[] = isLive ? [scope, `${ROWS_SCOPE}:${scopeWord(letter)}`] : [scope]
  const { status } = await send(app, operation, input, { isDry, dataSource: isLive ? 'live' : NO_DATA_SOURCE })
  return {
    scope,
    label: scopeLabel(scope),
    operation: operation.id,
    method: operation.method,
    path: operation.dataSource
      ? `${operation.path} (x-data-source: ${isLive ? 'live' : OTHER_SOURCE})`
      : operation.path,
    isDry,
    expected: needs.every((key) => hasScope(input.scopes, key)) ? 'allowed' : 'refused',
    actual: verdictOf(status),
    status,
  }
}

const isRefused = (status: number): boolean => status === 401 || status === 403

/** What the operation itself finds, such as a missing workspace, it finds after the guard. */
function verdictOf(status: number): ProbedScope['actual'] {
  if (isRefused(status)) return 'refused'
  return status === 429 || status >= 500 ? 'unclear' : 'allowed'
}

async function send(
  app: FastifyInstance,
  { method, path }: Pick<Endpoint, 'method' | 'path'>,
  input: ProbeInput,
  { isDry, dataSource }: { isDry: boolean; dataSource: string },
): Promise<{ status: number; message: string }> {
  const params = paramsOf(path).map((name) => [name, name === WORKSPACE_PARAM ? input.workspaceId : NO_ID])
  const reply = await onTrial(isDry ? 'dry' : 'read', () =>
    app.inject({
      method,
      url: fillPath(path, Object.fromEntries(params) as Record<string, unknown>),
      query: isDry ? {} : { per_page: '1' },
      remoteAddress: input.address,
      headers: { authorization: `Bearer ${input.secret}`, 'x-data-source': dataSource },
    }),
  )
  return { status: reply.statusCode, message: messageOf(reply.body) }
}

function messageOf(body: string): string {
  try {
    const { message } = JSON.parse(body) as { message?: unknown }
    return typeof message === 'string' ? message : ''
  } catch {
    return ''
  }
}

function toLine({ scope, method, path, expected, actual, status, isDry }: ProbedScope): string {
  const how = isDry ? 'guard only' : `HTTP ${status}`
  const verdict = expected === actual ? 'as expected' : 'NOT AS EXPECTED'
  return `${scope.padEnd(32)} ${expected.padEnd(8)} ${actual.padEnd(8)} ${verdict}  ${method} ${path} (${how}${besides(scope)})`
}

/** Both scopes of rows are needed for those of `live`, and each is probed alone. */
function besides(scope: ScopeKey): string {
  const { name, letter } = parseScopeKey(scope)
  if (name === ROWS_SCOPE) return `; rows of live need ${LIVE_SCOPE}:${scopeWord(letter)} as well`
  return name === LIVE_SCOPE ? `; needs ${ROWS_SCOPE}:${scopeWord(letter)} as well` : ''
}
