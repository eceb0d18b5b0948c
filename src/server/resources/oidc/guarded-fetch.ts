import { type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'

import { guardedLookup, requireAllowedHost } from '../../guarded-lookup.ts'

/** A description, a set of keys, a token: none is larger. */
const ANSWER_MAX_BYTES = 1_048_576
/** Answers without a body, for which `Response` takes none. */
const BODILESS = new Set([204, 205, 304])

interface Sending {
  method?: string
  headers?: Record<string, string>
  body?: unknown
  signal?: AbortSignal | null
}

/** True for an address that never leaves this machine. */
export function isLoopback({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname)
}

/**
 * `fetch` for what goes to a provider: by https, or by http to this machine; never to the addresses that
 * `guardedLookup` refuses; redirects are not followed, and a long answer is not read to its end.
 */
export async function guardedFetch(address: string, { method, headers, body, signal }: Sending): Promise<Response> {
  const url = new URL(address)
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url))) {
    throw new TypeError('Only https is used to reach a provider.')
  }
  requireAllowedHost(url.hostname)
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const send = url.protocol === 'https:' ? requestHttps : requestHttp
    const request = send(url, {
      method: method ?? 'GET',
      headers: headers ?? {},
      lookup: guardedLookup,
      agent: false,
      ...(signal == null ? {} : { signal }),
    })
    request.on('response', resolve)
    request.on('error', reject)
    request.end(body == null ? undefined : String(body))
  })
  const bytes = await readAll(answer)
  const status = answer.statusCode ?? 500
  return new Response(BODILESS.has(status) ? null : bytes, { status, headers: headersOf(answer) })
}

async function readAll(answer: IncomingMessage): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > ANSWER_MAX_BYTES) {
      answer.destroy()
      throw new TypeError('The provider answered with more than is read.')
    }
    chunks.push(chunk)
  }
  return new Uint8Array(Buffer.concat(chunks))
}

function headersOf({ headers }: IncomingMessage): Headers {
  const copy = new Headers()
  for (const [name, value] of Object.entries(headers)) {
    for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined) copy.append(name, one)
  }
  return copy
}
