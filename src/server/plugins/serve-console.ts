import { existsSync } from 'node:fs'
import { join } from 'node:path'

import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'

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
    const wantsPage = request.method === 'GET' && !isApiPath(request.url) && !/\.\w{1,5}(\?|$)/.test(request.url)
    if (wantsPage && isBuilt) return reply.sendFile('index.html')
    return sendFailure(request, reply, unknownPath(request))
  })
}
