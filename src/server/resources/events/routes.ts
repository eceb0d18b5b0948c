import type {} from '@fastify/websocket'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { WebSocket } from 'ws'

import { createEventTicket, EVENTS_PATH, EVENTS_PROTOCOL, EVENTS_TICKET_PREFIX } from '#api/contract/events.ts'

import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import { serve } from '../../route.ts'
import { findSession, SESSION_COOKIE } from '../session/store.ts'
import { createTickets } from './tickets.ts'

/** How often a socket is pinged and its session looked at again. */
const HEARTBEAT_MS = 20_000
/** A reader this far behind is cut off; it comes back and reads its lists anew. */
const BACKLOG_MAX_BYTES = 4_000_000

const RESTART = 1012
const SESSION_OVER = 4001
const TOO_SLOW = 1013

/** The console's one socket: every server event as a JSON frame (architecture, section 7). */
export function registerEvents(app: FastifyInstance, deps: Pick<Deps, 'connection' | 'hub' | 'vault' | 'now'>): void {
  const tickets = createTickets(deps.vault)
  const sockets = new Set<WebSocket>()

  serve(app, createEventTicket, ({ request }) =>
    Promise.resolve({ ticket: tickets.issue(request.cookies[SESSION_COOKIE] ?? '', deps.now()) }),
  )

  const options = {
    websocket: true as const,
    preValidation: async (request: FastifyRequest) => {
      const secret = tickets.redeem(ticketOf(request), deps.now())
      if (secret === null || (await findSession(deps.connection.db, secret, deps.now())) === null) {
        throw new AppError('unauthorized', 'This socket ticket is not valid. Ask for a new one.')
      }
      request.sessionSecret = secret
    },
  }
  app.get(EVENTS_PATH.replaceAll(':', '::'), options, (socket: WebSocket, request) => {
    sockets.add(socket)
    const unsubscribe = deps.hub.subscribe((event) => {
      if (socket.bufferedAmount > BACKLOG_MAX_BYTES) socket.close(TOO_SLOW)
      else socket.send(JSON.stringify(event))
    })
    const heartbeat = setInterval(() => void beat(socket, request.sessionSecret), HEARTBEAT_MS)
    socket.on('error', () => socket.terminate())
    socket.on('close', () => {
      clearInterval(heartbeat)
      unsubscribe()
      sockets.delete(socket)
    })
  })

  async function beat(socket: WebSocket, secret: string): Promise<void> {
    const caller = await findSession(deps.connection.db, secret, deps.now()).catch(() => undefined)
    if (caller === null) socket.close(SESSION_OVER)
    else socket.ping()
  }

  app.addHook('preClose', async () => {
    for (const socket of sockets) socket.close(RESTART)
  })
}

declare module 'fastify' {
  interface FastifyRequest {
    sessionSecret: string
  }
}

function ticketOf(request: FastifyRequest): string {
  const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim())
  if (!offered.includes(EVENTS_PROTOCOL)) return ''
  return offered.find((name) => name.startsWith(EVENTS_TICKET_PREFIX))?.slice(EVENTS_TICKET_PREFIX.length) ?? ''
}
