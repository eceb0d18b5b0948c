import type { Readable } from 'node:stream'

import type { FastifyRequest } from 'fastify'

import { AppError, invalidInput } from '../../errors.ts'

/** The file part of a form, to be read to its end. */
export interface FormFile {
  name: string
  stream: Readable
}

/**
 * Reads a multipart form as it arrives: its one file, in the part `file`, goes to `takeFile` as a stream; plain fields
 * may come before or after it. Answers the fields, unchecked.
 */
export async function readForm(
  request: FastifyRequest,
  takeFile: (file: FormFile) => Promise<void>,
): Promise<Record<string, string>> {
  if (!request.isMultipart()) {
    throw new AppError('unsupported_type', 'Send multipart/form-data with the archive in the part "file".')
  }
  const fields: Record<string, string> = {}
  let hasFile = false
  for await (const part of request.parts()) {
    if (part.type === 'field') {
      fields[part.fieldname] = String(part.value)
      continue
    }
    if (part.fieldname !== 'file' || hasFile) {
      part.file.resume()
      throw invalidInput(part.fieldname, `Unknown param: ${part.fieldname}. Send one file, in the part "file".`)
    }
    hasFile = true
    await takeFile({ name: part.filename, stream: part.file })
    if (part.file.truncated) throw new AppError('too_large', 'The file is larger than this server takes.')
  }
  if (!hasFile) throw invalidInput('file', 'Missing param: file')
  return fields
}
