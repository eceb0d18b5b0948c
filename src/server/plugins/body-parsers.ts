import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyRequest } from 'fastify'

import { XANOSCRIPT_TYPE } from '#api/contract/endpoint.ts'

import { AppError } from '../errors.ts'

/** Largest uploaded archive in bytes (1 TB): the disk is the real limit. */
const FILE_MAX_BYTES = 1_000_000_000_000
const FIELDS_MAX = 2_000
/** Longest field beside an archive: a password, a label. */
const FIELD_MAX_BYTES = 65_536

/**
 * Bodies: JSON (an empty one counts as none: official clients send the header without a body); XanoScript where the
 * operation takes it; bytes where it takes those; and multipart: archives, which handlers read as a stream, and, as documented, the fields of most
 * JSON operations.
 */
export async function registerBodyParsers(app: FastifyInstance): Promise<void> {
  const parseJson = app.getDefaultJsonParser('error', 'error')
  app.removeContentTypeParser(['application/json', 'text/plain'])
  app.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    if (body.length === 0) done(null, undefined)
    else
      decode(
        request,
        body,
        jsonText,
        (text) =>
          void parseJson(request, text, (error, value) => {
            done(error !== null && isJson(text) ? prototypeKey() : error, value)
          }),
        done,
      )
  })
  // The text is parsed by the handler. A document comes back byte for byte, a byte order mark included.
  app.addContentTypeParser<Buffer>(XANOSCRIPT_TYPE, { parseAs: 'buffer' }, (request, body, done) => {
    if (request.routeOptions.config.endpoint?.takesXanoScript === true) {
      decode(request, body, documentText, (text) => done(null, text), done)
    } else {
      done(new AppError('unsupported_type', 'This operation takes no XanoScript document. Send application/json.'))
    }
  })
  app.addContentTypeParser<Buffer>('application/octet-stream', { parseAs: 'buffer' }, (request, body, done) => {
    if (request.routeOptions.config.endpoint?.bodyKind === 'bytes') done(null, body)
    else done(new AppError('unsupported_type', 'This operation takes no bytes. Send application/json.'))
  })
  app.addHook('preParsing', async (request) => {
    const kind = request.routeOptions.config.endpoint?.bodyKind
    if (kind === 'json') limitReceiving(request, RECEIVE_MS)
    if (kind === 'bytes') limitReceiving(request, RECEIVE_CHUNK_MS)
  })
  await app.register(multipart, {
    limits: { fileSize: FILE_MAX_BYTES, files: 1, fields: FIELDS_MAX, fieldSize: FIELD_MAX_BYTES },
  })
  app.decorateRequest('isForm', false)
  app.addHook('preHandler', async (request) => {
    const endpoint = request.routeOptions.config.endpoint
    if (endpoint === undefined || endpoint.bodyKind === 'form' || !request.isMultipart()) return
    request.body = await readFields(request, endpoint.bodyLimitBytes)
    request.isForm = true
  })
}

/** Longest time for a body that is held in memory to arrive; uploads take as long as they take. */
const RECEIVE_MS = 120_000
/** A chunk of 8 MB takes that long at 75 kbit/s. */
const RECEIVE_CHUNK_MS = 900_000

/** Ends the connection of a sender that never finishes its body. */
function limitReceiving({ raw }: FastifyRequest, ms: number): void {
  const timer = setTimeout(() => raw.destroy(), ms)
  for (const event of ['end', 'close']) raw.once(event, () => clearTimeout(timer))
}

/** True for text that the parser refused for its keys, not for its form. */
function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function prototypeKey(): AppError {
  return new AppError(
    'invalid_input',
    'The keys "__proto__" and "constructor" with "prototype" in it are not taken in JSON.',
  )
}

const jsonText = new TextDecoder('utf-8', { fatal: true })
const documentText = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Bytes that are no UTF-8 would be stored as other characters than were sent: they are refused. */
function decode(
  request: FastifyRequest,
  body: Buffer,
  decoder: typeof jsonText,
  use: (text: string) => void,
  fail: (error: AppError) => void,
): void {
  const charset = /charset="?([^\s;"]+)/i.exec(request.headers['content-type'] ?? '')?.[1] ?? 'utf-8'
  if (!/^utf-?8$/i.test(charset)) {
    fail(new AppError('unsupported_type', `The charset ${charset} is not understood here. Send UTF-8.`))
    return
  }
  let text: string
  try {
    text = decoder.decode(body)
  } catch {
    fail(new AppError('invalid_input', 'The request body is not valid UTF-8.'))
    return
  }
  use(text)
}

async function readFields(request: FastifyRequest, limitBytes: number): Promise<Record<string, string>> {
  const fields: Record<string, string> = {}
  let bytes = 0
  for await (const part of request.parts({ limits: { fields: FIELDS_MAX, fieldSize: limitBytes } })) {
    if (part.type === 'file') {
      part.file.resume()
      throw new AppError('invalid_input', 'This operation takes no file.')
    }
    const text = String(part.value)
    bytes += Buffer.byteLength(text)
    // A value over the limit arrives cut: it must never be taken for the whole.
    if (part.valueTruncated || bytes > limitBytes) {
      throw new AppError('too_large', 'The request body is larger than this operation takes. Send less at once.')
    }
    fields[part.fieldname] = text
  }
  return fields
}

declare module 'fastify' {
  interface FastifyRequest {
    /** True where the body came as multipart fields: every value is text. */
    isForm: boolean
  }
}
