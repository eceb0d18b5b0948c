import { addons } from '#api/contract/addons.ts'
import { listApiGroups } from '#api/contract/api-groups.ts'
import { apis } from '#api/contract/apis.ts'
import { listBackups } from '#api/contract/backups.ts'
import { listContent } from '#api/contract/content.ts'
import type { Endpoint } from '#api/contract/endpoint.ts'
import type { EventResource } from '#api/contract/event-resource.ts'
import { listFiles } from '#api/contract/files.ts'
import { functions } from '#api/contract/functions.ts'
import { listMembers } from '#api/contract/members.ts'
import { middleware } from '#api/contract/middleware.ts'
import { listChannels } from '#api/contract/notifications.ts'
import { realtimeChannels } from '#api/contract/realtime-channels.ts'
import { listRestores } from '#api/contract/restores.ts'
import { listSchedules } from '#api/contract/schedules.ts'
import { listTables } from '#api/contract/tables.ts'
import { listTargets } from '#api/contract/targets.ts'
import { tasks } from '#api/contract/tasks.ts'
import { listTokens } from '#api/contract/tokens.ts'
import * as triggers from '#api/contract/triggers.ts'
import { listWorkspaces } from '#api/contract/workspaces.ts'

interface Readership {
  /** Operations that show the resource: whoever may call one of them hears of it. */
  reads: readonly Pick<Endpoint, 'id' | 'method' | 'path' | 'scope' | 'role'>[]
  /** True where it belongs to no workspace and serves them all: nothing for whoever is limited to some. */
  isBeyondWorkspaces?: true
}

const CONSTRUCTS = [
  functions,
  addons,
  tasks,
  apis,
  middleware,
  realtimeChannels,
  triggers.workspaceTriggers,
  triggers.tableTriggers,
  triggers.agentTriggers,
  triggers.mcpServerTriggers,
  triggers.realtimeTriggers,
]

/** Who may hear of each resource, by the operations that show it: an event tells nobody what they could not read. */
export const READERS: Readonly<Record<EventResource, Readership>> = {
  workspaces: { reads: [listWorkspaces] },
  tables: { reads: [listTables] },
  content: { reads: [listContent] },
  'api-groups': { reads: [listApiGroups] },
  constructs: { reads: CONSTRUCTS.map(({ list }) => list) },
  files: { reads: [listFiles] },
  tokens: { reads: [listTokens] },
  members: { reads: [listMembers] },
  backups: { reads: [listBackups] },
  restores: { reads: [listRestores] },
  targets: { reads: [listTargets], isBeyondWorkspaces: true },
  schedules: { reads: [listSchedules] },
  notifications: { reads: [listChannels] },
}
