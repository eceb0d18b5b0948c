import type { QueryClient } from '@tanstack/react-query'

import { ServerEvent } from '#api/contract/events.ts'

import { applyProgress, createInvalidator, pollMs } from './event-cache.ts'
import { type ConnectionStatus, keepSocket } from './event-socket.ts'
import { endSession, refreshRights } from './session.ts'

export interface ServerEvents {
  /** Opens the socket and keeps it open until the returned function is called. */
  start: () => () => void
  subscribe: (listener: () => void) => () => void
  status: () => ConnectionStatus
}

function parseEvent(data: unknown): ServerEvent | undefined {
  try {
    return ServerEvent.safeParse(JSON.parse(String(data))).data
  } catch {
    return undefined
  }
}

/** The console's one socket: writes what the server tells into the cache, and polls while it cannot. */
export function createServerEvents(client: QueryClient): ServerEvents {
  const listeners = new Set<() => void>()
  const invalidator = createInvalidator(client)
  let readingRights: Promise<void> | undefined
  let status: ConnectionStatus = 'connecting'

  function setStatus(next: ConnectionStatus) {
    if (next === status) return
    status = next
    for (const listener of listeners) listener()
  }

  function receive(data: unknown) {
    const event = parseEvent(data)
    if (event === undefined) return
    if (event.type === 'changed' && event.resource === 'members') void refreshRights(client)
    if (event.type === 'changed' || applyProgress(client, event)) invalidator.add(event.resource)
  }

  /** Without a socket nobody tells of new rights either. A slow answer is waited for, not asked for once more. */
  function poll() {
    invalidator.poll()
    readingRights ??= refreshRights(client).finally(() => {
      readingRights = undefined
    })
  }

  function start() {
    const socket = keepSocket({
      onStatus: setStatus,
      onMessage: receive,
      onReconnect: () => {
        invalidator.all()
        void refreshRights(client)
      },
      onSignedOut: () => endSession(client, 'expired'),
    })
    const timer = setInterval(() => {
      if ((status === 'polling' || status === 'offline') && !document.hidden) poll()
    }, pollMs)
    return () => {
      clearInterval(timer)
      socket.close()
      invalidator.stop()
      setStatus('connecting')
    }
  }

  return {
    start,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    status: () => status,
  }
}
