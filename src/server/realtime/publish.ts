import { type RawBuilder, sql } from 'kysely'

import type { ServerEvent } from '#api/contract/events.ts'

import type { Db } from '../db/connection.ts'

/** The channel of PostgreSQL that every process listens to. */
export const CHANNEL = 'metadeck_events'
/** NOTIFY takes less than 8000 bytes; a larger event is sent as a plain "changed". */
const PAYLOAD_MAX_BYTES = 7_900

/** The call that sends an event, for a statement that does something else as well: it leaves with the commit. */
export function notification(event: ServerEvent): RawBuilder<unknown> {
  return sql`pg_notify(${CHANNEL}, ${payloadOf(event)})`
}

/** Sends an event to every process that shares the database. Inside a transaction it leaves with its commit. */
export async function publishEvent(db: Db, event: ServerEvent): Promise<void> {
  await sql`select ${notification(event)}`.execute(db)
}

function payloadOf(event: ServerEvent): string {
  const text = JSON.stringify(event)
  if (Buffer.byteLength(text) <= PAYLOAD_MAX_BYTES || event.type !== 'progress') return text
  return JSON.stringify({ type: 'changed', resource: event.resource, id: event.id })
}
