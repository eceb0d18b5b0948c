import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type RequestListener, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

interface ReceivedRequest {
  path: string
  headers: IncomingHttpHeaders
  body: string
}

export interface WebhookServer {
  /** Ends with `/hook`. */
  url: string
  received: ReceivedRequest[]
  /** Answers the next requests in this way, 200 without a body by default. */
  answer(write: (response: ServerResponse) => void): void
  close(): Promise<void>
}

/** A real HTTP server on loopback that keeps what it is sent; with a certificate it speaks HTTPS. */
export async function startWebhookServer(certificate?: { key: string; cert: string }): Promise<WebhookServer> {
  const received: ReceivedRequest[] = []
  let write = (response: ServerResponse): void => void response.writeHead(200).end()
  const listener: RequestListener = (request, response) => {
    void text(request).then((body) => {
      received.push({ path: request.url ?? '', headers: request.headers, body })
      write(response)
    })
  }
  const server = certificate === undefined ? createServer(listener) : createTlsServer(certificate, listener)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `${certificate === undefined ? 'http' : 'https'}://127.0.0.1:${port}/hook`,
    received,
    answer: (next) => (write = next),
    async close() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}
