import { z } from 'zod'

import { type Endpoint, XANOSCRIPT_TYPE } from '#api/contract/endpoint.ts'
import { ErrorReply } from '#api/contract/errors.ts'

import { ApiError, normalCode } from './api-error.ts'

/** What a caller may set for a whole client: where the server is and how it is reached. */
export interface Transport {
  /** Origin and path prefix in front of the endpoint's path; empty in the browser (same origin). */
  base: string
  fetch: typeof fetch
  headers: Record<string, string>
}

type Input<Schema extends z.ZodType> = z.input<Schema>
type EmptyToOptional<Key extends string, Value> =
  Record<never, never> extends Value
    ? { [K in Key]?: Value }
    : Value extends undefined
      ? { [K in Key]?: undefined }
      : { [K in Key]: Value }

/** The parts of a call that the endpoint asks for; parts without a required field may be left out. */
export type CallInput<E extends Endpoint> = EmptyToOptional<'params', Input<E['params']>> &
  EmptyToOptional<'query', Input<E['query']>> &
  EmptyToOptional<'body', Input<E['body']>> & {
    signal?: AbortSignal
    headers?: Record<string, string>
    /** For `form` endpoints: the file part. */
    file?: { content: Blob; name: string }
  }

/** The same for an operation that takes a XanoScript document instead of a body. */
export type TextCallInput<E extends Endpoint> = Omit<CallInput<E>, 'body'> & { xanoscript: string }

/** `/a/{id}` and `{id: 4}` → `/a/4`. */
export function fillPath(path: string, params: Record<string, unknown>): string {
  return path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => encodeURIComponent(String(params[name])))
}

function queryText(query: Record<string, unknown>): string {
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && value !== null) search.set(key, String(value))
  }
  const text = search.toString()
  return text === '' ? '' : `?${text}`
}

function formBody(endpoint: Endpoint, { body, file }: LooseInput): FormData {
  const form = new FormData()
  for (const [key, value] of Object.entries((body ?? {}) as Record<string, unknown>)) {
    if (value !== undefined) form.set(key, String(value))
  }
  // The file comes last: a server that reads the form as a stream then knows the fields before the bytes.
  if (file !== undefined) form.set(endpoint.filePart, file.content, file.name)
  return form
}

/** The loose view of a call that the functions below share; `CallInput` is the typed one. */
interface LooseInput {
  params?: Record<string, unknown>
  query?: Record<string, unknown>
  body?: unknown
  signal?: AbortSignal
  headers?: Record<string, string>
  file?: { content: Blob; name: string }
  xanoscript?: string
}

async function send(transport: Transport, endpoint: Endpoint, input: LooseInput): Promise<Response> {
  const headers: Record<string, string> = { accept: 'application/json', ...transport.headers, ...input.headers }
  const init: RequestInit = { method: endpoint.method, headers }
  if (input.signal !== undefined) init.signal = input.signal
  if (input.xanoscript !== undefined) {
    headers['content-type'] = XANOSCRIPT_TYPE
    init.body = input.xanoscript
  } else if (endpoint.bodyKind === 'form') {
    init.body = formBody(endpoint, input)
  } else if (endpoint.bodyKind === 'bytes') {
    headers['content-type'] = 'application/octet-stream'
    init.body = input.body as Uint8Array<ArrayBuffer>
  } else if (input.body !== undefined) {
    headers['content-type'] = 'application/json'
    init.body = JSON.stringify(input.body)
  }
  const url = `${transport.base}${fillPath(endpoint.path, input.params ?? {})}${queryText(input.query ?? {})}`
  try {
    return await transport.fetch(url, init)
  } catch (cause) {
    if (input.signal?.aborted === true) throw cause
    throw new ApiError('network', 'The server could not be reached. Check the connection and that it runs.', { cause })
  }
}

async function failure(response: Response): Promise<ApiError> {
  const text = await response.text().catch(() => '')
  const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN)
  const detail = {
    status: response.status,
    requestId: response.headers.get('x-request-id') ?? undefined,
    retryAfterSeconds: Number.isFinite(retryAfter) ? retryAfter : undefined,
  }
  const parsed = ErrorReply.safeParse(parseJson(text))
  if (!parsed.success) {
    return new ApiError(
      normalCode('', response.status),
      `The server answered ${response.status} without a reason.`,
      detail,
    )
  }
  const { code, message, payload } = parsed.data
  return new ApiError(normalCode(code, response.status), message || `The server answered ${response.status}.`, {
    ...detail,
    payload,
  })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Makes the typed `call(endpoint, input)` for one server. */
export function createCall(transport: Transport) {
  function call<E extends Endpoint>(endpoint: E, input: TextCallInput<E>): Promise<z.output<E['reply']>>
  function call<E extends Endpoint>(endpoint: E, input?: CallInput<E>): Promise<z.output<E['reply']>>
  async function call<E extends Endpoint>(
    endpoint: E,
    input: CallInput<E> | TextCallInput<E> = {} as CallInput<E>,
  ): Promise<z.output<E['reply']>> {
    const response = await send(transport, endpoint, input as LooseInput)
    if (!response.ok) throw await failure(response)
    if (endpoint.replyKind === 'stream') return response as z.output<E['reply']>
    const text = await response.text()
    const parsed = endpoint.reply.safeParse(text === '' ? null : parseJson(text))
    if (!parsed.success) {
      throw new ApiError(
        'bad_reply',
        `The answer of ${endpoint.id} does not fit the contract: ${z.prettifyError(parsed.error)}`,
        {
          status: response.status,
          requestId: response.headers.get('x-request-id') ?? undefined,
        },
      )
    }
    return parsed.data as z.output<E['reply']>
  }
  return call
}

export type Call = ReturnType<typeof createCall>

/** The browser's call: same origin, cookie session. */
export const call = createCall({ base: '', fetch: (input, init) => fetch(input, init), headers: {} })
