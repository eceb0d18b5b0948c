import { z } from 'zod'

import { endpoint, IdParam } from './endpoint.ts'
import { list } from './list.ts'
import { DisplayName } from './names.ts'
import { cursorPage, CursorQuery } from './paging.ts'

/**
 * What is told. `failed`: a backup, or a verification of one; `missed`: a schedule did not run at its time; `looks_wrong`
 * and `size_jump`: a backup is whole and yet unlike those before it; `token_expiring`: an access token that a schedule
 * needs ends soon; `password_reminder`: nobody proved a schedule's password for 90 days; `recovered`: a schedule works
 * again.
 */
export const NotificationEvent = z.enum([
  'failed',
  'missed',
  'looks_wrong',
  'size_jump',
  'token_expiring',
  'password_reminder',
  'recovered',
])
export type NotificationEvent = z.infer<typeof NotificationEvent>

/** What a webhook gets as JSON; an e-mail says the same in words. */
export const NotificationPayload = z.object({
  event: z.union([NotificationEvent, z.literal('test')]),
  at: z.iso.datetime(),
  /** One line. */
  subject: z.string(),
  /** What happened, why, what to do. */
  message: z.string(),
  workspace: z.object({ id: z.number().int(), name: z.string() }).nullable(),
  schedule: z.object({ id: z.number().int(), name: z.string() }).nullable(),
  backup: z.object({ id: z.number().int(), status: z.string() }).nullable(),
  /** Address in the console. */
  url: z.string(),
})
export type NotificationPayload = z.infer<typeof NotificationPayload>

const WebhookSettings = z.strictObject({
  kind: z.literal('webhook'),
  /** Without a user or password in it: the request is signed instead. */
  url: z.url({ protocol: /^https?$/ }).max(2_000),
})
const EmailSettings = z.strictObject({
  kind: z.literal('email'),
  /** A name or an IP address. */
  host: z
    .string()
    .max(255)
    .regex(/^[\p{L}\p{N}._:-]+$/u, 'Give a host name or an IP address, without a scheme or a port'),
  port: z.number().int().min(1).max(65_535).default(587),
  /** `tls` from the first byte, `starttls` demanded, or neither. */
  security: z.enum(['tls', 'starttls', 'none']).default('starttls'),
  user: z.string().max(255).default(''),
  from: z.email(),
  to: list(z.email()).min(1).max(50),
})
export const ChannelSettings = z.discriminatedUnion('kind', [WebhookSettings, EmailSettings])
export type ChannelSettings = z.infer<typeof ChannelSettings>

export const Delivery = z.object({
  id: z.number().int(),
  channelId: z.number().int(),
  event: z.string(),
  subject: z.string(),
  status: z.enum(['queued', 'delivered', 'failed']),
  attempts: z.number().int(),
  error: z.string().nullable(),
  createdAt: z.iso.datetime(),
  nextAttemptAt: z.iso.datetime().nullable(),
  deliveredAt: z.iso.datetime().nullable(),
})
export type Delivery = z.infer<typeof Delivery>

/** A webhook or a mailbox. The secret (signing key, SMTP password) is never answered. */
export const Channel = z.object({
  id: z.number().int(),
  name: z.string(),
  settings: ChannelSettings,
  hasSecret: z.boolean(),
  events: z.array(NotificationEvent),
  active: z.boolean(),
  lastDelivery: Delivery.nullable(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
})
export type Channel = z.infer<typeof Channel>

export const SaveChannel = z.strictObject({
  name: DisplayName,
  settings: ChannelSettings,
  /**
   * Absent in a change = stays, which is refused where the message would go to another address or user than before.
   * Empty: an e-mail channel has none, a webhook gets one made, as it does when it is new and none is sent.
   */
  secret: z.string().max(1_000).optional(),
  events: list(NotificationEvent).min(1).max(100),
  active: z.boolean().default(true),
})
export type SaveChannel = z.input<typeof SaveChannel>

const ChannelParams = z.object({ id: IdParam })

/** `secret` is the signing key of a webhook where one was made, told this once; else null. */
const SavedChannel = Channel.extend({ secret: z.string().nullable() })

/** All of these are for owners and admins; members get 403. */
export const listChannels = endpoint({
  id: 'channelList',
  method: 'GET',
  path: '/api:console/notifications/channels',
  scope: 'session',
  role: 'admin',
  reply: z.object({ items: z.array(Channel) }),
})

export const createChannel = endpoint({
  id: 'channelCreate',
  method: 'POST',
  path: '/api:console/notifications/channels',
  scope: 'session',
  role: 'admin',
  changes: ['notifications'],
  body: SaveChannel,
  reply: SavedChannel,
  status: 201,
})

export const updateChannel = endpoint({
  id: 'channelUpdate',
  method: 'PUT',
  path: '/api:console/notifications/channels/{id}',
  scope: 'session',
  role: 'admin',
  changes: ['notifications'],
  params: ChannelParams,
  body: SaveChannel,
  reply: SavedChannel,
})

export const deleteChannel = endpoint({
  id: 'channelDelete',
  method: 'DELETE',
  path: '/api:console/notifications/channels/{id}',
  scope: 'session',
  role: 'admin',
  changes: ['notifications'],
  params: ChannelParams,
  reply: z.null(),
})

/** Sends a message now, once; a refusal is an answer, not an error. */
export const testChannel = endpoint({
  id: 'channelTest',
  method: 'POST',
  path: '/api:console/notifications/channels/{id}/test',
  scope: 'session',
  role: 'admin',
  changes: ['notifications'],
  params: ChannelParams,
  reply: z.object({ ok: z.boolean(), message: z.string(), ms: z.number().int() }),
})

export const listDeliveries = endpoint({
  id: 'deliveryList',
  method: 'GET',
  path: '/api:console/notifications/deliveries',
  scope: 'session',
  role: 'admin',
  query: CursorQuery.extend({ channelId: IdParam.optional() }),
  reply: cursorPage(Delivery),
})
