import type { FastifyInstance, FastifyRequest } from 'fastify'

import { AppError } from '../errors.ts'
import { sendFailure } from './error-handler.ts'

const API = /^\/+(api:|apispec:|instance\/|rt\/|v1\/|vault\/|healthz|readyz|metrics)/i

/** True where an address belongs to an API: no page of the console is ever there. */
export const isApiPath = (url: string): boolean => API.test(url)

/** The route that every path falls to that no other one is for: files of the console. */
const REST = '/*'

interface Place {
  pattern: RegExp
  methods: Set<string>
}

/**
 * Answers what no operation is for. A path that is known with other methods is told so: 405 with `Allow`, and `OPTIONS`
 * is answered with 204. That opens nothing to pages of other origins: no answer has a header of CORS. Register it before
 * the first route, and after whatever all answers get.
 */
export function registerUnknownPaths(app: FastifyInstance): void {
  const places = new Map<string, Place>()
  app.addHook('onRoute', ({ url, method }) => {
    if (url === REST) return
    const place = places.get(url) ?? { pattern: patternOf(url), methods: new Set() }
    places.set(url, place)
    for (const one of [method].flat()) place.methods.add(one)
  })
  app.addHook('onRequest', async (request, reply) => {
    if (!request.is404 && request.routeOptions.url !== REST) return
    const path = pathOf(request.url)
    const methods = new Set(
      [...places.values()].flatMap((place) => (place.pattern.test(path) ? [...place.methods] : [])),
    )
    // The router knows this method here, and refuses the path for something else, such as its length.
    const isKnown = methods.size > 0 && !methods.has(request.method)
    if (!isKnown) {
      if (isApiPath(request.url)) throw unknownPath(request)
      return
    }
    const allow = [...methods, 'OPTIONS'].toSorted().join(', ')
    void reply.header('allow', allow)
    if (request.method !== 'OPTIONS') {
      throw new AppError('method_not_allowed', `${request.method} is not for ${path}. It takes ${allow}.`)
    }
    return reply.status(204).send()
  })
}

/** Answers every other unknown path in our words, where there is no console whose page it may be. */
export function refuseUnknownPaths(app: FastifyInstance): void {
  app.setNotFoundHandler((request, reply) => sendFailure(request, reply, unknownPath(request)))
}

/** 404 for a path that nothing is at. */
export function unknownPath(request: FastifyRequest): AppError {
  return new AppError(
    'not_found',
    `Unable to locate request. There is nothing at ${request.method} ${pathOf(request.url)}.`,
  )
}

/** The path without the query, which may hold what is not ours to repeat. */
function pathOf(url: string): string {
  return url.split('?', 1)[0] ?? url
}

/** What the router takes for this address: `/api::meta/workspace/:workspace_id`, in which a literal colon is doubled. */
function patternOf(url: string): RegExp {
  const source = url
    .split(/(::|:\w+|\*)/)
    .map((part) => {
      if (part === '::') return ':'
      if (part === '*') return '.*'
      return part.startsWith(':') ? '[^/]+' : part.replaceAll(/[$()+.?[\\\]^{|}]/g, String.raw`\$&`)
    })
    .join('')
  return new RegExp(`^${source}$`)
}
