import { Readable } from 'node:stream'

import type { FastifyRequest } from 'fastify'

import type { Endpoint } from '#api/contract/endpoint.ts'

import { archiveFileName } from '../../archive/file-name.ts'
import type { Deps } from '../../deps.ts'
import { AppError, notFound } from '../../errors.ts'
import type { HandlerInput } from '../../route.ts'
import { type ByteRange, byteRange } from '../files/byte-range.ts'
import { prepareDownload } from '../transfer/send-archive.ts'
import { type BackupRow, salvageableObject } from './store.ts'

/**
 * Answers the stored archive, or the range of it that was asked for (RFC 9110, section 14), to GET and HEAD. One that
 * was found damaged is sent as it is. The trail gets what is sent; HEAD leaves no record. Throws 409 where there is none,
 * or where a good one is not as long as it was.
 */
export async function sendBackup(
  { targets }: Pick<Deps, 'targets'>,
  row: BackupRow,
  { request, reply, trail }: Pick<HandlerInput<Endpoint>, 'request' | 'reply' | 'trail'>,
): Promise<unknown> {
  const name = salvageableObject(row)
  const storage = await targets.open(row.target_id)
  const size = await storage.size(name)
  if (size === null) throw notFound('The archive in its target')
  if (size !== row.bytes && row.status !== 'failed') throw otherSize(row, size)
  const range = isSame(request, row) ? byteRange(request.headers.range, size) : undefined
  const fileName = archiveFileName(row.workspace_name, row.created_at)
  void reply.header('accept-ranges', 'bytes')
  if (row.sha256 !== null) void reply.header('etag', `"${row.sha256}"`)
  if (range === 'none') return reply.status(416).header('content-range', `bytes */${size}`).send()
  const { start, end } = range ?? { start: 0, end: size - 1 }
  const length = end - start + 1
  trail.isIdle = request.method === 'HEAD'
  trail.detail = {
    bytes: length,
    ...(range === undefined ? {} : { range: { ...range, of: size } }),
    encrypted: row.encrypted,
    sha256: row.sha256,
  }
  void reply.header('content-length', length)
  if (range !== undefined) void reply.header('content-range', `bytes ${start}-${end}/${size}`)
  // The router drains what it is given for HEAD: a whole archive would be read for nothing.
  const stream = request.method === 'HEAD' ? Readable.from([]) : await openRange(storage, name, range, length)
  return reply.status(range === undefined ? 200 : 206).send(prepareDownload(reply, stream, fileName))
}

/** Whether the client has the beginning of these very bytes; without a checksum that cannot be told. */
function isSame(request: FastifyRequest, { sha256 }: BackupRow): boolean {
  const ifRange = request.headers['if-range']
  return ifRange === undefined || (sha256 !== null && ifRange === `"${sha256}"`)
}

async function openRange(
  storage: Awaited<ReturnType<Deps['targets']['open']>>,
  name: string,
  range: ByteRange | undefined,
  length: number,
): Promise<Readable> {
  const { stream } = await storage.read(name, range)
  return Readable.from(exactly(stream, length), { objectMode: false })
}

/** Passes the bytes on, and fails where they are fewer than were announced: nobody may take a part for the whole. */
async function* exactly(stream: Readable, length: number): AsyncGenerator<Buffer> {
  let passed = 0
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    passed += chunk.length
    yield chunk
  }
  if (passed !== length) throw new Error(`The stored archive ended after ${passed} bytes of ${length}`)
}

function otherSize({ bytes }: BackupRow, size: number): AppError {
  return new AppError(
    'conflict',
    `The stored archive has ${size} bytes where ${bytes} were written, so it is damaged. Verify the backup; what is left of it can be downloaded then.`,
  )
}
