import type { Construct, Value } from './ast.ts'
import { parseConstruct } from './parse-construct.ts'
import { NOWHERE } from './position.ts'
import { printConstruct } from './print.ts'
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
import { readTableField, type TableField, tableFieldNode } from './table-field.ts'

/** `table "orders" { ... }`. */
export interface TableDocument {
  name: string
  description: string | null
  auth: boolean | null
  guid: string | null
  tags: string[]
  fields: TableField[]
  index: TableIndex[]
}

export interface TableIndex {
  type: string
  fields: { name: string; op: string | null }[]
  name: string | null
  lang: string | null
}

/** Reads a table document. Throws `XanoScriptError`. */
export function parseTable(source: string): TableDocument {
  const construct = parseConstruct(source)
  const { name, reader } = openConstruct(construct, 'table')
  const schema = construct.members.find((member) => member.type === 'fields' && member.name === 'schema')
  if (schema?.type !== 'fields') return refuse('A table needs a schema', construct)
  const index = reader.value('index')
  const document: TableDocument = {
    name,
    description: reader.text('description'),
    auth: reader.flag('auth'),
    guid: reader.text('guid'),
    tags: reader.texts('tags') ?? [],
    fields: schema.fields.map(readTableField),
    index: index === undefined ? [] : readItems(index, 'index').map(readIndex),
  }
  reader.finish()
  return document
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
