import type { Field, FieldFilter, ListRange, Value } from './ast.ts'
import { requireColumnFilters } from './column-filters.ts'
import { jsonValue, toJsonText } from './json-value.ts'
import { LINK_TYPE } from './parse-fields.ts'
import { NOWHERE } from './position.ts'
import { printValue } from './print.ts'
import { flagValue, propertyNodes, PropertyReader, refuse, textsValue, textValue } from './read-property.ts'

/** A column of a table document, or an input of a construct. */
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
  /** Columns that a `dblink` does not lend; left out where it lends all. */
  hidden?: string[]
}

/**
 * `literal` stands as it is (a number, true, now), `text` is quoted. `json` is a list or an object of a column as JSON;
 * `expression` is a list, an object or an expression of an input as XanoScript.
 */
export interface FieldDefault {
  kind: 'literal' | 'text' | 'json' | 'expression'
  text: string
}

/** Numbers and constants that stand without quotes. */
const LITERAL = /^(?:-?\d+(?:\.\d+)?|true|false|now)$/

/** True where a default's text may stand without quotes. */
export function isLiteral(text: string): boolean {
  return LITERAL.test(text)
}

/** What a column says; unknown metadata and what only inputs may have is refused. The default `null` says "none". */
export function readTableField(field: Field): TableField {
  if (field.type === LINK_TYPE) return refuse('"dblink" stands in inputs only; name the columns', field)
  const reader = new PropertyReader(`The field "${field.name}"`, field.meta)
  requireColumnFilters(field)
  const result = readField(field, reader, readTableField)
  reader.finish()
  return { ...result, default: readColumnDefault(field.default) }
}

function readColumnDefault(value: Value | null): FieldDefault | null {
  if (value === null || value.type === 'null') return null
  if (value.type === 'array' || value.type === 'object') return { kind: 'json', text: toJsonText(value) }
  if (value.type !== 'raw') return readDefault(value)
  return refuse('The default of a column is a number, a text, a constant, a list or an object', value)
}

/** What an input says; metadata that is not known here is left to the text. A `dblink` has the name "". */
export function readInputField(field: Field): TableField {
  const reader = new PropertyReader(`The input "${field.name}"`, field.meta)
  const active = field.filters.filter(({ name }) => !name.startsWith('!'))
  const result = readField({ ...field, filters: active }, reader, readInputField)
  const hidden = field.type === LINK_TYPE ? readHidden(reader.object('override')) : []
  return hidden.length === 0 ? result : { ...result, hidden }
}

/** The columns of `{name: {hidden: true}}`. */
function readHidden(override: PropertyReader | null): string[] {
  const names = override?.names() ?? []
  return names.filter((name) => override?.object(name)?.flag('hidden') === true)
}

function readField(field: Field, reader: PropertyReader, readChild: (child: Field) => TableField): TableField {
  return {
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
    children: field.children === null ? null : field.children.map(readChild),
  }
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
    case 'raw':
      return { kind: 'expression', text: printValue(value, '') }
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
  if (value.kind === 'expression') return { type: 'raw', text: value.text, at: NOWHERE }
  if (value.kind === 'json') return jsonValue(value.text) ?? textValue(value.text)
  if (value.text === 'true' || value.text === 'false') return flagValue(value.text === 'true')
  if (value.text === 'null' || value.text === 'now') return { type: value.text, at: NOWHERE }
  return { type: 'number', text: value.text, at: NOWHERE }
}
