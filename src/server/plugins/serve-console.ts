import { existsSync } from 'node:fs'
import { join } from 'node:path'

import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyRequest } from 'fastify'

import { AppError } from '../errors.ts'
import { sendFailure } from './error-handler.ts'

const YEAR_MS = 365 * 86_400_000
const API = /^\/+(api:|apispec:|instance\/|rt\/|v1\/|vault\/|healthz|readyz|metrics)/i

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
    // The static files answer for every path that is left; those of the APIs are not theirs.
    app.addHook('onRequest', async (request) => {
      if (request.routeOptions.url === '/*' && API.test(request.url)) throw unknownPath(request)
    })
    app.get('/', (_request, reply) => reply.sendFile('index.html'))
  }
  app.setNotFoundHandler((request, reply) => {
    const wantsPage = request.method === 'GET' && !API.test(request.url) && !/\.\w{1,5}(\?|$)/.test(request.url)
    if (wantsPage && isBuilt) return reply.sendFile('index.html')
    return sendFailure(request, reply, unknownPath(request))
  })
}

function unknownPath(request: FastifyRequest): AppError {
  return new AppError(
    'not_found',
    `Unable to locate request. There is nothing at ${request.method} ${pathOf(request.url)}.`,
  )
}

/** The path without the query, which may hold what is not ours to repeat. */
function pathOf(url: string): string {
  return url.split('?', 1)[0] ?? url
}
