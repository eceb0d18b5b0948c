import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'

import type { Endpoint } from '#api/contract/endpoint.ts'

import type { Caller } from './caller.ts'
import { AppError, invalidInputs } from './errors.ts'
import { refusalWords, refusedFields } from './refused-value.ts'
import { type BesideDocument, bringsDocument, documentBody, withBranch, withOptions } from './sent-document.ts'
import { refuseUnstorable } from './unstorable.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    endpoint?: Endpoint
  }
  interface FastifyRequest {
    /** Null on public operations without a valid credential. */
    caller: Caller | null
    /** What a handler adds to the audit record and the change event of this request. */
    trail: Trail
    /**
     * Keeps the intent of an audited operation (`plugins/audit-intents.ts`): whatever changes something comes after it. What
     * is refused for its input has begun nothing.
     */
    begin(): Promise<void>
  }
}

/** Filled by handlers; read by the audit and event plugins once the handler succeeded. Never holds secrets or rows. */
export interface Trail {
  workspaceId?: number
  /** What was touched: `{kind: 'table', id: 4, name: 'orders'}`. */
  target?: Record<string, unknown>
  detail?: Record<string, unknown>
  /** True where all was as it was asked for already: that leaves no record. */
  isIdle?: boolean
  /** What was different before and after the write, as `changed` (`trail.ts`) tells it. Masked again when recorded. */
  before?: Record<string, unknown> | null
  after?: Record<string, unknown> | null
  /** Version of the definition after the write (`versions.ts`); what `If-Match` is compared with later. */
  etag?: string
}

/** What a handler gets: parsed input and the caller that the guard let through. */
export interface HandlerInput<E extends Endpoint> {
  params: z.output<E['params']>
  query: z.output<E['query']>
  body: z.output<E['body']>
  /** Throws on public operations: read `request.caller` there. */
  caller: Caller
  /** Label of the data source that rows come from; `live` by default. */
  dataSource: string
  trail: Trail
  request: FastifyRequest
  reply: FastifyReply
}

type Handler<E extends Endpoint> = (input: HandlerInput<E>) => Promise<z.input<E['reply']>>

/** The same input with a XanoScript document in place of the body. */
type TextInput<E extends Endpoint> = Omit<HandlerInput<E>, 'body'> & {
  xanoscript: string
  /** Empty where the document came alone. Options of the request that stood there are in `query`. */
  beside: BesideDocument
}
type TextHandler<E extends Endpoint> = (input: TextInput<E>) => Promise<z.input<E['reply']>>

/** `/api:meta/workspace/{workspace_id}` → the router's form, in which a literal colon is doubled. */
function routerPath(path: string): string {
  return path.replaceAll(':', '::').replaceAll(/\{(\w+)\}/g, ':$1')
}

/**
 * Serves one operation of the contract. Path, query and body are parsed by its schemas (unknown body fields, and
 * on the console's own operations unknown parameters, are refused there), who may call is checked by the scope guard before the body is read, the reply is cut to its
 * schema. For `form` endpoints the handler reads the request itself and parses the fields with `parseInput`. Where an
 * operation takes a XanoScript document too, `textHandler` gets it, and no body. There the branch may be named in the
 * body too: handlers find it in `query`.
 */
export function serve<E extends Endpoint>(
  app: FastifyInstance,
  endpoint: E,
  handler: Handler<E>,
  textHandler?: TextHandler<E>,
): void {
  const textBody = documentBody(endpoint)
  const read: E = { ...endpoint, query: strictQuery(endpoint) }
  app.route({
    method: endpoint.method,
    url: routerPath(endpoint.path),
    bodyLimit: endpoint.bodyLimitBytes,
    config: { endpoint },
    handler: async (request, reply) => {
      const work =
        endpoint.takesXanoScript && textHandler !== undefined && bringsDocument(request)
          ? begun(textHandler, readTextInput(read, textBody, request, reply))
          : begun(handler, readInput(read, request, reply))
      await request.begin()
      const result = await work()
      if (reply.sent) return reply
      void reply.status(endpoint.status)
      if (endpoint.replyKind === 'stream') return reply.send(result)
      // Serialised here: `null` and bare text must leave as JSON, which fastify's default would not do.
      return reply.type('application/json; charset=utf-8').send(JSON.stringify(endpoint.reply.parse(result)))
    },
  })
}

/** The handler with its input, which is accepted already. */
function begun<Input, Result>(handler: (input: Input) => Promise<Result>, input: Input): () => Promise<Result> {
  return () => handler(input)
}

