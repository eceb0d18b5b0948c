import { existsSync } from 'node:fs'
import { join } from 'node:path'

import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyRequest } from 'fastify'

import { sendFailure } from './error-handler.ts'
import { isApiPath, unknownPath } from './unknown-paths.ts'

const YEAR_MS = 365 * 86_400_000

/** The built console with its precompressed files, and the answer for every unknown path. */
export async function registerConsole(app: FastifyInstance, folder: string): Promise<void> {
  const isBuilt = existsSync(join(folder, 'index.html'))
  if (isBuilt) {
    await app.register(fastifyStatic, {
      root: folder,
      preCompressed: true,
      index: false,
      wildcard: true,
      cacheControl: false,
      setHeaders: (reply, path) => {
        // Vite puts a hash of the content into the names below assets/.
        const isHashed = /[\\/]assets[\\/]/.test(path)
        reply.header('cache-control', isHashed ? `public, max-age=${YEAR_MS / 1000}, immutable` : 'no-cache')
      },
    })
    app.get('/', (_request, reply) => reply.sendFile('index.html'))
  }
  app.setNotFoundHandler((request, reply) => {
    if (isBuilt && wantsPage(request)) return reply.sendFile('index.html')
    return sendFailure(request, reply, unknownPath(request))
  })
}

/**
 * Whether the console itself is to answer: it knows its addresses. What looks like a file is for it only where a page is
 * asked for: to whatever loads a script or a picture, a page is no answer. The query is the console's own: it may end in
 * anything.
 */
function wantsPage({ method, url, headers }: FastifyRequest): boolean {
  if (method !== 'GET' || isApiPath(url)) return false
  const [path = ''] = url.split('?', 1)
  const looksLikeFile = /\.\w{1,5}$/.test(path)
  return !looksLikeFile || headers.accept?.includes('text/html') === true
}
