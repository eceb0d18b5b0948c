import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

import type { Deps } from '../../deps.ts'
import { AppError, notFound } from '../../errors.ts'
import { byteRange } from './byte-range.ts'
import { safeHeaders } from './safe-headers.ts'
import { isSigned } from './signed-link.ts'
import { type FileRow, findFileByPath } from './store.ts'

/** What paths are made of (`newFilePath`); nothing else is looked for. */
const PATH = /^[\w.-]+\/[\w.-]+$/
/** A client that takes no byte for this long is gone. */
const STALL_MS = 120_000

type VaultDeps = Pick<Deps, 'connection' | 'files' | 'vault' | 'now'>

/**
 * Serves stored files below `/vault/`, to browsers, without a token: public files to everybody, private ones to who
 * holds a signed link. Answers GET and HEAD, 304, ranges; 404 for what is not there, 403 without a valid link.
 */
export function registerVault(app: FastifyInstance, deps: VaultDeps): void {
  app.route({
    method: ['GET', 'HEAD'],
    url: '/vault/*',
    handler: async (request, reply) => {
      const file = await findServed(request, deps)
      if (isKnown(request, file)) return reply.status(304).headers(safeHeaders(file)).send()
      return sendFile(request, reply, file, deps)
    },
  })
}

async function findServed(request: FastifyRequest, { connection, vault, now }: VaultDeps): Promise<FileRow> {
  const name = (request.params as { '*': string })['*']
  const file = PATH.test(name) ? await findFileByPath(connection.db, `/vault/${name}`) : undefined
  if (file === undefined) throw notFound('The file')
  const query = request.query as Record<string, unknown>
  if (file.access === 'public' || isSigned(vault, file.path, query, now())) return file
  throw new AppError(
    'access_denied',
    'Access Denied. This file is private and the link to it is not valid: its signature is missing, wrong or past its time. List the files again for a new link.',
    { payload: { reason: 'link' } },
  )
}

/** True where the client has the content already. */
function isKnown(request: FastifyRequest, { sha256 }: FileRow): boolean {
  const known = request.headers['if-none-match']
  return known?.split(',').some((tag) => ['*', `"${sha256}"`].includes(tag.trim().replace(/^W\//, ''))) === true
}

async function sendFile(
  request: FastifyRequest,
  reply: FastifyReply,
  file: FileRow,
  { files }: VaultDeps,
): Promise<FastifyReply> {
  const ifRange = request.headers['if-range']
  const isSame = ifRange === undefined || ifRange === `"${file.sha256}"`
  const range = isSame ? byteRange(request.headers.range, file.size) : undefined
  if (range === 'none') {
    const headers = { ...safeHeaders(file), 'content-range': `bytes */${file.size}`, 'content-length': 0 }
    return reply.status(416).headers(headers).send()
  }
  // Opened first: an answer that there is no such file must not be kept as the file would be.
  const { stream } = await files.read(file.object_name, range)
  const { start, end } = range ?? { start: 0, end: file.size - 1 }
  void reply.headers({ ...safeHeaders(file), 'content-length': end - start + 1 })
  if (range !== undefined) void reply.status(206).header('content-range', `bytes ${start}-${end}/${file.size}`)
  if (request.method === 'HEAD') {
    stream.destroy()
    return reply.send()
  }
  reply.raw.setTimeout(STALL_MS, () => stream.destroy(new Error('The client stopped reading')))
  return reply.send(stream)
}
