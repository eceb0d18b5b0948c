import type { Field, FieldFilter, ListRange, Property } from './ast.ts'
import type { Cursor } from './cursor.ts'
import { parseProperty } from './parse-property.ts'
import { parseValue } from './parse-value.ts'
import { XanoScriptError } from './position.ts'

/** Types of the language (section 5 of its reference). */
export const FIELD_TYPES: ReadonlySet<string> = new Set(
  [
    'int decimal text bool email password uuid timestamp date json enum object vector',
    'file image video audio attachment',
    'geo_point geo_multipoint geo_linestring geo_multilinestring geo_polygon geo_multipolygon',
  ].flatMap((line) => line.split(' ')),
)

/** Names that other languages have for these types. */
const MEANT: Record<string, string> = {
  string: 'text',
  integer: 'int',
  boolean: 'bool',
  float: 'decimal',
  number: 'decimal',
  array: 'a type with "[]", such as text[]',
  list: 'a type with "[]", such as text[]',
}

/** Reads `{ field ... }`; what comes before it (`schema`) is already taken. */
export function parseFieldBlock(cursor: Cursor): Field[] {
  return cursor.nested(() => {
    cursor.expectOp('{')
    const fields: Field[] = []
    const names = new Set<string>()
    cursor.skipNewlines()
    while (!cursor.takeOp('}')) {
      const field = parseField(cursor)
      if (names.has(field.name)) throw new XanoScriptError(`The field "${field.name}" is there twice`, field.at)
      names.add(field.name)
      fields.push(field)
      if (!cursor.peek('newline') && !cursor.peekOp('}')) cursor.fail('Expected the end of the line after the field')
      cursor.skipNewlines()
    }
    return fields
  })
}

function parseField(cursor: Cursor): Field {
  const { at } = cursor
  const type = parseType(cursor)
  const list = cursor.peekOp('[') ? parseRange(cursor) : null
  const nullable = cursor.takeOp('?')
  const name = (cursor.takeIf('text') ?? cursor.expect('ident', 'the name of the field')).text
  const optional = cursor.takeOp('?')
  const defaultValue = cursor.takeOp('=') ? parseValue(cursor) : null
  const filters = cursor.takeIf('ident', 'filters') === undefined ? [] : parseFilters(cursor)
  const { meta, children } = cursor.peekOp('{') ? parseMeta(cursor) : { meta: [], children: null }
  return { type, list, nullable, name, optional, default: defaultValue, filters, meta, children, at }
}

function parseType(cursor: Cursor): string {
  const token = cursor.expect('ident', 'the type of a field')
  if (FIELD_TYPES.has(token.text)) return token.text
  const meant = MEANT[token.text]
  const hint = meant === undefined ? `known are ${[...FIELD_TYPES].join(', ')}` : `use ${meant}`
  throw new XanoScriptError(`There is no type "${token.text}"; ${hint}`, token.at)
}

function parseRange(cursor: Cursor): ListRange {
  cursor.expectOp('[')
  const min = cursor.takeIf('number')
  cursor.takeOp(':')
  const max = cursor.takeIf('number')
  cursor.expectOp(']')
  return { min: min === undefined ? null : Number(min.text), max: max === undefined ? null : Number(max.text) }
}

/** An argument ends at a blank, `|`, `:` or the line end. */
const ARGUMENT = /[^\s|:{}]*/y
/** A pattern is raw: it goes to the line end or to the metadata block. */
const PATTERN = /(?:(?![ \t]+\{)[^\n])*/y

function parseFilters(cursor: Cursor): FieldFilter[] {
  cursor.expectOp('=')
  const filters: FieldFilter[] = []
  do {
    const isDisabled = cursor.takeOp('!')
    const name = cursor.expect('ident', 'the name of a filter').text
    const args: string[] = []
    while (cursor.takeOp(':')) args.push(parseArgument(cursor, name))
    if (!isDisabled) filters.push({ name, args })
  } while (cursor.takeOp('|'))
  return filters
}

function parseArgument(cursor: Cursor, filter: string): string {
  const first = cursor.nextCharacter()
  if (first === '"' || first === "'") return cursor.expect('text', 'a text').text
  return cursor.raw(filter === 'pattern' ? PATTERN : ARGUMENT)
}

function parseMeta(cursor: Cursor): { meta: Property[]; children: Field[] | null } {
  return cursor.nested(() => {
    cursor.expectOp('{')
    const meta: Property[] = []
    let children: Field[] | null = null
    cursor.skipNewlines()
    while (!cursor.takeOp('}')) {
      if (cursor.peek('ident', 'schema')) {
        cursor.take()
        children = cursor.peekOp('{') ? parseFieldBlock(cursor) : []
      } else {
        meta.push(parseProperty(cursor, meta))
      }
      cursor.skipNewlines()
    }
    return { meta, children }
  })
}
