import pg from 'pg'

import type { ServerEvent } from '#api/contract/events.ts'

import type { Db } from '../db/connection.ts'
import { CHANNEL, publishEvent } from './publish.ts'

const RECONNECT_MS = 1_000

type Listener = (event: ServerEvent) => void

/** Server events, fanned out to every process that shares the database (architecture, section 7). */
export interface Hub {
  /** Inside a transaction the event leaves with its commit. */
  publish(db: Db, event: ServerEvent): Promise<void>
  subscribe(listener: Listener): () => void
  /** The listener is called when events may have been missed: what was heard until then is worth nothing any more. */
  onGap(listener: () => void): () => void
  close(): Promise<void>
}

/** Opens the hub: one connection of its own that listens, and comes back when it is lost. */
export async function openHub(options: pg.ClientConfig, onError: (error: unknown) => void): Promise<Hub> {
  const listeners = new Set<Listener>()
  const gapListeners = new Set<() => void>()
  let closed = false
  let client: pg.Client | undefined
  let timer: NodeJS.Timeout | undefined

  const deliver = (payload: string | undefined): void => {
    if (payload === undefined) return
    const event = JSON.parse(payload) as ServerEvent
    for (const listener of listeners) listener(event)
  }

  /** Begins to listen, or throws; once it listens, the loss of the connection has it begin again. */
  const listen = async (): Promise<void> => {
    const fresh = new pg.Client({ ...options, application_name: 'metadeck events' })
    let isListening = false
    // An attempt that fails is told of by what it throws, and only so: two ways to try again would double at each failure.
    const lost = (error?: unknown): void => {
      if (closed || !isListening) return
      isListening = false
      if (error !== undefined) onError(error)
      void fresh.end().catch(() => undefined)
      tryAgain()
    }
    fresh.on('error', lost)
    fresh.on('end', () => lost())
    fresh.on('notification', (message) => deliver(message.payload))
    client = fresh
    try {
      await fresh.connect()
      await fresh.query(`listen ${CHANNEL}`)
      isListening = true
    } catch (error) {
      void fresh.end().catch(() => undefined)
      throw error
    }
  }
  const tryAgain = (): void => {
    timer = setTimeout(
      () =>
        void listen().then(tellGap, (error: unknown) => {
          if (closed) return
          onError(error)
          tryAgain()
        }),
      RECONNECT_MS,
    )
  }

  /** What was published while nobody listened is lost. */
  const tellGap = (): void => {
    if (closed) return
    for (const listener of gapListeners) listener()
  }

  await listen()
  return {
    publish: publishEvent,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    onGap(listener) {
      gapListeners.add(listener)
      return () => gapListeners.delete(listener)
    },
    async close() {
      closed = true
      clearTimeout(timer)
      await client?.end()
    },
  }
}
