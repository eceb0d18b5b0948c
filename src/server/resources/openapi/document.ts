import { type DocumentEndpoint, FAILURES, type Operation, toOperation } from './operation.ts'
import { type ApiPath, pathOf, shapeOf } from './path.ts'

/** Endpoints of a group under one address. */
export interface DocumentGroup {
  name: string
  description: string
  /** In front of every address: empty where the server's address holds it. */
  prefix: string
  endpoints: readonly DocumentEndpoint[]
}

export interface DocumentInput {
  title: string
  description: string
  /** Without a slash at its end. */
  serverUrl: string
  groups: readonly DocumentGroup[]
}

/** A type and no interface: the contract's reply takes any object. */
export type OpenapiDocument = {
  openapi: string
  info: { title: string; description: string; version: string }
  servers: { url: string }[]
  tags: { name: string; description?: string }[]
  paths: Record<string, Record<string, Operation>>
  components: Record<string, unknown>
}

/** Documents have no version of their own here: they say what is there now. */
const VERSION = '1.0.0'

const FAILURE_WORDS: Record<string, string> = {
  InputError: 'An input is missing or not valid',
  Unauthorized: 'Authentication required',
  AccessDenied: 'Access denied',
  NotFound: 'Not found',
  TooManyRequests: 'Too many requests',
  Fatal: 'The endpoint failed',
}

/** The OpenAPI 3.0.3 document of the endpoints of these groups. */
export function buildDocument({ title, description, serverUrl, groups }: DocumentInput): OpenapiDocument {
  const paths = new PathTable()
  for (const group of groups) {
    for (const endpoint of group.endpoints) paths.add(group, endpoint)
  }
  return {
    openapi: '3.0.3',
    info: { title, description, version: VERSION },
    servers: [{ url: serverUrl }],
    tags: groups.map((group) => ({
      name: group.name,
      ...(group.description === '' ? {} : { description: group.description }),
    })),
    paths: paths.toObject(),
    components: {
      securitySchemes: { bearerAuth: { type: 'http', scheme: 'bearer' } },
      schemas: { Error: ERROR_SCHEMA },
      responses: Object.fromEntries(Object.values(FAILURES).map((name) => [name, failureResponse(name)])),
    },
  }
}

const ERROR_SCHEMA = {
  type: 'object',
  properties: { code: { type: 'string' }, message: { type: 'string' }, payload: { description: 'What it is about' } },
  required: ['code', 'message'],
}

function failureResponse(name: string): Record<string, unknown> {
  return {
    description: FAILURE_WORDS[name] ?? name,
    content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
  }
}

/** Addresses of a document; those that differ in the names of their parameters only are one. */
class PathTable {
  readonly #items = new Map<string, { at: ApiPath; operations: Map<string, Operation> }>()
  readonly #operationIds = new Set<string>()

  add(group: DocumentGroup, endpoint: DocumentEndpoint): void {
    const own = pathOf(endpoint.name)
    const at = { path: group.prefix + own.path, names: own.names }
    const shape = shapeOf(at)
    const item = this.#items.get(shape) ?? { at, operations: new Map<string, Operation>() }
    this.#items.set(shape, item)
    const method = endpoint.verb.toLowerCase()
    const there = item.operations.get(method)
    if (there !== undefined) {
      const note = `${endpoint.verb} ${at.path} is defined too; both have the same address.`
      there.description = [there.description, note].filter(Boolean).join('\n\n')
      return
    }
    const operationId = this.#freeId(`${method}${own.path}`)
    item.operations.set(
      method,
      toOperation(endpoint, { operationId, tag: group.name, names: item.at.names, ownNames: own.names }),
    )
  }

  /** `get/products/{id}` → `get_products_id`; a taken one gets a number. */
  #freeId(text: string): string {
    const base = text.replaceAll(/[^A-Za-z0-9]+/g, '_').replaceAll(/^_+|_+$/g, '')
    let id = base
    for (let count = 2; this.#operationIds.has(id); count += 1) id = `${base}_${count}`
    this.#operationIds.add(id)
    return id
  }

  toObject(): Record<string, Record<string, Operation>> {
    return Object.fromEntries(
      [...this.#items.values()].map(({ at, operations }) => [at.path, Object.fromEntries(operations)]),
    )
  }
}
