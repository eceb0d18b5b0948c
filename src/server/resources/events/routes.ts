import type {} from '@fastify/websocket'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { WebSocket } from 'ws'

import { createEventTicket, EVENTS_PATH, EVENTS_PROTOCOL, EVENTS_TICKET_PREFIX } from '#api/contract/events.ts'

import type { Caller } from '../../caller.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import { serve } from '../../route.ts'
import { findSession, peekSessions, SESSION_COOKIE } from '../session/store.ts'
import { mayHear } from './reach.ts'
import { createTickets } from './tickets.ts'

/** How often a socket is pinged. */
const HEARTBEAT_MS = 20_000
/**
 * How often the sessions of all sockets are looked at again, in one query: one that was over for too long, or that
 * something else than an operation ended, hears no more after this.
 */
const RECHECK_MS = 3_000
/** Sockets of one session in one process: more than anybody has windows of the console. */
const SOCKETS_MAX = 20
/** A reader this far behind is cut off; it comes back and reads its lists anew. */
const BACKLOG_MAX_BYTES = 4_000_000

const RESTART = 1012
const SESSION_OVER = 4001
const TOO_MANY = 4002
const TOO_SLOW = 1013

/** Whose socket it is, as of the last look. */
interface Listener {
  secret: string
  caller: Caller
}

/** The console's one socket: every server event in reach as a JSON frame (architecture, section 7). */
export function registerEvents(app: FastifyInstance, deps: Pick<Deps, 'connection' | 'hub' | 'vault' | 'now'>): void {
  const tickets = createTickets(deps)
  const sockets = new Map<WebSocket, Listener>()

  serve(app, createEventTicket, ({ request }) =>
    Promise.resolve({ ticket: tickets.issue(request.cookies[SESSION_COOKIE] ?? '', deps.now()) }),
  )

  const options = {
    websocket: true as const,
    preValidation: async (request: FastifyRequest) => {
      const secret = await tickets.redeem(ticketOf(request), deps.now())
      request.caller = secret === null ? null : await findSession(deps.connection.db, secret, deps.now())
      if (secret === null || request.caller === null) {
        throw new AppError('unauthorized', 'This socket ticket is not valid. Ask for a new one.')
      }
      request.sessionSecret = secret
    },
  }
  app.get(EVENTS_PATH.replaceAll(':', '::'), options, (socket: WebSocket, { caller, sessionSecret: secret }) => {
    socket.on('error', () => socket.terminate())
    if (caller === null) return socket.close(SESSION_OVER)
    if (countOf(caller) >= SOCKETS_MAX) {
      return socket.close(TOO_MANY, `This session has ${SOCKETS_MAX} sockets open already. Close other windows first.`)
    }
    const listener: Listener = { secret, caller }
    sockets.set(socket, listener)
    const unsubscribe = deps.hub.subscribe((event) => {
      if (socket.bufferedAmount > BACKLOG_MAX_BYTES) socket.close(TOO_SLOW)
      else if (mayHear(listener.caller, event)) socket.send(JSON.stringify(event))
    })
    const heartbeat = setInterval(() => socket.ping(), HEARTBEAT_MS)
    socket.on('close', () => {
      clearInterval(heartbeat)
      unsubscribe()
      sockets.delete(socket)
    })
  })

  const lookAgain = oneAtATime(look)
  const recheck = setInterval(lookAgain, RECHECK_MS)
  // Accounts and sessions that end, in whatever process, are told as changes of members: their sockets close at once.
  const unsubscribeAll = deps.hub.subscribe((event) => {
    if (event.type === 'changed' && event.resource === 'members') lookAgain()
  })

  // Who comes back reads everything anew; whoever stayed would not know what there is to read.
  const unsubscribeGap = deps.hub.onGap(() => closeAll('Events may have been missed. Come back.'))

  function closeAll(reason?: string): void {
    for (const socket of sockets.keys()) socket.close(RESTART, reason)
  }

  function countOf({ sessionId }: Caller): number {
    return [...sockets.values()].filter(({ caller }) => caller.sessionId === sessionId).length
  }

  /** Closes the sockets whose session ended, and notes what the others may hear now. Looking is no use of a session. */
  async function look(): Promise<void> {
    if (sockets.size === 0) return
    const secrets = [...new Set([...sockets.values()].map(({ secret }) => secret))]
    const callers = await peekSessions(deps.connection.db, secrets, deps.now()).catch(() => null)
    // The database is away: what it says next time counts.
    if (callers === null) return
    for (const [socket, listener] of sockets) {
      const caller = callers.get(listener.secret)
      if (caller !== undefined) listener.caller = caller
      // A socket that opened during the look was not asked about.
      else if (secrets.includes(listener.secret)) socket.close(SESSION_OVER, 'This session is over. Sign in again.')
    }
  }

  app.addHook('preClose', async () => {
    clearInterval(recheck)
    unsubscribeAll()
    unsubscribeGap()
    closeAll()
  })
}

declare module 'fastify' {
  interface FastifyRequest {
    sessionSecret: string
  }
}

/** Runs `work` when called; calls that come while it runs make it run once more. */
function oneAtATime(work: () => Promise<void>): () => void {
  let isRunning = false
  let isAsked = false
  const run = async (): Promise<void> => {
    isRunning = true
    while (isAsked) {
      isAsked = false
      await work()
    }
    isRunning = false
  }
  return () => {
    isAsked = true
    if (!isRunning) void run()
  }
}

function ticketOf(request: FastifyRequest): string {
  const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim())
  if (!offered.includes(EVENTS_PROTOCOL)) return ''
  return offered.find((name) => name.startsWith(EVENTS_TICKET_PREFIX))?.slice(EVENTS_TICKET_PREFIX.length) ?? ''
}
