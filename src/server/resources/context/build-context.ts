import type { ContextPart } from '#api/contract/context.ts'
import type { ConstructKind } from '#xanoscript/construct-kinds.ts'

import { fieldOf } from '../../archive/column-field.ts'
import { printTableText } from '../../archive/table-text.ts'
import type { TableDefinition } from '../../tables/definition.ts'
import { textOf } from '../api-groups/present.ts'
import type { ApiGroupRow } from '../api-groups/store.ts'
import { addressOf } from '../openapi/documents.ts'
import type { KnownConstruct } from '../openapi/read-constructs.ts'
import { type Facts, fieldFacts, wordsOrNothing } from './field-facts.ts'

export interface ContextInput {
  workspace: { id: number; name: string; description?: string | undefined }
  /** Label of the branch that constructs are of. */
  branch: string
  tables: readonly TableDefinition[]
  groups: readonly ApiGroupRow[]
  constructs: readonly KnownConstruct[]
  include: ReadonlySet<ContextPart>
}

/** The map of a workspace. Empty descriptions are left out; every list is there, also an empty one. */
export function buildContext(input: ContextInput): Facts {
  const { workspace, branch, constructs, include } = input
  const names = new Map(input.tables.map(({ id, name }) => [id, name]))
  const ofKind = (kind: ConstructKind): Facts[] =>
    constructs.filter(({ row }) => row.kind === kind).map((construct) => constructFacts(construct, include))
  return {
    workspace: { id: workspace.id, name: workspace.name, description: wordsOrNothing(workspace.description), branch },
    tables: input.tables.map((table) => tableFacts(table, names, include)),
    api_groups: input.groups.map((group) => groupFacts(group, input)),
    functions: ofKind('function'),
    tasks: ofKind('task'),
    addons: ofKind('addon'),
    middleware: ofKind('middleware'),
    triggers: constructs
      .filter(({ row }) => row.kind.endsWith('_trigger'))
      .map((construct) => ({ kind: construct.row.kind, ...constructFacts(construct, include) })),
    realtime_channels: ofKind('realtime_channel'),
  }
}

function tableFacts(
  table: TableDefinition,
  names: ReadonlyMap<number, string>,
  include: ReadonlySet<ContextPart>,
): Facts {
  return {
    id: table.id,
    name: table.name,
    description: wordsOrNothing(table.description),
    auth: table.auth ? true : undefined,
    docs: include.has('docs') ? wordsOrNothing(table.docs) : undefined,
    columns: table.columns.map((column) => fieldFacts(fieldOf(column, names))),
    xanoscript: include.has('xanoscript') ? printTableText(table, names) : undefined,
  }
}

function groupFacts(group: ApiGroupRow, { constructs, include }: ContextInput): Facts {
  return {
    id: group.id,
    name: group.name,
    description: wordsOrNothing(group.description),
    address: addressOf(group),
    docs: include.has('docs') ? wordsOrNothing(group.docs) : undefined,
    endpoints: constructs
      .filter(({ row }) => row.api_group_id === group.id)
      .map((construct) => endpointFacts(construct, include)),
    xanoscript: include.has('xanoscript') ? textOf(group) : undefined,
  }
}

function endpointFacts(construct: KnownConstruct, include: ReadonlySet<ContextPart>): Facts {
  const { id, name: _name, ...facts } = constructFacts(construct, include)
  const path = `/${construct.row.name.replace(/^\/+/, '')}`
  return { id, verb: construct.row.verb, path, auth: wordsOrNothing(construct.header?.auth), ...facts }
}

function constructFacts({ row, header, problem, input }: KnownConstruct, include: ReadonlySet<ContextPart>): Facts {
  const actions = Object.entries(header?.actions ?? {}).flatMap(([action, isOn]) => (isOn ? [action] : []))
  return {
    id: row.id,
    name: row.name,
    description: wordsOrNothing(row.description),
    active: header?.active === false ? false : undefined,
    datasource: wordsOrNothing(header?.datasource),
    target: wordsOrNothing(header?.target),
    actions: actions.length === 0 ? undefined : actions,
    inputs: hasInputs(row.kind) ? input.map(fieldFacts) : undefined,
    problem: wordsOrNothing(problem),
    docs: include.has('docs') ? wordsOrNothing(header?.docs) : undefined,
    xanoscript: include.has('xanoscript') ? row.text : undefined,
  }
}

/** Tasks and channels take none; those of triggers are given by their kind. */
function hasInputs(kind: ConstructKind): boolean {
  return kind === 'query' || kind === 'function' || kind === 'addon' || kind === 'middleware'
}
