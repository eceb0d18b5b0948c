import type { ConstructChanges } from './construct-header.ts'
import { CONSTRUCT_KINDS, type ConstructKind } from './construct-kinds.ts'
import type { BlockName, ConstructGrammar } from './parse-construct.ts'

/** The blocks of each kind (section 4 of the language's reference). All of them may be left out. */
const BLOCKS: Record<ConstructKind, readonly BlockName[]> = {
  query: ['input', 'output', 'stack', 'test'],
  function: ['input', 'output', 'stack', 'test'],
  task: ['stack', 'schedule'],
  addon: ['input', 'output', 'stack'],
  middleware: ['input', 'output', 'stack', 'test'],
  workspace_trigger: ['input', 'stack'],
  table_trigger: ['input', 'stack'],
  realtime_trigger: ['input', 'stack'],
  agent_trigger: ['input', 'stack'],
  mcp_server_trigger: ['input', 'stack'],
  realtime_channel: [],
}

export const CONSTRUCT_GRAMMAR: ConstructGrammar = new Map(CONSTRUCT_KINDS.map((kind) => [kind, BLOCKS[kind]]))

/** The property that says what a trigger listens to. A workspace trigger listens to its own workspace. */
export const TARGETS: Partial<Record<ConstructKind, string>> = {
  table_trigger: 'table',
  realtime_trigger: 'channel',
  agent_trigger: 'agent',
  mcp_server_trigger: 'mcp_server',
}

/** Settings that only some kinds have; the others are for all. */
const SETTING_KINDS: Partial<Record<keyof ConstructChanges, readonly ConstructKind[]>> = {
  verb: ['query'],
  apiGroup: ['query'],
  auth: ['query'],
  cache: ['query', 'function'],
  datasource: ['task'],
  datasources: ['table_trigger'],
  actions: ['table_trigger', 'realtime_trigger', 'workspace_trigger', 'agent_trigger', 'mcp_server_trigger'],
  target: ['table_trigger', 'realtime_trigger', 'agent_trigger', 'mcp_server_trigger'],
  channel: ['realtime_channel'],
}

export function hasSetting(kind: ConstructKind, setting: keyof ConstructChanges): boolean {
  return SETTING_KINDS[setting]?.includes(kind) ?? true
}
