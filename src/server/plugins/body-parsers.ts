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
 * Bodies: XanoScript where the operation takes it; JSON (an empty one counts as none: official clients send the header without a body), and multipart: archives,
 * which handlers read as a stream, and, as documented, the fields of most JSON operations.
 */
export async function registerBodyParsers(app: FastifyInstance): Promise<void> {
  const parseJson = app.getDefaultJsonParser('error', 'error')
  app.removeContentTypeParser(['application/json', 'text/plain'])
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body.length === 0) done(null, undefined)
    else void parseJson(request, body.toString(), done)
  })
  // The handler decides whether the operation takes a document; the text is parsed there.
  app.addContentTypeParser(XANOSCRIPT_TYPE, { parseAs: 'string' }, (request, body, done) => {
    if (request.routeOptions.config.endpoint?.takesXanoScript === true) done(null, body.toString())
    else done(new AppError('unsupported_type', 'This operation takes no XanoScript document. Send application/json.'))
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
