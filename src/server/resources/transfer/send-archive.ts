import type { Readable } from 'node:stream'

import type { FastifyReply } from 'fastify'

import { watchReader } from './watch-reader.ts'

/** A client that takes no byte for this long is gone; an export must not hold the tables for it. */
const STALL_MS = 120_000

/**
 * Prepares the answer for an archive's bytes. An error on the way destroys the connection, so that the client sees a
 * broken transfer and never a short file that looks whole.
 */
export function prepareDownload(reply: FastifyReply, stream: Readable, fileName: string): Readable {
  void reply
    .type('application/octet-stream')
    .header('content-disposition', `attachment; filename="${fileName}"`)
    .header('cache-control', 'no-store')
  reply.raw.setTimeout(STALL_MS, () => stream.destroy(new Error('The client stopped reading')))
  watchReader(reply.raw, stream)
  return stream
}
