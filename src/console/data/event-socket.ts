import { ApiError } from '#api/client/api-error.ts'
import { call } from '#api/client/call.ts'
import { createEventTicket, EVENTS_PATH, EVENTS_PROTOCOL, EVENTS_TICKET_PREFIX } from '#api/contract/events.ts'

/** `offline` = the server does not answer at all; `polling` = it answers, but there is no socket. */
export type ConnectionStatus = 'connecting' | 'live' | 'polling' | 'offline'

interface SocketHandlers {
  onStatus: (status: ConnectionStatus) => void
  onMessage: (data: unknown) => void
  /** Open again after a time in which messages may have been missed. */
  onReconnect: () => void
  onSignedOut: () => void
}

const firstDelayMs = 1_000
const delayMaxMs = 30_000
/** A socket that held this long was a good one: the next failure starts from the first delay again. */
const steadyMs = 10_000

/** Doubles with each failure; the jitter keeps many consoles from coming back in the same instant. */
export function reconnectDelayMs(failures: number, random: number): number {
  return Math.min(firstDelayMs * 2 ** failures, delayMaxMs) * (0.75 + 0.25 * random)
}

function createSocket(ticket: string): WebSocket {
  const url = new URL(EVENTS_PATH, location.href)
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  return new WebSocket(url, [EVENTS_PROTOCOL, EVENTS_TICKET_PREFIX + ticket])
}

/** Keeps one socket open, with a fresh ticket each time, until it is closed. */
export function keepSocket(handlers: SocketHandlers): { close: () => void } {
  const ending = new AbortController()
  let socket: WebSocket | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let failures = 0
  let wasDown = false

  function retryLater(status: 'polling' | 'offline') {
    if (ending.signal.aborted) return
    wasDown = true
    handlers.onStatus(status)
    timer = setTimeout(connect, reconnectDelayMs(failures, Math.random()))
    failures += 1
  }

  function listen(opened: WebSocket) {
    let openedAt = Number.POSITIVE_INFINITY
    opened.addEventListener('open', () => {
      openedAt = performance.now()
      handlers.onStatus('live')
      if (wasDown) handlers.onReconnect()
    })
    opened.addEventListener('message', (event) => handlers.onMessage(event.data))
    opened.addEventListener('close', () => {
      if (performance.now() - openedAt > steadyMs) failures = 0
      retryLater('polling')
    })
  }

  async function connect() {
    clearTimeout(timer)
    timer = undefined
    try {
      const { ticket } = await call(createEventTicket, { signal: ending.signal })
      if (ending.signal.aborted) return
      socket = createSocket(ticket)
      listen(socket)
    } catch (error) {
      if (error instanceof ApiError && error.code === 'unauthorized') handlers.onSignedOut()
      else retryLater(error instanceof ApiError && error.code === 'network' ? 'offline' : 'polling')
    }
  }

  /** The network is back: no need to wait for the rest of the delay. */
  function connectNow() {
    if (timer !== undefined) void connect()
  }

  window.addEventListener('online', connectNow, { signal: ending.signal })
  void connect()

  return {
    close: () => {
      ending.abort()
      clearTimeout(timer)
      socket?.close()
    },
  }
}
