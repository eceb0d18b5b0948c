import type { Construct, Field, FieldFilter, ListRange, Member, Property, Value } from './ast.ts'
import { LINK_TYPE } from './parse-fields.ts'
import type { RawBlock } from './raw-block.ts'

const IDENT = /^[A-Za-z_][A-Za-z0-9_]*$/
const INDENT = '  '
/** A filter argument that reads back as itself without quotes. */
const PLAIN_ARGUMENT = /^[A-Za-z0-9_.+@-]+$/
/** A raw pattern: one line, no blank at its ends, nothing that looks like a quote or a metadata block. */
const PLAIN_PATTERN = /^(?!["'\s])(?!.*\s\{)[^\n\r]*\S$/
/** Control characters and halves of surrogate pairs, which UTF-8 cannot hold. */
const UNSAFE = /[\p{Cc}\p{Cs}]/gu

/** Writes a construct as text: two blanks a level, one property a line, a line end at the end. */
export function printConstruct(construct: Construct): string {
  const name = construct.name === null ? '' : ` ${printName(construct.name)}`
  const members = construct.members.map((member) => printMember(member, INDENT))
  return `${construct.kind}${name} {\n${members.join('')}}\n`
}

function printMember(member: Member, indent: string): string {
  if (member.type === 'property') return printProperty(member, indent)
  if (member.type === 'raw') return `${indent}${printRaw(member)}\n`
  return `${indent}${member.name} ${printFields(member.fields, indent)}\n`
}

function printRaw({ name, label, text }: RawBlock): string {
  return [name, ...(label === null ? [] : [printName(label)]), text === '' ? '{}' : text].join(' ')
}

function printProperty(property: Property, indent: string): string {
  return `${indent}${property.name} = ${printValue(property.value, indent)}\n`
}

function printFields(fields: readonly Field[], indent: string): string {
  if (fields.length === 0) return '{}'
  return `{\n${fields.map((field) => printField(field, indent + INDENT)).join('')}${indent}}`
}

function printField(field: Field, indent: string): string {
  if (field.type === LINK_TYPE) return `${indent}${field.type}${printMeta(field, indent)}\n`
  const list = field.list === null ? '' : printRange(field.list)
  const head = `${field.type}${list}${field.nullable ? '?' : ''} ${printName(field.name)}${field.optional ? '?' : ''}`
  const value = field.default === null ? '' : `=${printValue(field.default, indent)}`
  const filters = field.filters.length === 0 ? '' : ` filters=${printFilters(field.filters)}`
  return `${indent}${head}${value}${filters}${printMeta(field, indent)}\n`
}

function printMeta(field: Field, indent: string): string {
  if (field.meta.length === 0 && field.children === null) return ''
  const inner = indent + INDENT
  const lines = field.meta.map((property) => printProperty(property, inner))
  if (field.children !== null) lines.push(`${inner}schema ${printFields(field.children, inner)}\n`)
  return ` {\n${lines.join('')}${indent}}`
}

function printRange(range: ListRange): string {
  if (range.min === null && range.max === null) return '[]'
  return `[${range.min ?? ''}:${range.max ?? ''}]`
}

function printFilters(filters: readonly FieldFilter[]): string {
  const lastFilter = filters.length - 1
  return filters
    .map((filter, index) => {
      const lastArgument = filter.args.length - 1
      const args = filter.args.map((text, at) =>
        printArgument(filter, text, index === lastFilter && at === lastArgument),
      )
      return [filter.name, ...args].join(':')
    })
    .join('|')
}

/** A pattern goes on to the end of the line, so that only the last argument of all may stand without quotes. */
function printArgument(filter: FieldFilter, text: string, isLast: boolean): string {
  const isPlain = /^!?pattern$/.test(filter.name) ? isLast && PLAIN_PATTERN.test(text) : PLAIN_ARGUMENT.test(text)
  return isPlain ? text : printText(text)
}

/** A value on the level of the given indentation. */
export function printValue(value: Value, indent: string): string {
  switch (value.type) {
    case 'text':
      return printText(value.text)
    case 'word':
    case 'number':
    case 'timestamp':
    case 'raw':
      return value.text
    case 'bool':
      return String(value.value)
    case 'null':
    case 'now':
      return value.type
    case 'array':
      return printEntries(
        '[',
        value.items.map((item) => printValue(item, indent + INDENT)),
        ']',
        indent,
      )
    case 'object':
      return printObject(value, indent)
  }
}

function printObject(value: Value & { type: 'object' }, indent: string): string {
  const entries = value.entries.map((entry) => `${printName(entry.key)}: ${printValue(entry.value, indent + INDENT)}`)
  return printEntries('{', entries, '}', indent)
}

/** Longest list that stays on one line. */
const LINE_MAX = 100

function printEntries(open: string, entries: readonly string[], close: string, indent: string): string {
  const oneLine = `${open}${entries.join(', ')}${close}`
  if (oneLine.length + indent.length <= LINE_MAX && !oneLine.includes('\n')) return oneLine
  const inner = indent + INDENT
  return `${open}\n${entries.map((entry) => `${inner}${entry}\n`).join('')}${indent}${close}`
}

/** A name as it is where the language allows that, else quoted. */
export function printName(name: string): string {
  return IDENT.test(name) ? name : printText(name)
}

/** A text in double quotes that reads back as itself. */
export function printText(text: string): string {
  const escaped = text
    .replaceAll(/["\\]/g, (mark) => `\\${mark}`)
    .replaceAll('\n', '\\n')
    .replaceAll('\t', '\\t')
    .replaceAll('\r', '\\r')
  return `"${escaped.replaceAll(UNSAFE, (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`)}"`
}
