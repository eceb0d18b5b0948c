import { subscribe, unsubscribe } from 'node:diagnostics_channel'

import type { FastifyInstance, RouteOptions } from 'fastify'

import type { Endpoint } from '#api/contract/endpoint.ts'

/** Everything that an app answers, as it was registered. */
export interface Served {
  endpoints: Endpoint[]
  /** `GET /path` of what is no operation of the contract: pages, files, sockets. */
  others: string[]
}

/** Runs `build` and tells what the app that it makes serves: fastify announces each app before its first route. */
export async function watchRoutes<T>(build: () => Promise<T>): Promise<{ built: T; served: Served }> {
  const served: Served = { endpoints: [], others: [] }
  const onApp = (message: unknown): void => {
    ;(message as { fastify: FastifyInstance }).fastify.addHook('onRoute', (route) => note(served, route))
  }
  subscribe('fastify.initialization', onApp)
  try {
    return { built: await build(), served }
  } finally {
    unsubscribe('fastify.initialization', onApp)
  }
}

function note(served: Served, { method, url, config }: RouteOptions): void {
  // For each GET there is a HEAD as well, with the same guard.
  if (method === 'HEAD') return
  const endpoint = config?.endpoint
  if (endpoint === undefined) served.others.push(`${String(method)} ${url.replaceAll('::', ':')}`)
  else served.endpoints.push(endpoint)
}

/** An id that nothing has. */
const NOBODY = 999_999_999

/** The operation's address with ids that do not exist. */
export function harmlessUrl({ path }: Endpoint): string {
  return path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => (/id$/i.test(name) ? String(NOBODY) : 'nobody'))
}

/** A body of the right kind that no operation takes: whoever is let in is told so with 400, and nothing happens. */
export function harmlessBody({ method, bodyKind }: Endpoint): {
  payload?: string
  headers: Record<string, string>
} {
  if (method === 'GET' || method === 'DELETE') return { headers: {} }
  if (bodyKind === 'bytes') return { payload: '', headers: { 'content-type': 'application/octet-stream' } }
  if (bodyKind === 'form')
    return { payload: '--b--\r\n', headers: { 'content-type': 'multipart/form-data; boundary=b' } }
  return { payload: '{"no such field":1}', headers: { 'content-type': 'application/json' } }
}
