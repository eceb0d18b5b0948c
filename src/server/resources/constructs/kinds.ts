import { addons } from '#api/contract/addons.ts'
import { type Api, apis } from '#api/contract/apis.ts'
import { type Func, functions } from '#api/contract/functions.ts'
import { middleware } from '#api/contract/middleware.ts'
import { type RealtimeChannel, realtimeChannels } from '#api/contract/realtime-channels.ts'
import { activateTask, type Task, tasks } from '#api/contract/tasks.ts'
import * as triggers from '#api/contract/triggers.ts'
import type { ConstructHeader } from '#xanoscript/construct-header.ts'

import { LIVE_DATA_SOURCE } from '../../db/workspace.ts'
import { toCache } from './cache.ts'
import type { Extra, Kind, PresentContext } from './kind.ts'
import { toInput } from './present-input.ts'

const nothing = (): object => ({})

function presentQuery(header: ConstructHeader, { row, tables }: PresentContext): Extra<Api> {
  const { auth: name } = header
  return {
    docs: header.docs,
    ...(row.api_group_id === null ? {} : { apigroup_id: row.api_group_id }),
    verb: header.verb ?? 'GET',
    auth: name === null ? null : { id: tables.get(name.toLowerCase()) ?? null, name },
    cache: toCache(header.cache),
    input: header.input.map(toInput),
  }
}

function presentFunction(header: ConstructHeader): Extra<Func> {
  return { docs: header.docs, cache: toCache(header.cache), input: header.input.map(toInput) }
}

function presentTask(header: ConstructHeader): Extra<Task> {
  return { docs: header.docs, datasource: header.datasource ?? LIVE_DATA_SOURCE, active: header.active ?? true }
}

function presentWorkspaceTrigger({ actions }: ConstructHeader): Extra<triggers.WorkspaceTrigger> {
  return { actions: { branch_live: false, branch_merge: false, branch_new: false, ...actions } }
}

function presentTableTrigger(
  { actions, target }: ConstructHeader,
  { tables }: PresentContext,
): Extra<triggers.TableTrigger> {
  const tableId = tables.get((target ?? '').toLowerCase())
  return {
    actions: { insert: false, update: false, delete: false, truncate: false, ...actions },
    ...(tableId === undefined ? {} : { table_id: tableId }),
  }
}

function presentRealtimeTrigger({ actions }: ConstructHeader): Extra<triggers.RealtimeTrigger> {
  return { actions: { message: false, join: false, ...actions } }
}

function presentChannel({ active }: ConstructHeader): Extra<RealtimeChannel> {
  return { active: active ?? true }
}

const REALTIME_TRIGGER = {
  kind: 'realtime_trigger',
  noun: 'realtime trigger',
  idParam: 'trigger_id',
  present: presentRealtimeTrigger,
} as const

/** Every kind with the operations that serve it. Realtime triggers are served under two addresses. */
export const KINDS: readonly Kind[] = [
  { kind: 'query', noun: 'API', idParam: 'api_id', endpoints: apis, refersToTables: true, present: presentQuery },
  { kind: 'function', noun: 'function', idParam: 'function_id', endpoints: functions, present: presentFunction },
  {
    kind: 'task',
    noun: 'task',
    idParam: 'task_id',
    endpoints: { ...tasks, activate: activateTask },
    present: presentTask,
  },
  { kind: 'addon', noun: 'addon', idParam: 'addon_id', endpoints: addons, present: nothing },
  { kind: 'middleware', noun: 'middleware', idParam: 'middleware_id', endpoints: middleware, present: nothing },
  {
    kind: 'workspace_trigger',
    noun: 'workspace trigger',
    idParam: 'trigger_id',
    endpoints: triggers.workspaceTriggers,
    present: presentWorkspaceTrigger,
  },
  {
    kind: 'table_trigger',
    noun: 'table trigger',
    idParam: 'trigger_id',
    endpoints: triggers.tableTriggers,
    refersToTables: true,
    present: presentTableTrigger,
  },
  {
    kind: 'agent_trigger',
    noun: 'agent trigger',
    idParam: 'trigger_id',
    endpoints: triggers.agentTriggers,
    present: nothing,
  },
  {
    kind: 'mcp_server_trigger',
    noun: 'MCP server trigger',
    idParam: 'trigger_id',
    endpoints: triggers.mcpServerTriggers,
    present: nothing,
  },
  { ...REALTIME_TRIGGER, endpoints: triggers.realtimeTriggers },
  { ...REALTIME_TRIGGER, endpoints: triggers.realtimeTriggerAliases },
  {
    kind: 'realtime_channel',
    noun: 'realtime channel',
    idParam: 'channel_id',
    endpoints: realtimeChannels,
    present: presentChannel,
  },
]