/**
 * The console's own operations refuse parameters that they do not know, as they refuse unknown body fields: a filter with a
 * slip in its name would else show everything. The Metadata API takes them, as the contract has it.
 */
function strictQuery({ path, query }: Endpoint): z.ZodType {
  const isOpen =
    !path.startsWith('/api:console/') || !(query instanceof z.ZodObject) || query.def.catchall !== undefined
  return isOpen ? query : query.strict()
}

function readInput<E extends Endpoint>(endpoint: E, request: FastifyRequest, reply: FastifyReply): HandlerInput<E> {
  const query = endpoint.takesXanoScript ? withBranch(request.query as object, request.body) : request.query
  const input = readAddress(endpoint, request, reply, query)
  return Object.assign(input, {
    body: readBody(endpoint, request.body ?? undefined, request.isForm),
  }) as HandlerInput<E>
}

function readTextInput<E extends Endpoint>(
  endpoint: E,
  textBody: z.ZodType,
  request: FastifyRequest,
  reply: FastifyReply,
): TextInput<E> {
  const { body, isForm } = request
  refuseUnstorable(body, typeof body === 'string' ? 'xanoscript' : undefined)
  if (typeof body === 'string') {
    const input = readAddress(endpoint, request, reply, request.query)
    return Object.assign(input, { xanoscript: body, beside: {} })
  }
  const fields = isForm ? readForm(textBody, body as Record<string, string>) : body
  const sent = parseInput(textBody, fields) as { xanoscript: string } & BesideDocument
  const query = withBranch(withOptions(request.query as object, { ...sent }), sent)
  return Object.assign(readAddress(endpoint, request, reply, query), { xanoscript: sent.xanoscript, beside: sent })
}

/** All but the body. */
function readAddress<E extends Endpoint>(
  endpoint: E,
  request: FastifyRequest,
  reply: FastifyReply,
  query: unknown,
): Omit<HandlerInput<E>, 'body'> {
  const { trail } = request
  refuseUnstorable(request.params)
  refuseUnstorable(query)
  const params = parseInput(endpoint.params, request.params) as Record<string, unknown>
  if (typeof params['workspace_id'] === 'number') trail.workspaceId = params['workspace_id']
  return {
    params,
    query: parseInput(endpoint.query, query),
    dataSource: dataSourceOf(request),
    trail,
    request,
    reply,
    get caller() {
      if (request.caller === null) throw new AppError('unauthorized', 'Unauthorized - Authentication Required')
      return request.caller
    },
  } as Omit<HandlerInput<E>, 'body'>
}

function readBody(endpoint: Endpoint, raw: unknown, isForm: boolean): unknown {
  if (endpoint.bodyKind === 'form' || endpoint.body instanceof z.ZodUndefined) return undefined
  if (endpoint.bodyKind === 'bytes') return parseInput(endpoint.body, raw)
  if (!endpoint.dataSource) refuseUnstorable(raw)
  if (isForm) return parseInput(endpoint.body, readForm(endpoint.body, raw as Record<string, string>))
  const body = parseInput(endpoint.body, raw ?? {})
  if (raw === undefined && !endpoint.bodyOptional) throw new AppError('invalid_input', 'The request has no body.')
  return body
}

/** Form values are text; those that the schema refuses as text are read as JSON: numbers, flags, lists, objects. */
function readForm(schema: z.ZodType, fields: Record<string, string>): Record<string, unknown> {
  const refused = schema.safeParse(fields).error?.issues.map((issue) => String(issue.path[0])) ?? []
  return Object.fromEntries(
    Object.entries(fields).map(([key, text]) => [key, refused.includes(key) ? jsonOrText(text) : text]),
  )
}

/** A number in a form is one in plain decimal digits: `1e3` and ` 1 ` stay the texts they are. */
const FORM_NUMBER = /^-?\d+(\.\d+)?$/

function jsonOrText(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'number' && !FORM_NUMBER.test(text) ? text : value
  } catch {
    return text
  }
}

/** The data source a request asks for: header `x-data-source`, `live` by default. */
export function dataSourceOf(request: FastifyRequest): string {
  const header = request.headers['x-data-source']
  const label = (Array.isArray(header) ? header[0] : header)?.trim()
  return label === undefined || label === '' ? 'live' : label
}

/** Parses with the schema; throws 400 naming every refused field, in the words of `refused-value.ts`. */
export function parseInput<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const parsed = schema.safeParse(value, { error: refusalWords })
  if (parsed.success) return parsed.data
  throw invalidInputs(refusedFields(parsed.error.issues, value))
}
