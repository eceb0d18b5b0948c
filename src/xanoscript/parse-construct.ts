import { aKind } from './a-kind.ts'
import { Cursor } from './cursor.ts'
import { parseFieldBlock } from './parse-fields.ts'
import { parseProperty, skipSeparators } from './parse-property.ts'
import { type Position, XanoScriptError } from './position.ts'
import { skipBrackets } from './skip-brackets.ts'
import type { SourceConstruct, SourceMember } from './source-construct.ts'

/** The blocks that a construct may hold, by its kind. Properties are not listed: any may be there. */
export type ConstructGrammar = ReadonlyMap<string, readonly BlockName[]>

export type BlockName = keyof typeof BLOCKS
const BLOCKS = {
  input: 'fields',
  schema: 'fields',
  output: 'fields',
  stack: 'raw',
  test: 'raw',
  schedule: 'raw',
} as const
/** Blocks that are also properties: `schedule = [...]` took the place of `schedule { events = [...] }`. */
const EITHER = new Set<string>(['schedule', 'test'])

/** A part of a path without quotes: `{id}`, or anything that starts no other part of the language. */
const PLAIN_NAME = /\/?(?:\{\w+\}|[\w\-.*~@+\u0080-\u{10FFFF}]+)(?:\/(?:\{\w+\}|[\w\-.*~@+\u0080-\u{10FFFF}]+))*/uy
const BLANKS = /[ \t]*/y

/** Reads a text that holds exactly one construct of one of the kinds. Throws `XanoScriptError`. */
export function parseConstruct(source: string, grammar: ConstructGrammar): SourceConstruct {
  const cursor = new Cursor(source)
  cursor.skipNewlines()
  const construct = readConstruct(cursor, grammar)
  cursor.skipNewlines()
  if (cursor.peek('separator')) cursor.fail('Only one construct is allowed here, without a line "---"')
  if (!cursor.peek('end')) cursor.fail('Only one construct is allowed in a document, and nothing after it')
  return construct
}

function readConstruct(cursor: Cursor, grammar: ConstructGrammar): SourceConstruct {
  const { text: kind, at } = cursor.expect('ident', 'the kind of the construct, such as table')
  const blocks = grammar.get(kind)
  if (blocks === undefined) throw new XanoScriptError(`Expected ${kindsOf(grammar)}, found "${kind}"`, at)
  const head = { kind, at, ...readName(cursor), verb: readVerb(cursor) }
  const { at: openAt, end: start } = cursor.expectOp('{')
  const members: SourceMember[] = []
  const names = new Set<string>()
  skipSeparators(cursor)
  while (!cursor.peekOp('}')) {
    if (cursor.peek('end')) throw new XanoScriptError('The "{" is not closed', openAt)
    members.push(readMember(cursor, kind, blocks, names))
    skipSeparators(cursor)
  }
  return { ...head, members, body: { start, end: cursor.take().start } }
}

function kindsOf(grammar: ConstructGrammar): string {
  const kinds = [...grammar.keys()]
  return kinds.length === 1 ? aKind(kinds.join()).toLowerCase() : `one of ${kinds.join(', ')}`
}

/** A name is quoted, or a path: `orders`, `shop/orders/{id}`. */
function readName(cursor: Cursor): Pick<SourceConstruct, 'name' | 'nameAt' | 'nameSpan'> {
  cursor.raw(BLANKS)
  const nameAt = cursor.here
  const start = cursor.end
  const first = cursor.nextCharacter()
  const name = first === '"' || first === "'" ? cursor.expect('text', 'a name').text : cursor.raw(PLAIN_NAME)
  const isNamed = cursor.end > start
  return { name: isNamed ? name : null, nameAt, nameSpan: { start, end: cursor.end } }
}

function readVerb(cursor: Cursor): SourceConstruct['verb'] {
  if (cursor.takeIf('ident', 'verb') === undefined) return null
  cursor.expectOp('=')
  const { text, at, start, end } = cursor.expect('ident', 'the method of the query, such as GET')
  return { text, at, span: { start, end } }
}

function readMember(cursor: Cursor, kind: string, blocks: readonly BlockName[], names: Set<string>): SourceMember {
  const { at, start, text: name } = cursor
  const isWord = cursor.peek('ident')
  if (!isWord || !isBlock(name) || (EITHER.has(name) && cursor.isFollowedBy(/[ \t]*=/y))) {
    return parseProperty(cursor, names)
  }
  if (!blocks.includes(name)) cursor.fail(`${aKind(kind)} has no "${name}"`)
  cursor.take()
  if (name !== 'test' && names.has(name)) throw new XanoScriptError(`"${name}" is there twice`, at)
  names.add(name)
  return readBlock(cursor, name, at, start)
}

function readBlock(cursor: Cursor, name: BlockName, at: Position, start: number): SourceMember {
  if (BLOCKS[name] === 'fields') {
    const fields = cursor.peekOp('{') ? parseFieldBlock(cursor) : []
    return { type: 'fields', name, fields, at, span: { start, end: cursor.end } }
  }
  const label = name === 'test' ? readLabel(cursor) : null
  const blockStart = cursor.start
  const hasBraces = cursor.peekOp('{')
  if (hasBraces) skipBrackets(cursor)
  else if (name !== 'stack') cursor.expectOp('{')
  const { end } = cursor
  const text = hasBraces ? cursor.slice({ start: blockStart, end }) : ''
  return { type: 'raw', name, label, text, at, span: { start, end } }
}

function readLabel(cursor: Cursor): string {
  return (cursor.takeIf('text') ?? cursor.expect('ident', 'the name of the test')).text
}

function isBlock(name: string): name is BlockName {
  return Object.hasOwn(BLOCKS, name)
}
