import { z } from 'zod'

import { constructFields, Description, DOCUMENT_MAX_BYTES } from './construct-fields.ts'
import { CreateQuery, TextQuery } from './constructs.ts'
import { Empty, endpoint, IdParam } from './endpoint.ts'
import { ContentName } from './names.ts'
import { ListQuery, pageSimple } from './paging.ts'
import { WorkspaceParams } from './workspaces.ts'

/** `name` is the channel's pattern: it may end in `*`. */
export const RealtimeChannel = z.object({ ...constructFields, active: z.boolean().optional() })
export type RealtimeChannel = z.infer<typeof RealtimeChannel>

/** The reference requires no key; without a name nothing can be created, which is then refused. */
const Settings = z.strictObject({
  name: ContentName.optional(),
  description: Description.optional(),
  active: z.boolean().optional(),
})

const PATH = '/api:meta/workspace/{workspace_id}/realtime/channel'
const ChannelParams = WorkspaceParams.extend({ channel_id: IdParam })

/** Channels have neither drafts nor an operation for their guid. */
export const realtimeChannels = {
  list: endpoint({
    id: 'realtimeChannelList',
    summary: 'List realtime channels',
    method: 'GET',
    path: PATH,
    scope: 'instance:workspace:read',
    params: WorkspaceParams,
    query: ListQuery.omit({ sort: true, order: true }),
    reply: pageSimple(RealtimeChannel),
  }),
  create: endpoint({
    id: 'realtimeChannelCreate',
    summary: 'New realtime channel',
    method: 'POST',
    path: PATH,
    scope: 'instance:workspace:update',
    changes: ['constructs'],
    params: WorkspaceParams,
    query: CreateQuery,
    body: Settings,
    takesXanoScript: true,
    bodyLimitBytes: DOCUMENT_MAX_BYTES,
    reply: RealtimeChannel,
  }),
  get: endpoint({
    id: 'realtimeChannelGet',
    summary: 'One realtime channel',
    method: 'GET',
    path: `${PATH}/{channel_id}`,
    scope: 'instance:workspace:read',
    params: ChannelParams,
    query: TextQuery,
    reply: RealtimeChannel,
  }),
  /** What JSON leaves out stays; a document replaces the whole text. */
  update: endpoint({
    id: 'realtimeChannelUpdate',
    summary: 'Change one realtime channel',
    method: 'PUT',
    path: `${PATH}/{channel_id}`,
    scope: 'instance:workspace:update',
    changes: ['constructs'],
    params: ChannelParams,
    query: TextQuery,
    body: Settings,
    takesXanoScript: true,
    bodyLimitBytes: DOCUMENT_MAX_BYTES,
    reply: RealtimeChannel,
  }),
  remove: endpoint({
    id: 'realtimeChannelDelete',
    summary: 'Delete one realtime channel',
    method: 'DELETE',
    path: `${PATH}/{channel_id}`,
    scope: 'instance:workspace:update',
    changes: ['constructs'],
    params: ChannelParams,
    reply: Empty,
  }),
}
