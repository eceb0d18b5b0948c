import type { Value } from './ast.ts'
import { parseConstruct } from './parse-construct.ts'
import { NOWHERE } from './position.ts'
import { printConstruct, printValue } from './print.ts'
import {
  flagValue,
  objectValue,
  openConstruct,
  propertyNodes,
  PropertyReader,
  readEntries,
  refuse,
  textsValue,
  textValue,
} from './read-property.ts'
import { refuseVerb } from './refuse-verb.ts'

/** `api_group "shop" { canonical = "..." }`. */
export interface ApiGroupDocument {
  name: string
  canonical: string | null
  description: string | null
  docs: string | null
  active: boolean | null
  swagger: boolean | null
  tags: string[]
  guid: string | null
  /** The token that the group's documentation asks for (`swagger = {token: "..."}`); left out where there is none. */
  swaggerToken?: string
  /** Values of further properties as XanoScript, for who wants to keep them; left out where the text says none. */
  history?: string
  middleware?: string
  cors?: string
}

/** `branch "v1" { ... }`. */
export interface BranchDocument {
  name: string
  description: string | null
  color: string | null
  guid: string | null
}

/** `workspace "shop" { ... }`. */
export interface WorkspaceDocument {
  name: string
  description: string | null
  guid: string | null
}

/** Reads an API group. Throws `XanoScriptError`. */
export function parseApiGroup(source: string): ApiGroupDocument {
  const { name, reader } = open(source, 'api_group')
  const swagger = reader.value('swagger')
  const document: ApiGroupDocument = {
    name,
    canonical: reader.text('canonical'),
    description: reader.text('description'),
    docs: reader.text('docs'),
    active: reader.flag('active'),
    ...(swagger === undefined ? { swagger: null } : readSwagger(swagger)),
    tags: reader.texts('tags') ?? [],
    guid: reader.text('guid'),
    ...readTexts(reader, ['history', 'middleware', 'cors']),
  }
  reader.finish()
  return document
}

function open(source: string, kind: string): { name: string; reader: PropertyReader } {
  const construct = parseConstruct(source, new Map([[kind, []]]))
  refuseVerb(construct)
  return openConstruct(construct)
}

/** `true`, or in the newer forms `{active: true}` and `{token: "..."}`. */
function readSwagger(value: Value): Pick<ApiGroupDocument, 'swagger' | 'swaggerToken'> {
  if (value.type === 'bool') return { swagger: value.value }
  if (value.type !== 'object') return refuse('"swagger" is true, false or an object', value)
  const reader = new PropertyReader('"swagger"', readEntries(value, 'swagger'))
  const swagger = reader.flag('active') ?? true
  const token = reader.text('token') ?? ''
  reader.finish()
  return token === '' ? { swagger } : { swagger, swaggerToken: token }
}

/** Values as XanoScript, whatever they are. */
function readTexts<Name extends string>(reader: PropertyReader, names: readonly Name[]): { [Key in Name]?: string } {
  const texts: { [Key in Name]?: string } = {}
  for (const name of names) {
    const value = reader.value(name)
    if (value !== undefined) texts[name] = printValue(value, '  ')
  }
  return texts
}

/** Writes an API group. */
export function printApiGroup(document: ApiGroupDocument): string {
  return print('api_group', document.name, {
    canonical: optionalText(document.canonical),
    description: optionalText(document.description),
    docs: optionalText(document.docs),
    active: optionalFlag(document.active),
    swagger: swaggerValue(document),
    tags: document.tags.length === 0 ? null : textsValue(document.tags),
    guid: optionalText(document.guid),
    history: optionalRaw(document.history),
    middleware: optionalRaw(document.middleware),
    cors: optionalRaw(document.cors),
  })
}

function swaggerValue({ swagger, swaggerToken }: ApiGroupDocument): Value | null {
  if (swaggerToken === undefined) return optionalFlag(swagger)
  return objectValue({ active: flagValue(swagger ?? true), token: textValue(swaggerToken) })
}

/** Reads a branch. Throws `XanoScriptError`. */
export function parseBranch(source: string): BranchDocument {
  const { name, reader } = open(source, 'branch')
  const document: BranchDocument = {
    name,
    description: reader.text('description'),
    color: reader.text('color'),
    guid: reader.text('guid'),
  }
  reader.finish()
  return document
}

/** Writes a branch. */
export function printBranch(document: BranchDocument): string {
  return print('branch', document.name, {
    color: optionalText(document.color),
    description: optionalText(document.description),
    guid: optionalText(document.guid),
  })
}

/** Reads a workspace. Throws `XanoScriptError`. */
export function parseWorkspace(source: string): WorkspaceDocument {
  const { name, reader } = open(source, 'workspace')
  const document: WorkspaceDocument = { name, description: reader.text('description'), guid: reader.text('guid') }
  reader.finish()
  return document
}

/** Writes a workspace. */
export function printWorkspace(document: WorkspaceDocument): string {
  return print('workspace', document.name, {
    description: optionalText(document.description),
    guid: optionalText(document.guid),
  })
}

function print(kind: string, name: string, values: Record<string, Value | null>): string {
  return printConstruct({ kind, name, members: propertyNodes(values), at: NOWHERE })
}

function optionalText(text: string | null): Value | null {
  return text === null ? null : textValue(text)
}

function optionalFlag(flag: boolean | null): Value | null {
  return flag === null ? null : flagValue(flag)
}

function optionalRaw(text: string | undefined): Value | null {
  return text === undefined ? null : { type: 'raw', text, at: NOWHERE }
}
