import type { Field, FieldFilter, ListRange, Value } from './ast.ts'
import { NOWHERE } from './position.ts'
import { flagValue, propertyNodes, PropertyReader, refuse, textsValue, textValue } from './read-property.ts'

/** A column of a table document. */
export interface TableField {
  name: string
  type: string
  list: ListRange | null
  nullable: boolean
  optional: boolean
  default: FieldDefault | null
  filters: FieldFilter[]
  description: string | null
  sensitive: boolean | null
  /** Name of the table that this field refers to. */
  table: string | null
  /** Choices of an enum. */
  values: string[] | null
  /** Dimensions of a vector. */
  size: number | null
  visibility: string | null
  /** Fields of an object. */
  children: TableField[] | null
}

/** `literal` stands as it is (a number, true, now), `text` is quoted. */
export interface FieldDefault {
  kind: 'literal' | 'text'
  text: string
}

/** Numbers and constants that stand without quotes. */
const LITERAL = /^(?:-?\d+(?:\.\d+)?|true|false|null|now)$/

/** True where a default's text may stand without quotes. */
export function isLiteral(text: string): boolean {
  return LITERAL.test(text)
}

/** What a field says; unknown metadata is refused. */
export function readTableField(field: Field): TableField {
  const reader = new PropertyReader(`The field "${field.name}"`, field.meta)
  const result: TableField = {
    name: field.name,
    type: field.type,
    list: field.list,
    nullable: field.nullable,
    optional: field.optional,
    default: field.default === null ? null : readDefault(field.default),
    filters: field.filters,
    description: reader.text('description'),
    sensitive: reader.flag('sensitive'),
    table: reader.text('table'),
    values: reader.texts('values'),
    size: reader.number('size'),
    visibility: reader.text('visibility'),
    children: field.children === null ? null : field.children.map(readTableField),
  }
  reader.finish()
  return result
}

function readDefault(value: Value): FieldDefault {
  switch (value.type) {
    case 'text':
    case 'word':
      return { kind: 'text', text: value.text }
    case 'number':
      return { kind: 'literal', text: value.text }
    case 'bool':
      return { kind: 'literal', text: String(value.value) }
    case 'null':
    case 'now':
      return { kind: 'literal', text: value.type }
    case 'timestamp':
      return { kind: 'text', text: value.text }
    case 'array':
    case 'object':
      return refuse(
        'The default of a column is a number, a text or a constant; write lists and objects as a text',
        value,
      )
  }
}

/** The field as a node to print. */
export function tableFieldNode(field: TableField): Field {
  return {
    type: field.type,
    list: field.list,
    nullable: field.nullable,
    name: field.name,
    optional: field.optional,
    default: field.default === null ? null : defaultNode(field.default),
    filters: field.filters,
    meta: propertyNodes({
      description: field.description === null ? null : textValue(field.description),
      sensitive: field.sensitive === null ? null : flagValue(field.sensitive),
      table: field.table === null ? null : textValue(field.table),
      values: field.values === null ? null : textsValue(field.values),
      size: field.size === null ? null : { type: 'number', text: String(field.size), at: NOWHERE },
      visibility: field.visibility === null ? null : textValue(field.visibility),
    }),
    children: field.children === null ? null : field.children.map(tableFieldNode),
    at: NOWHERE,
  }
}

function defaultNode(value: FieldDefault): Value {
  if (value.kind === 'text') return textValue(value.text)
  if (value.text === 'true' || value.text === 'false') return flagValue(value.text === 'true')
  if (value.text === 'null' || value.text === 'now') return { type: value.text, at: NOWHERE }
  return { type: 'number', text: value.text, at: NOWHERE }
}
