import { z } from 'zod'

import type { EventResource } from './event-resource.ts'
import { wholeNumber } from './numbers.ts'
import type { ScopeRule } from './scopes.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** Roles that an operation may ask for. `admin` lets owners in too. */
export type RoleRule = 'admin' | 'owner'

/** How a body travels. `form` is multipart with one file, read as a stream; `bytes` is `application/octet-stream`. */
export type BodyKind = 'json' | 'form' | 'bytes'

/** How a reply travels. `stream` is bytes (an archive); its `reply` schema is never parsed. */
export type ReplyKind = 'json' | 'stream'

type Shape = z.ZodType

export interface Endpoint<
  Params extends Shape = Shape,
  Query extends Shape = Shape,
  Body extends Shape = Shape,
  Reply extends Shape = Shape,
> {
  /** Stable name, unique over the whole contract; the operationId of the generated OpenAPI document. */
  id: string
  /** What it does in a few words, for the generated document; empty where the id says it all. */
  summary: string
  method: Method
  /** Full path from the origin, parameters in braces: `/api:meta/workspace/{workspace_id}`. */
  path: string
  /** Who may call: one line, read by the one guard (`server/plugins/scope-guard.ts`). */
  scope: ScopeRule
  /** Lowest role of the person who calls; null = every role. For what concerns the whole instance. */
  role: RoleRule | null
  params: Params
  query: Query
  body: Body
  bodyKind: BodyKind
  /** Name of the file part of a `form` body. */
  filePart: string
  /** True where an absent body means an empty one. */
  bodyOptional: boolean
  /** True where the body may also be one XanoScript document (`text/x-xanoscript`). */
  takesXanoScript: boolean
  reply: Reply
  replyKind: ReplyKind
  /**
   * Success status: 200 wherever the Metadata API is the contract. In the console's own operations 201 has made something
   * and answers it, 202 answers what goes on, 200 is all else. Each answers JSON: where there is nothing to tell `null`,
   * with 200, and never an empty body with 204.
   */
  status: number
  /** True where rows are read or written: the data source comes from the `x-data-source` header. */
  dataSource: boolean
  /** True where success leaves an audit record: every write. */
  audited: boolean
  /** Lists that success makes stale; every open console is told. */
  changes: readonly EventResource[]
  /** Largest body in bytes; a larger one is answered with 413. By default as little as its kind needs. */
  bodyLimitBytes: number
}

/** Content type of a XanoScript document. */
export const XANOSCRIPT_TYPE = 'text/x-xanoscript'

/** Where an operation takes no body: some clients send `{}` all the same. */
const NO_BODY_BYTES = 1_024
/** What the console sends is what somebody filled in. */
const CONSOLE_BODY_BYTES = 65_536
const BODY_BYTES = 1_048_576

interface EndpointInput<P extends Shape, Q extends Shape, B extends Shape, R extends Shape> {
  id: string
  summary?: string
  method: Method
  path: string
  scope: ScopeRule
  role?: RoleRule
  params?: P
  query?: Q
  body?: B
  bodyKind?: BodyKind
  filePart?: string
  bodyOptional?: boolean
  takesXanoScript?: boolean
  reply: R
  replyKind?: ReplyKind
  status?: number
  dataSource?: boolean
  audited?: boolean
  changes?: readonly EventResource[]
  bodyLimitBytes?: number
}

const DEFAULTS = {
  summary: '',
  role: null,
  bodyKind: 'json',
  filePart: 'file',
  bodyOptional: false,
  takesXanoScript: false,
  replyKind: 'json',
  status: 200,
  dataSource: false,
  changes: [],
} as const

/** Declares one operation; both sides take method, path and schemas from this object. */
export function endpoint<
  R extends Shape,
  P extends Shape = z.ZodObject<Record<never, never>>,
  Q extends Shape = z.ZodObject<Record<never, never>>,
  B extends Shape = z.ZodUndefined,
>(input: EndpointInput<P, Q, B, R>): Endpoint<P, Q, B, R> {
  return {
    ...DEFAULTS,
    audited: input.method !== 'GET',
    bodyLimitBytes: bodyLimitOf(input),
    ...input,
    params: input.params ?? (z.object({}) as unknown as P),
    query: input.query ?? (z.object({}) as unknown as Q),
    body: input.body ?? (z.undefined() as unknown as B),
  }
}

/** A body is read and parsed before the schema judges it: what it may hold at most is what anybody can make that cost. */
function bodyLimitOf({ path, body, bodyKind = 'json' }: Pick<Endpoint, 'path'> & Partial<Endpoint>): number {
  if (bodyKind !== 'json') return BODY_BYTES
  if (body === undefined) return NO_BODY_BYTES
  return path.startsWith('/api:console/') ? CONSOLE_BODY_BYTES : BODY_BYTES
}

/**
 * Operations that an `Idempotency-Key` makes safe to repeat: each POST of the Metadata API that changes something or
 * runs something. Searches are safe as they are, and streams of bytes cannot be kept.
 */
export function takesIdempotencyKey({ method, path, audited, replyKind }: Endpoint): boolean {
  const isSearch = !audited && path.endsWith('/search')
  return method === 'POST' && replyKind === 'json' && path.startsWith('/api:meta/') && !isSearch
}

/** Documented as an empty object; the guides say null. We answer null. */
export const Empty = z.null()

/** The id of a thing in a path or query, sent as text: decimal digits, from 1 on. */
export const IdParam = wholeNumber(1)

/** `true`, `1` or `false`, `0` in a query string. */
export const QueryBoolean = z
  .enum(['true', 'false', '1', '0', ''])
  .default('false')
  .transform((text) => text === 'true' || text === '1')
