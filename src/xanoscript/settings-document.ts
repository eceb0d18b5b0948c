import type { Value } from './ast.ts'
import { parseConstruct } from './parse-construct.ts'
import { NOWHERE } from './position.ts'
import { printConstruct } from './print.ts'
import {
  flagValue,
  openConstruct,
  propertyNodes,
  PropertyReader,
  readEntries,
  refuse,
  textsValue,
  textValue,
} from './read-property.ts'

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
  const construct = parseConstruct(source)
  const { name, reader } = openConstruct(construct, 'api_group')
  const swagger = reader.value('swagger')
  const document: ApiGroupDocument = {
    name,
    canonical: reader.text('canonical'),
    description: reader.text('description'),
    docs: reader.text('docs'),
    active: reader.flag('active'),
    swagger: swagger === undefined ? null : readSwagger(swagger),
    tags: reader.texts('tags') ?? [],
    guid: reader.text('guid'),
  }
  reader.finish()
  return document
}

/** `true`, or in the newer form `{active: true}`. */
function readSwagger(value: Value): boolean {
  if (value.type === 'bool') return value.value
  if (value.type !== 'object') return refuse('"swagger" is true, false or an object', value)
  const reader = new PropertyReader('"swagger"', readEntries(value, 'swagger'))
  const isActive = reader.flag('active') ?? true
  reader.finish()
  return isActive
}

/** Writes an API group. */
export function printApiGroup(document: ApiGroupDocument): string {
  return print('api_group', document.name, {
    canonical: optionalText(document.canonical),
    description: optionalText(document.description),
    docs: optionalText(document.docs),
    active: optionalFlag(document.active),
    swagger: optionalFlag(document.swagger),
    tags: document.tags.length === 0 ? null : textsValue(document.tags),
    guid: optionalText(document.guid),
  })
}

/** Reads a branch. Throws `XanoScriptError`. */
export function parseBranch(source: string): BranchDocument {
  const { name, reader } = openConstruct(parseConstruct(source), 'branch')
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
  const { name, reader } = openConstruct(parseConstruct(source), 'workspace')
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
