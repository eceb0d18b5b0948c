import { STATUS_CODES } from 'node:http'

import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

import { type ErrorCode, ERROR_STATUS, META_CODES, type ErrorReply } from '#api/contract/errors.ts'

import { isPoolExhausted } from '../db/connection.ts'
import { AppError } from '../errors.ts'

const BY_STATUS: Record<number, ErrorCode> = {
  401: 'unauthorized',
  403: 'access_denied',
  404: 'not_found',
  409: 'conflict',
  413: 'too_large',
  415: 'unsupported_type',
  429: 'too_many_requests',
}

/** After this long a connection is likely to be free again. */
const RETRY_SECONDS = 2

/** What the form parser says of a body that is no whole form; it gives these errors no status. */
const TORN_FORM = /^(unexpected end of|multipart: boundary not found|malformed|premature close)/i

/** The Metadata API spells its codes its own way. */
function isMetaDialect(request: FastifyRequest): boolean {
  return /^\/api(spec)?:/.test(request.url) && !request.url.startsWith('/api:console')
}

/** Every failure leaves in the contract's shape: code, message, payload. 5xx texts stay in the log. */
export function registerErrorHandler(app: FastifyInstance): void {
  app.addHook('onSend', async (request, reply) => {
    void reply.header('x-request-id', request.id)
  })
  app.setErrorHandler((error, request, reply) => sendFailure(request, reply, toAppError(error, request)))
}

/** Answers a failure; also used where no exception is at hand (unknown path). */
export function sendFailure(request: FastifyRequest, reply: FastifyReply, error: AppError): FastifyReply {
  const status = ERROR_STATUS[error.code]
  const body: ErrorReply = {
    code: isMetaDialect(request) ? META_CODES[error.code] : error.code,
    message: error.message,
    ...(error.payload === undefined ? {} : { payload: error.payload }),
  }
  if (error.retryAfterSeconds !== undefined) void reply.header('retry-after', Math.ceil(error.retryAfterSeconds))
  if (status === 401) void reply.header('www-authenticate', 'Bearer')
  // A body that was refused unread still fills the connection: it cannot serve another request.
  if (status === 413) void reply.header('connection', 'close')
  return reply.status(status).type('application/json; charset=utf-8').send(JSON.stringify(body))
}

function toAppError(error: unknown, request: FastifyRequest): AppError {
  if (error instanceof AppError) {
    if (ERROR_STATUS[error.code] >= 500) request.log.error({ err: error }, 'request failed')
    return error
  }
  if (request.isMultipart() && error instanceof Error && TORN_FORM.test(error.message)) {
    return new AppError('invalid_input', 'The form in the request body ends too early or is not a form.')
  }
  if (isPoolExhausted(error)) {
    request.log.warn('all connections to the database are in use')
    return new AppError('not_ready', 'All connections to the database are in use. Try again in a moment.', {
      retryAfterSeconds: RETRY_SECONDS,
    })
  }
  if (isUnreachable(error)) {
    request.log.error({ err: error }, 'the database cannot be reached')
    return new AppError('not_ready', 'The server cannot reach its database. Try again in a moment.', {
      retryAfterSeconds: RETRY_SECONDS,
    })
  }
  const status = (error as FastifyError).statusCode ?? 500
  if (status < 500) {
    return clientFault(error as FastifyError, status, request.routeOptions.config.endpoint?.takesXanoScript === true)
  }
  request.log.error({ err: error }, 'request failed')
  return new AppError(
    'internal',
    `The server met an error it did not expect. Try again; if it stays, look for request ${request.id} in the server's log.`,
  )
}

/** How far a connection came that was never there. */
const CONNECTING = new Set(['connect', 'getaddrinfo'])

/** True for a connection that could not be opened: nothing was asked, and trying again may help. */
function isUnreachable(error: unknown): boolean {
  const [first] = error instanceof AggregateError ? (error.errors as unknown[]) : [error]
  return first instanceof Error && CONNECTING.has(String((first as NodeJS.ErrnoException).syscall))
}

/** Faults that fastify itself finds: torn JSON, a body over its limit, an unknown content type. */
function clientFault(error: FastifyError, status: number, takesDocument: boolean): AppError {
  const code = BY_STATUS[status] ?? 'invalid_input'
  if (code === 'too_large')
    return new AppError(code, 'The request body is larger than this operation takes. Send less at once.')
  if (code === 'unsupported_type') {
    const forms = takesDocument ? 'application/json or text/x-xanoscript' : 'application/json'
    return new AppError(code, `This content type is not understood here. Send ${forms}.`)
  }
  const isJson = error instanceof SyntaxError || error.code === 'FST_ERR_CTP_INVALID_JSON_BODY'
  if (isJson) return new AppError('invalid_input', 'The request body is not valid JSON.')
  return new AppError(code, error.message === '' ? (STATUS_CODES[status] ?? 'Bad request') : error.message)
}
