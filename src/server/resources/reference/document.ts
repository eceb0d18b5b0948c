import { z } from 'zod'

import { type Endpoint, takesIdempotencyKey, XANOSCRIPT_TYPE } from '#api/contract/endpoint.ts'
import { ErrorReply } from '#api/contract/errors.ts'
import { parseScopeKey, type ScopeKey, scopeLabel } from '#api/contract/scopes.ts'

import { type JsonSchema, namedSchemas, toJsonSchema } from './schemas.ts'

const BASE = '/api:meta'

/** Failures that every operation may answer, with the words of the documentation. */
const FAILURES: Record<string, string> = {
  400: 'Input error.',
  401: 'Missing, wrong or expired token.',
  403: 'The token lacks the scope or the workspace.',
  404: 'No such resource.',
  409: 'The definition is not the version of If-Match, or the Idempotency-Key cannot be used.',
  429: 'Too many requests.',
  500: 'Unexpected error.',
}

/**
 * The OpenAPI 3.0 document of the Metadata API, made from the very objects that validate its requests: what is served
 * is what is described.
 */
export function openApiDocument(endpoints: readonly Endpoint[], server: { url: string; version: string }): JsonSchema {
  const paths: Record<string, JsonSchema> = {}
  for (const endpoint of endpoints) {
    if (!endpoint.path.startsWith(`${BASE}/`)) continue
    const path = endpoint.path.slice(BASE.length)
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operation(endpoint) }
  }
  return {
    openapi: '3.0.3',
    info: {
      title: 'Metadeck: Metadata API',
      version: server.version,
      description: 'Account and Instance API of this Metadeck. Every call needs an access token, made in the console.',
    },
    servers: [{ url: `${server.url}${BASE}` }],
    security: [{ bearerAuth: [] }],
    paths: Object.fromEntries(Object.entries(paths).toSorted(([a], [b]) => (a < b ? -1 : 1))),
    components: {
      securitySchemes: {
        bearerAuth: { type: 'http', scheme: 'bearer', description: 'Access token of this Metadeck.' },
      },
      schemas: { ...namedSchemas(), Error: toJsonSchema(ErrorReply, 'output') },
      responses: Object.fromEntries(
        Object.entries(FAILURES).map(([status, description]) => [
          `E${status}`,
          { description, content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } } },
        ]),
      ),
    },
  }
}

function operation(endpoint: Endpoint): JsonSchema {
  const body = requestBody(endpoint)
  return {
    operationId: endpoint.id,
    tags: [tagOf(endpoint.path)],
    summary: endpoint.summary === '' ? endpoint.id : endpoint.summary,
    'x-scope': isScopeKey(endpoint.scope) ? endpoint.scope : 'none',
    description: isScopeKey(endpoint.scope)
      ? `Needs the scope \`${endpoint.scope}\` (${scopeLabel(endpoint.scope)}).`
      : 'Any valid token may call it.',
    parameters: [
      ...parametersOf(endpoint.params, 'path'),
      ...parametersOf(endpoint.query, 'query'),
      ...headerParameters(endpoint),
    ],
    ...(body === undefined ? {} : { requestBody: body }),
    responses: {
      [endpoint.status]: success(endpoint),
      ...Object.fromEntries(
        Object.keys(FAILURES).map((status) => [status, { $ref: `#/components/responses/E${status}` }]),
      ),
    },
  }
}

function isScopeKey(scope: Endpoint['scope']): scope is ScopeKey {
  return scope.includes(':') && parseScopeKey(scope as ScopeKey).name !== undefined
}

/** `/workspace/{workspace_id}/table/{table_id}/schema` → `table-schema`. */
function tagOf(path: string): string {
  const parts = path.slice(BASE.length + 1).split('/')
  const [first = '', , third, , fifth] = parts
  if (first !== 'workspace' || third === undefined) return first
  const inner = third === 'table' && fifth !== undefined && ['schema', 'index', 'content'].includes(fifth)
  return inner ? `table-${fifth}` : third.startsWith('{') ? 'workspace' : third
}

function parametersOf(schema: z.ZodType, place: 'path' | 'query'): JsonSchema[] {
  if (!(schema instanceof z.ZodObject)) return []
  return Object.entries(schema.shape as Record<string, z.ZodType>).map(([name, value]) => ({
    name,
    in: place,
    required: place === 'path' || !value.safeParse(undefined).success,
    schema: toJsonSchema(value, 'input'),
  }))
}

function headerParameters(endpoint: Endpoint): JsonSchema[] {
  const text = { type: 'string' }
  const header = (name: string, description: string, schema: JsonSchema = text): JsonSchema => ({
    name,
    in: 'header',
    required: false,
    description,
    schema,
  })
  return [
    ...(endpoint.dataSource
      ? [header('x-data-source', 'Data source to act on.', { type: 'string', default: 'live' })]
      : []),
    ...(takesIdempotencyKey(endpoint)
      ? [header('Idempotency-Key', 'Repeating the request within 24 hours answers the first reply again.')]
      : []),
    ...(isConditional(endpoint) ? [header('If-Match', 'ETag of the version to change; another one answers 409.')] : []),
  ]
}

/** Writes to definitions that exist; rows and files have no versions. */
function isConditional(endpoint: Endpoint): boolean {
  return (endpoint.method === 'PUT' || endpoint.method === 'DELETE') && !endpoint.dataSource
}

function requestBody(endpoint: Endpoint): JsonSchema | undefined {
  if (endpoint.bodyKind === 'form') {
    const { properties, required, ...rest } = toJsonSchema(endpoint.body, 'input')
    const file = { [endpoint.filePart]: { type: 'string', format: 'binary' } }
    const schema = {
      ...rest,
      properties: { ...(properties as JsonSchema), ...file },
      required: [...((required as string[] | undefined) ?? []), endpoint.filePart],
    }
    return { required: true, content: { 'multipart/form-data': { schema } } }
  }
  const isNone = endpoint.body instanceof z.ZodUndefined
  if (isNone && !endpoint.takesXanoScript) return undefined
  const schema = isNone ? undefined : toJsonSchema(endpoint.body, 'input')
  return {
    required: !endpoint.bodyOptional,
    content: {
      ...(schema === undefined ? {} : { 'application/json': { schema }, 'multipart/form-data': { schema } }),
      ...(endpoint.takesXanoScript
        ? { [XANOSCRIPT_TYPE]: { schema: { type: 'string', description: 'One XanoScript document.' } } }
        : {}),
    },
  }
}

function success(endpoint: Endpoint): JsonSchema {
  const content =
    endpoint.replyKind === 'stream'
      ? { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } }
      : { 'application/json': { schema: toJsonSchema(endpoint.reply, 'output') } }
  return { description: 'Success.', content }
}
