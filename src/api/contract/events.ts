import { z } from 'zod'

import { endpoint } from './endpoint.ts'
import { EventResource } from './event-resource.ts'

/** Something in a list changed: read it again. `tableId` narrows `content`. */
export const ChangedEvent = z.object({
  type: z.literal('changed'),
  resource: EventResource,
  workspaceId: z.number().int().optional(),
  id: z.number().int().optional(),
})

/** A backup or restore moved on. `item` has the shape of the resource's own reply. */
export const ProgressEvent = z.object({
  type: z.literal('progress'),
  resource: z.enum(['backups', 'restores']),
  id: z.number().int(),
  item: z.unknown(),
})

export const ServerEvent = z.discriminatedUnion('type', [ChangedEvent, ProgressEvent])
export type ServerEvent = z.infer<typeof ServerEvent>

/**
 * Subprotocol of the console's one socket, `/api:console/events`. The ticket travels as a second subprotocol
 * `ticket.<value>`, so that it is in no URL and no log.
 */
export const EVENTS_PATH = '/api:console/events'
export const EVENTS_PROTOCOL = 'metadeck.events'
export const EVENTS_TICKET_PREFIX = 'ticket.'

/** A ticket for one socket, valid for 30 seconds, once. */
export const createEventTicket = endpoint({
  id: 'eventTicketCreate',
  method: 'POST',
  path: '/api:console/events/ticket',
  scope: 'session',
  audited: false,
  reply: z.object({ ticket: z.string() }),
})
