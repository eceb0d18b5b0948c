import { fileURLToPath } from 'node:url'

import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

import type { Endpoint } from '#api/contract/endpoint.ts'

import type { Deps } from '../../deps.ts'
import { openApiDocument } from './document.ts'
import { REFERENCE_PAGE, REFERENCE_SCRIPT, REFERENCE_STYLE } from './page.ts'

/** Swagger UI as the package ships it: nothing comes from another host. */
const ASSETS = fileURLToPath(new URL('static', import.meta.resolve('@fastify/swagger-ui')))

/** Collects the operations that are served from here on; call it before the resources are registered. */
export function collectEndpoints(app: FastifyInstance): readonly Endpoint[] {
  const endpoints: Endpoint[] = []
  app.addHook('onRoute', (route) => {
    // For each GET there is a HEAD as well.
    if (route.config?.endpoint !== undefined && route.method !== 'HEAD') endpoints.push(route.config.endpoint)
  })
  return endpoints
}

/**
 * The API describes itself: `GET /api:meta` and `/apispec:meta` answer the OpenAPI document; a browser that asks
 * `/api:meta` for a page gets the reference, in which calls can be tried. Open to everybody: it tells what Metadeck
 * is, nothing of what is in it.
 */
export async function registerReference(
  app: FastifyInstance,
  deps: Pick<Deps, 'publicUrl' | 'version'>,
  endpoints: readonly Endpoint[],
): Promise<void> {
  let text: string | undefined
  const sendDocument = (_request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    text ??= JSON.stringify(openApiDocument(endpoints, { url: deps.publicUrl(), version: deps.version }))
    return reply.type('application/json; charset=utf-8').header('cache-control', 'no-cache').send(text)
  }
  app.get('/apispec::meta', sendDocument)
  for (const path of ['/api::meta', '/api::meta/']) {
    app.get(path, (request, reply) => {
      void reply.header('vary', 'accept')
      return wantsPage(request) ? sendPage(reply) : sendDocument(request, reply)
    })
  }
  app.get('/api::meta/reference/page.css', (_request, reply) =>
    reply.type('text/css; charset=utf-8').header('cache-control', 'no-cache').send(REFERENCE_STYLE),
  )
  app.get('/api::meta/reference/page.js', (_request, reply) =>
    reply.type('text/javascript; charset=utf-8').header('cache-control', 'no-cache').send(REFERENCE_SCRIPT),
  )
  await app.register(fastifyStatic, {
    root: ASSETS,
    prefix: '/api::meta/reference/',
    decorateReply: false,
    index: false,
    wildcard: false,
    globIgnore: ['index.html', 'oauth2-redirect.*', '*.json'],
  })
}

function wantsPage(request: FastifyRequest): boolean {
  const accept = request.headers.accept ?? ''
  const html = accept.indexOf('text/html')
  const json = accept.indexOf('application/json')
  return html !== -1 && (json === -1 || html < json)
}

function sendPage(reply: FastifyReply): FastifyReply {
  return reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(REFERENCE_PAGE)
}
