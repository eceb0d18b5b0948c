import { createHash, randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'

import type { FastifyRequest } from 'fastify'

import { FILE_MAX_BYTES, UploadFields, uploadFile } from '#api/contract/files.ts'

import { AppError, invalidInput } from '../../errors.ts'
import { parseInput } from '../../route.ts'
import type { Storage } from '../../storage/storage.ts'
import { addField, toFormRefusal } from '../transfer/form-guard.ts'
import { displayName } from './file-name.ts'
import { imageSize } from './image-size.ts'
import { mimeOf, misfit, sniff } from './media-type.ts'

/** Part names: the reference's and the one other documentation uses. */
const PARTS = new Set([uploadFile.filePart, 'file'])
/** First bytes kept for looking at: headers of pictures may come behind embedded colour profiles. */
const HEAD_BYTES = 65_536
/** What a form adds to its file. */
const FORM_BYTES = 1_048_576

/** An object in the store and what was learned of it on the way. */
export interface StoredObject {
  objectName: string
  size: number
  /** In hex. */
  sha256: string
  head: Buffer
}

/** A file as received: stored, looked at, not yet listed. */
export interface ReceivedFile extends Omit<StoredObject, 'head'> {
  name: string
  mime: string
  type: 'image' | 'video' | 'audio' | 'attachment'
  access: 'public' | 'private'
  meta: { width?: number; height?: number }
}

/**
 * Takes the form of an upload, its file as a stream into the store, in whatever order the parts come. Then `keep`
 * lists it. Whatever fails, from a torn connection to `keep` itself, leaves no object behind.
 */
export async function receiveFile<Result>(
  request: FastifyRequest,
  files: Storage,
  workspaceId: number,
  keep: (file: ReceivedFile) => Promise<Result>,
): Promise<Result> {
  refuseEarly(request)
  const objectName = `w${workspaceId}-${randomUUID()}`
  try {
    const form = await readUpload(request, files, objectName)
    return await keep(inspect(form, parseInput(UploadFields, form.fields)))
  } catch (error) {
    await files.delete(objectName)
    throw toFormRefusal(request, error)
  }
}

/** What the headers say already need not be read. */
function refuseEarly(request: FastifyRequest): void {
  if (!request.isMultipart()) {
    throw new AppError('unsupported_type', 'Send multipart/form-data with the file in the part "content".')
  }
  if (Number(request.headers['content-length'] ?? 0) > FILE_MAX_BYTES + FORM_BYTES) throw tooLarge()
}

interface Form {
  object: StoredObject
  sentName: string | undefined
  declaredMime: string
  fields: Record<string, unknown>
}

async function readUpload(request: FastifyRequest, files: Storage, objectName: string): Promise<Form> {
  const fields: Record<string, unknown> = {}
  let found: Omit<Form, 'fields'> | undefined
  for await (const part of request.parts({ limits: { files: 2 } })) {
    if (part.type === 'field') {
      addField(fields, part, part.value)
      continue
    }
    if (!PARTS.has(part.fieldname) || found !== undefined) {
      part.file.resume()
      throw invalidInput(part.fieldname, `Unknown param: ${part.fieldname}. Send one file, in the part "content".`)
    }
    const object = await storeMeasured(files, objectName, part.file)
    found = { object, sentName: part.filename, declaredMime: part.mimetype }
  }
  const textPart = [...PARTS].find((name) => typeof fields[name] === 'string')
  if (found === undefined && textPart !== undefined) {
    throw invalidInput(textPart, `Invalid value for param ${textPart}: must be a file, with a file name`)
  }
  if (found === undefined) throw invalidInput(uploadFile.filePart, `Missing param: ${uploadFile.filePart}`)
  return { ...found, fields }
}

/** Stores a stream, measuring it as it passes; throws 413 once it is longer than `maxBytes`. */
export async function storeMeasured(
  files: Storage,
  objectName: string,
  source: Readable,
  maxBytes = FILE_MAX_BYTES,
): Promise<StoredObject> {
  const hash = createHash('sha256')
  const start: Buffer[] = []
  let size = 0
  async function* measured(): AsyncGenerator<Buffer> {
    for await (const chunk of source as AsyncIterable<Buffer>) {
      if (size < HEAD_BYTES) start.push(chunk.subarray(0, HEAD_BYTES - size))
      size += chunk.length
      if (size > maxBytes) throw tooLarge()
      hash.update(chunk)
      yield chunk
    }
  }
  await files.write(objectName, Readable.from(measured(), { objectMode: false }))
  return { objectName, size, sha256: hash.digest('hex'), head: Buffer.concat(start) }
}

/** What the file is; throws 400 where it is not of the kind that was asked for. */
function inspect({ object, sentName, declaredMime }: Form, { type, access }: UploadFields): ReceivedFile {
  const { head, ...stored } = object
  const signature = sniff(head)
  const reason = type === undefined ? undefined : misfit(type, signature, declaredMime)
  if (reason !== undefined) {
    const hint = 'Send another file, or leave out type to store it as an attachment.'
    throw invalidInput('type', `The file is not accepted as ${type}: ${reason}. ${hint}`)
  }
  const mime = mimeOf(signature, declaredMime)
  return {
    ...stored,
    name: displayName(sentName),
    mime,
    type: type ?? 'attachment',
    access,
    meta: { ...imageSize(mime, head) },
  }
}

function tooLarge(): AppError {
  return new AppError('too_large', `The file is larger than ${FILE_MAX_BYTES} bytes, the most that is stored.`)
}
