import type { Field, FieldFilter, ListRange, Property, Value } from './ast.ts'
import type { Cursor } from './cursor.ts'
import { parseProperty, skipSeparators } from './parse-property.ts'
import { parseLiteral } from './parse-value.ts'
import { XanoScriptError } from './position.ts'

/** Types of the language (section 5 of its reference). */
export const FIELD_TYPES: ReadonlySet<string> = new Set(
  [
    'int decimal text bool email password uuid timestamp date json enum object vector',
    'file image video audio attachment',
    'geo_point geo_multipoint geo_linestring geo_multilinestring geo_polygon geo_multipolygon',
  ].flatMap((line) => line.split(' ')),
)

/** `dblink { table = "t" }` stands for the columns of a table; it has neither name nor default. */
export const LINK_TYPE = 'dblink'

/** Names that other languages have for these types. */
const MEANT: ReadonlyMap<string, string> = new Map(
  Object.entries({
    string: 'text',
    integer: 'int',
    boolean: 'bool',
    float: 'decimal',
    number: 'decimal',
    array: 'a type with "[]", such as text[]',
    list: 'a type with "[]", such as text[]',
  }),
)

/** Reads `{ field ... }`; what comes before it (`schema`) is already taken. */
export function parseFieldBlock(cursor: Cursor): Field[] {
  return cursor.nested(() => {
    cursor.expectOp('{')
    const fields: Field[] = []
    const names = new Set<string>()
    cursor.skipNewlines()
    while (!cursor.takeOp('}')) {
      const field = parseField(cursor)
      // Several tables may lend their columns; a link has no name.
      if (names.has(field.name) && field.type !== LINK_TYPE)
        throw new XanoScriptError(`The field "${field.name}" is there twice`, field.at)
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
  if (cursor.takeIf('ident', LINK_TYPE) !== undefined) return { ...LINK, ...parseMeta(cursor), at }
  const type = parseType(cursor)
  const list = cursor.peekOp('[') ? parseRange(cursor) : null
  const nullable = cursor.takeOp('?')
  const name = (cursor.takeIf('text') ?? cursor.expect('ident', 'the name of the field')).text
  const optional = cursor.takeOp('?')
  const defaultValue = cursor.takeOp('=') ? parseDefault(cursor) : null
  const filters = cursor.takeIf('ident', 'filters') === undefined ? [] : parseFilters(cursor)
  const { meta, children } = cursor.peekOp('{') ? parseMeta(cursor) : { meta: [], children: null }
  return { type, list, nullable, name, optional, default: defaultValue, filters, meta, children, at }
}

const LINK = { type: LINK_TYPE, list: null, nullable: false, name: '', optional: false, default: null, filters: [] }

function parseType(cursor: Cursor): string {
  const token = cursor.expect('ident', 'the type of a field')
  if (FIELD_TYPES.has(token.text)) return token.text
  const meant = MEANT.get(token.text)
  const hint = meant === undefined ? `known are ${[...FIELD_TYPES].join(', ')}` : `use ${meant}`
  throw new XanoScriptError(`There is no type "${token.text}"; ${hint}`, token.at)
}

function parseDefault(cursor: Cursor): Value {
  const { at } = cursor
  const start = cursor.start
  if (cursor.takeIf('backtick') === undefined) return parseLiteral(cursor)
  return { type: 'raw', text: cursor.slice({ start, end: cursor.end }), at }
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
const PATTERN = /[^ \t\n]*(?:[ \t]+(?![ \t{])[^ \t\n]*)*/y

function parseFilters(cursor: Cursor): FieldFilter[] {
  cursor.expectOp('=')
  const filters: FieldFilter[] = []
  do {
    const isDisabled = cursor.takeOp('!')
    const name = cursor.takeOp('@') ? '@' : cursor.expect('ident', 'the name of a filter').text
    const args: string[] = []
    while (cursor.takeOp(':')) args.push(parseArgument(cursor, name))
    filters.push({ name: isDisabled ? `!${name}` : name, args })
  } while (cursor.takeOp('|'))
  return filters
}

function parseArgument(cursor: Cursor, filter: string): string {
  const first = cursor.nextCharacter()
  if (first === '"' || first === "'") return cursor.expect('text', 'a text').text
  return filter === 'pattern' ? cursor.raw(PATTERN).replace(/\r$/, '') : cursor.raw(ARGUMENT)
}

function parseMeta(cursor: Cursor): { meta: Property[]; children: Field[] | null } {
  return cursor.nested(() => {
    cursor.expectOp('{')
    const meta: Property[] = []
    const names = new Set<string>()
    let children: Field[] | null = null
    cursor.skipNewlines()
    while (!cursor.takeOp('}')) {
      if (cursor.peek('ident', 'schema')) {
        cursor.take()
        children = cursor.peekOp('{') ? parseFieldBlock(cursor) : []
      } else {
        meta.push(parseProperty(cursor, names))
      }
      skipSeparators(cursor)
    }
    return { meta, children }
  })
}
