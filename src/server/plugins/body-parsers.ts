import multipart from '@fastify/multipart'
import type { FastifyInstance } from 'fastify'

import { AppError } from '../errors.ts'

/** Largest uploaded archive in bytes (1 TB): the disk is the real limit. */
const FILE_MAX_BYTES = 1_000_000_000_000

/**
 * Bodies: JSON (an empty one counts as none: official clients send the header without a body), and multipart for
 * archives, which handlers read as a stream.
 */
export async function registerBodyParsers(app: FastifyInstance): Promise<void> {
  const parseJson = app.getDefaultJsonParser('error', 'error')
  app.removeContentTypeParser(['application/json', 'text/plain'])
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body.length === 0) done(null, undefined)
    else void parseJson(request, body.toString(), done)
  })
  await app.register(multipart, { limits: { fileSize: FILE_MAX_BYTES, files: 1, fields: 50, fieldSize: 1_048_576 } })
  // Most JSON operations are documented to take multipart too: plain fields, objects as JSON text.
  app.addHook('preHandler', async (request) => {
    const endpoint = request.routeOptions.config.endpoint
    if (endpoint === undefined || endpoint.bodyKind === 'form' || !request.isMultipart()) return
    const fields: Record<string, unknown> = {}
    for await (const part of request.parts()) {
      if (part.type === 'file') throw new AppError('invalid_input', 'This operation takes no file.')
      fields[part.fieldname] = fieldValue(String(part.value))
    }
    request.body = fields
  })
}

/** `true`, `12`, `{"a": 1}` are read as JSON, anything else as text. */
function fieldValue(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
