import { aKind } from './a-kind.ts'
import { readCache } from './cache-settings.ts'
import { readChannel } from './channel-settings.ts'
import { hasSetting, TARGETS } from './construct-grammar.ts'
import type { ConstructChanges, ConstructHeader } from './construct-header.ts'
import { CONSTRUCT_KINDS, type ConstructKind, QUERY_VERBS, type QueryVerb } from './construct-kinds.ts'
import { type Position, XanoScriptError } from './position.ts'
import { openConstruct, type PropertyReader, readEntries, refuse } from './read-property.ts'
import { refuseVerb } from './refuse-verb.ts'
import type { SourceConstruct } from './source-construct.ts'
import { readInputField, type TableField } from './table-field.ts'

/** What a parsed construct says about itself. Throws `XanoScriptError` where a property says what it cannot. */
export function readHeader(construct: SourceConstruct): ConstructHeader {
  const kind = kindOf(construct)
  const { name, reader } = openConstruct(construct)
  requireName(kind, name, construct.nameAt)
  const has = (setting: keyof ConstructChanges): boolean => hasSetting(kind, setting)
  return {
    kind,
    name,
    verb: readVerb(construct),
    description: reader.text('description') ?? '',
    docs: reader.text('docs') ?? '',
    tags: reader.texts('tags') ?? [],
    guid: textOf(reader, 'guid'),
    active: reader.flag('active'),
    apiGroup: has('apiGroup') ? textOf(reader, 'api_group') : null,
    auth: has('auth') ? readAuth(reader) : null,
    datasource: has('datasource') ? textOf(reader, 'datasource') : null,
    datasources: (has('datasources') ? reader.texts('datasources') : null) ?? [],
    ...readTrigger(construct, kind, reader),
    cache: has('cache') ? readCache(reader) : null,
    input: readInput(construct),
    channel: has('channel') ? readChannel(reader) : null,
  }
}

function kindOf({ kind, at }: SourceConstruct): ConstructKind {
  return CONSTRUCT_KINDS.find((one) => one === kind) ?? refuse(`There is no construct "${kind}"`, { at })
}

/** Refuses a name that a construct of this kind cannot have. */
export function requireName(kind: ConstructKind, name: string, at: Position): void {
  if (name.trim() === '') throw new XanoScriptError(`${aKind(kind)} needs a name`, at)
  if (kind === 'function' && name.startsWith('/')) {
    throw new XanoScriptError('The name of a function does not start with "/"', at)
  }
}

function readVerb(construct: SourceConstruct): QueryVerb | null {
  const { kind, verb, nameAt } = construct
  if (kind !== 'query') {
    refuseVerb(construct)
    return null
  }
  if (verb === null) throw new XanoScriptError('A query needs a verb, such as verb=GET after its name', nameAt)
  const known = QUERY_VERBS.find((one) => one === verb.text)
  return known ?? refuse(`The verb is one of ${QUERY_VERBS.join(', ')}, not "${verb.text}"`, verb)
}

/** An empty text says as much as none. */
function textOf(reader: PropertyReader, name: string): string | null {
  const text = reader.text(name)
  return text === '' ? null : text
}

/** "none" is the word of older documents for a public query. */
function readAuth(reader: PropertyReader): string | null {
  const auth = textOf(reader, 'auth')
  return auth === 'none' ? null : auth
}

function readTrigger(
  construct: SourceConstruct,
  kind: ConstructKind,
  reader: PropertyReader,
): Pick<ConstructHeader, 'target' | 'actions'> {
  const property = TARGETS[kind]
  const target = property === undefined ? null : textOf(reader, property)
  if (property !== undefined && target === null) refuse(`${aKind(kind)} needs the property "${property}"`, construct)
  return { target, actions: hasSetting(kind, 'actions') ? readActions(reader) : {} }
}

function readActions(reader: PropertyReader): Record<string, boolean> {
  const value = reader.value('actions')
  if (value === undefined) return {}
  return Object.fromEntries(
    readEntries(value, 'actions').map((entry) => {
      if (entry.value.type !== 'bool') return refuse(`"${entry.name}" is true or false`, entry.value)
      return [entry.name, entry.value.value]
    }),
  )
}

function readInput({ members }: SourceConstruct): TableField[] {
  const input = members.find((member) => member.type === 'fields' && member.name === 'input')
  return input?.type === 'fields' ? input.fields.map(readInputField) : []
}
