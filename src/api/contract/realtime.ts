import { z } from 'zod'

import { endpoint } from './endpoint.ts'
import { list } from './list.ts'
import { ContentName } from './names.ts'
import { WorkspaceParams } from './workspaces.ts'

/** Messages that a channel can keep. */
const HistoryLength = z.union([
  z.literal(0),
  z.literal(25),
  z.literal(50),
  z.literal(100),
  z.literal(250),
  z.literal(1000),
])

const ruleFields = {
  description: z.string().max(10_000),
  enabled: z.boolean(),
  /** Takes every channel below the pattern too; so does any pattern that ends in `*`. */
  wildcard: z.boolean(),
  presence: z.boolean(),
  anonymous_clients: z.boolean(),
  client_authenticated_messaging: z.boolean(),
  client_private_messaging: z.boolean(),
  client_private_messaging_authenticated_only: z.boolean(),
  client_public_messaging: z.boolean(),
  client_public_messaging_authenticated_only: z.boolean(),
}

/** A realtime channel as a rule of the settings. The reference has `history` in requests only; it is answered too. */
export const RealtimeChannelRule = z.object({
  id: z.number().int(),
  pattern: z.string(),
  ...ruleFields,
  history: z.number().int(),
})
export type RealtimeChannelRule = z.infer<typeof RealtimeChannelRule>

export const Realtime = z.object({
  enabled: z.boolean(),
  /** Public name of the connection: the last part of its address `/rt/<hash>`. */
  hash: z.string(),
  channels: z.array(RealtimeChannelRule),
})
export type Realtime = z.infer<typeof Realtime>

/** A rule to write. It is for the channel with this id or else this pattern; keys left out stay as they are there. */
export const WriteChannelRule = z.strictObject({
  id: z.number().int().positive().optional(),
  pattern: ContentName,
  ...z.object(ruleFields).partial().shape,
  history: HistoryLength.optional(),
})
export type WriteChannelRule = z.infer<typeof WriteChannelRule>

export const UpdateRealtime = z.strictObject({
  enabled: z.boolean().optional(),
  hash: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,64}$/, 'Letters, digits, _ and -, at most 64 characters')
    .optional(),
  channels: list(WriteChannelRule).max(1_000).optional(),
})
export type UpdateRealtime = z.infer<typeof UpdateRealtime>

/** Settings of the workspace and the channels of its live branch. */
export const getRealtime = endpoint({
  id: 'realtimeGet',
  summary: 'Read the realtime settings',
  method: 'GET',
  path: '/api:meta/workspace/{workspace_id}/realtime',
  scope: 'instance:workspace:read',
  params: WorkspaceParams,
  reply: Realtime,
})

/** What is not sent stays. With `channels`, the live branch has these channels and no others afterwards. */
export const updateRealtime = endpoint({
  id: 'realtimeUpdate',
  summary: 'Change the realtime settings',
  method: 'PUT',
  path: '/api:meta/workspace/{workspace_id}/realtime',
  scope: 'instance:workspace:update',
  changes: ['workspaces', 'constructs'],
  params: WorkspaceParams,
  body: UpdateRealtime,
  reply: Realtime,
  bodyLimitBytes: 4_194_304,
})
