import type { FastifyInstance, InjectOptions } from 'fastify'

/** `fetch` over `app.inject`: the whole server, guard and all, without a port. */
export function injectFetch(app: FastifyInstance): typeof fetch {
  return async (input, init) => {
    const request = new Request(new URL(input instanceof Request ? input.url : input, 'http://localhost'), init)
    const url = new URL(request.url)
    const options: InjectOptions = {
      method: request.method,
      url: `${url.pathname}${url.search}`,
      headers: Object.fromEntries(request.headers),
    }
    if (request.body !== null) options.payload = Buffer.from(await request.arrayBuffer())
    const reply = await app.inject(options)
    const body = reply.statusCode === 204 ? null : new Uint8Array(reply.rawPayload)
    return new Response(body, { status: reply.statusCode, headers: headersOf(reply.headers) })
  }
}

function headersOf(headers: Record<string, number | string | string[] | undefined>): Headers {
  const result = new Headers()
  for (const [name, value] of Object.entries(headers)) {
    for (const item of Array.isArray(value) ? value : [value]) if (item !== undefined) result.append(name, String(item))
  }
  return result
}
