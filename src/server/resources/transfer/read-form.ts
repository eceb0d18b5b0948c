import type { Readable } from 'node:stream'

import type { FastifyRequest } from 'fastify'

import { AppError, invalidInput } from '../../errors.ts'
import { addField, toFormRefusal } from './form-guard.ts'

/** The file part of a form, to be read to its end. */
export interface FormFile {
  name: string
  stream: Readable
}

/**
 * Reads a multipart form as it arrives: its one file, in the part `file`, goes to `takeFile` as a stream; plain fields
 * may come before or after it, each once. Answers the fields, unchecked.
 */
export async function readForm(
  request: FastifyRequest,
  takeFile: (file: FormFile) => Promise<void>,
): Promise<Record<string, string>> {
  if (!request.isMultipart()) {
    throw new AppError('unsupported_type', 'Send multipart/form-data with the archive in the part "file".')
  }
  try {
    return await readParts(request, takeFile)
  } catch (error) {
    throw toFormRefusal(request, error)
  }
}

async function readParts(
  request: FastifyRequest,
  takeFile: (file: FormFile) => Promise<void>,
): Promise<Record<string, string>> {
  const fields: Record<string, string> = {}
  let hasFile = false
  for await (const part of request.parts()) {
    if (part.type === 'field') {
      addField(fields, part, String(part.value))
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
