import type { Construct, Member } from './ast.ts'
import { Cursor } from './cursor.ts'
import { parseFieldBlock } from './parse-fields.ts'
import { parseProperty } from './parse-property.ts'
import { XanoScriptError } from './position.ts'

/** Members that are blocks of fields. */
const FIELD_BLOCKS = ['schema']

/** Reads a text that holds exactly one construct. */
export function parseConstruct(source: string): Construct {
  const cursor = new Cursor(source)
  cursor.skipNewlines()
  const construct = readConstruct(cursor)
  cursor.skipNewlines()
  if (cursor.peek('separator')) cursor.fail('Only one construct is allowed here, without a line "---"')
  if (!cursor.peek('end')) cursor.fail('Only one construct is allowed in a document')
  return construct
}

function readConstruct(cursor: Cursor): Construct {
  const { text: kind, at } = cursor.expect('ident', 'the kind of the construct, such as table')
  const name = readName(cursor)
  cursor.expectOp('{')
  const members: Member[] = []
  cursor.skipNewlines()
  while (!cursor.takeOp('}')) {
    members.push(readMember(cursor, members))
    cursor.skipNewlines()
  }
  return { kind, name, members, at }
}

/** A name is quoted, or a path: `orders`, `shop/orders`. */
function readName(cursor: Cursor): string | null {
  const quoted = cursor.takeIf('text')
  if (quoted !== undefined) return quoted.text
  if (!cursor.peek('ident')) return null
  let name = cursor.take().text
  while (cursor.takeOp('/')) name += `/${cursor.expect('ident', 'a name after "/"').text}`
  return name
}

function readMember(cursor: Cursor, before: readonly Member[]): Member {
  const { at } = cursor
  const block = FIELD_BLOCKS.find((name) => cursor.peek('ident', name))
  if (block === undefined) return parseProperty(cursor, before)
  cursor.take()
  if (before.some((member) => member.name === block)) throw new XanoScriptError(`"${block}" is there twice`, at)
  return { type: 'fields', name: block, fields: cursor.peekOp('{') ? parseFieldBlock(cursor) : [], at }
}
