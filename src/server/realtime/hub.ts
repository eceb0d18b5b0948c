import { sql } from 'kysely'
import pg from 'pg'

import type { ServerEvent } from '#api/contract/events.ts'

import type { Db } from '../db/connection.ts'

const CHANNEL = 'metadeck_events'
/** NOTIFY takes less than 8000 bytes; a larger event is sent as a plain "changed". */
const PAYLOAD_MAX_BYTES = 7_900
const RECONNECT_MS = 1_000

type Listener = (event: ServerEvent) => void

/** Server events, fanned out to every process that shares the database (architecture, section 7). */
export interface Hub {
  /** Inside a transaction the event leaves with its commit. */
  publish(db: Db, event: ServerEvent): Promise<void>
  subscribe(listener: Listener): () => void
  close(): Promise<void>
}

/** Opens the hub: one connection of its own that listens, and comes back when it is lost. */
export async function openHub(options: pg.ClientConfig, onError: (error: unknown) => void): Promise<Hub> {
  const listeners = new Set<Listener>()
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
        void listen().catch((error: unknown) => {
          if (closed) return
          onError(error)
          tryAgain()
        }),
      RECONNECT_MS,
    )
  }

  await listen()
  return {
    async publish(db, event) {
      const text = JSON.stringify(event)
      const small = Buffer.byteLength(text) <= PAYLOAD_MAX_BYTES
      const payload =
        small || event.type !== 'progress'
          ? text
          : JSON.stringify({ type: 'changed', resource: event.resource, id: event.id })
      await sql`select pg_notify(${CHANNEL}, ${payload})`.execute(db)
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async close() {
      closed = true
      clearTimeout(timer)
      await client?.end()
    },
  }
}
