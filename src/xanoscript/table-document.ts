import type { Construct, Value } from './ast.ts'
import { type ConstructGrammar, parseConstruct } from './parse-construct.ts'
import { NOWHERE } from './position.ts'
import { printConstruct, printValue } from './print.ts'
import {
  arrayValue,
  flagValue,
  objectValue,
  openConstruct,
  propertyNodes,
  PropertyReader,
  readEntries,
  readItems,
  refuse,
  textsValue,
  textValue,
} from './read-property.ts'
import { refuseVerb } from './refuse-verb.ts'
import type { SourceConstruct } from './source-construct.ts'
import { readTableField, type TableField, tableFieldNode } from './table-field.ts'

/**
 * `table "orders" { ... }`: all of it that has a meaning. Comments and layout are not kept: a table is stored as what it
 * is, and the printed document is the truth.
 */
export interface TableDocument {
  name: string
  description: string | null
  auth: boolean | null
  /** Null where the text says none, or an empty one. */
  guid: string | null
  tags: string[]
  fields: TableField[]
  index: TableIndex[]
  /** The object of saved views as XanoScript; it has no effect on requests. */
  view: string | null
}

export interface TableIndex {
  type: string
  fields: { name: string; op: string | null }[]
  name: string | null
  lang: string | null
}

const GRAMMAR: ConstructGrammar = new Map([['table', ['schema']]])

/** The parts of a table document, with their places. Throws `XanoScriptError`. */
export function parseTableConstruct(source: string): SourceConstruct {
  const construct = parseConstruct(source, GRAMMAR)
  refuseVerb(construct)
  return construct
}

/** Reads a table document. Throws `XanoScriptError`. */
export function parseTable(source: string): TableDocument {
  const construct = parseTableConstruct(source)
  const { name, reader } = openConstruct(construct)
  const schema = construct.members.find((member) => member.type === 'fields' && member.name === 'schema')
  if (schema?.type !== 'fields') return refuse('A table needs a schema', construct)
  const index = reader.value('index')
  const view = reader.value('view')
  const guid = reader.text('guid')
  const document: TableDocument = {
    name,
    description: reader.text('description'),
    auth: reader.flag('auth'),
    guid: guid === '' ? null : guid,
    tags: reader.texts('tags') ?? [],
    fields: schema.fields.map(readTableField),
    index: index === undefined ? [] : readItems(index, 'index').map(readIndex),
    view: view === undefined ? null : readView(view),
  }
  reader.finish()
  return document
}

/** Kept as it says, in the layout of a property: what the views search is not looked at. */
function readView(value: Value): string | null {
  if (value.type !== 'object') return refuse('"view" is an object', value)
  return value.entries.length === 0 ? null : printValue(value, '  ')
}

function readIndex(value: Value): TableIndex {
  const reader = new PropertyReader('An index', readEntries(value, 'index'))
  const type = reader.text('type') ?? refuse('An index needs a type', value)
  const fields = reader.value('field') ?? refuse('An index needs a field', value)
  const index: TableIndex = {
    type,
    fields: readItems(fields, 'field').map(readIndexField),
    name: reader.text('name'),
    lang: reader.text('lang'),
  }
  reader.finish()
  return index
}

function readIndexField(value: Value): TableIndex['fields'][number] {
  const reader = new PropertyReader('The field of an index', readEntries(value, 'field'))
  const field = {
    name: reader.text('name') ?? refuse('The field of an index needs a name', value),
    op: reader.text('op'),
  }
  reader.finish()
  return field
}

/** Writes a table document. */
export function printTable(document: TableDocument): string {
  const construct: Construct = {
    kind: 'table',
    name: document.name,
    members: [
      ...propertyNodes({
        description: document.description === null ? null : textValue(document.description),
        auth: document.auth === null ? null : flagValue(document.auth),
      }),
      { type: 'fields', name: 'schema', fields: document.fields.map(tableFieldNode), at: NOWHERE },
      ...propertyNodes({
        index: document.index.length === 0 ? null : arrayValue(document.index.map(indexNode)),
        view: document.view === null ? null : { type: 'raw', text: document.view, at: NOWHERE },
        tags: document.tags.length === 0 ? null : textsValue(document.tags),
        guid: document.guid === null ? null : textValue(document.guid),
      }),
    ],
    at: NOWHERE,
  }
  return printConstruct(construct)
}

function indexNode(index: TableIndex): Value {
  return objectValue({
    type: textValue(index.type),
    field: arrayValue(
      index.fields.map((field) =>
        objectValue({ name: textValue(field.name), op: field.op === null ? null : textValue(field.op) }),
      ),
    ),
    name: index.name === null ? null : textValue(index.name),
    lang: index.lang === null ? null : textValue(index.lang),
  })
}
