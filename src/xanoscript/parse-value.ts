import type { ObjectEntry, Value } from './ast.ts'
import type { Cursor } from './cursor.ts'
import { takeOperand, takeOperations } from './parse-expression.ts'
import { type Position, XanoScriptError } from './position.ts'

/**
 * Reads the value of a property or an entry: a literal, or any other expression as its text. Arrays and objects are
 * read entry by entry, so that what is wrong in them is found.
 */
export function parseValue(cursor: Cursor): Value {
  const { at, start } = cursor
  const literal = tryLiteral(cursor)
  if (literal === null) takeOperand(cursor)
  const { end } = cursor
  takeOperations(cursor)
  if (literal !== null && cursor.end === end) return literal
  return { type: 'raw', text: cursor.slice({ start, end: cursor.end }), at }
}

/** Reads a literal: text, number, constant, bareword, array or object. What follows it is left. */
export function parseLiteral(cursor: Cursor): Value {
  return tryLiteral(cursor) ?? cursor.fail('Expected a value')
}

function tryLiteral(cursor: Cursor): Value | null {
  const { at } = cursor
  if (cursor.peekOp('{')) return cursor.nested(() => parseObject(cursor))
  if (cursor.peekOp('[')) return cursor.nested(() => parseArray(cursor))
  if (cursor.peek('ident')) return constantOrWord(cursor.take().text, at)
  if (cursor.peek('text')) return { type: 'text', text: cursor.take().text, at }
  if (cursor.peek('number')) return { type: 'number', text: cursor.take().text, at }
  if (cursor.peek('timestamp')) return { type: 'timestamp', text: cursor.take().text, at }
  if (!cursor.peekOp('-') || !cursor.isFollowedBy(/\d/y)) return null
  cursor.take()
  return { type: 'number', text: `-${cursor.expect('number', 'a number after "-"').text}`, at }
}

function constantOrWord(text: string, at: Position): Value {
  if (text === 'true' || text === 'false') return { type: 'bool', value: text === 'true', at }
  if (text === 'null') return { type: 'null', at }
  if (text === 'now') return { type: 'now', at }
  return { type: 'word', text, at }
}

function parseArray(cursor: Cursor): Value {
  const { at } = cursor.expectOp('[')
  const items: Value[] = []
  eachEntry(cursor, '[', at, () => items.push(parseValue(cursor)))
  return { type: 'array', items, at }
}

function parseObject(cursor: Cursor): Value {
  const { at } = cursor.expectOp('{')
  const entries: ObjectEntry[] = []
  const keys = new Set<string>()
  eachEntry(cursor, '{', at, () => {
    const isDisabled = cursor.takeOp('!')
    const entry = parseEntry(cursor)
    if (isDisabled) return
    if (keys.has(entry.key)) throw new XanoScriptError(`The key "${entry.key}" is there twice`, entry.at)
    keys.add(entry.key)
    entries.push(entry)
  })
  return { type: 'object', entries, at }
}

function parseEntry(cursor: Cursor): ObjectEntry {
  const { at } = cursor
  const key = parseKey(cursor)
  if (cursor.peekOp('=')) cursor.fail('Expected ":" after the key; "=" belongs to properties outside of objects')
  cursor.expectOp(':')
  cursor.skipNewlines()
  return { key, value: parseValue(cursor), at }
}

function parseKey(cursor: Cursor): string {
  const quoted = cursor.takeIf('text') ?? cursor.takeIf('number')
  if (quoted !== undefined) return quoted.text
  let key = cursor.expect('ident', 'a key').text
  while (cursor.takeOp('.')) key += `.${cursor.expect('ident', 'a name after "."').text}`
  return key
}

/** Entries are separated by commas or line ends, up to the closing mark. */
function eachEntry(cursor: Cursor, open: '[' | '{', at: Position, parse: () => void): void {
  const close = open === '[' ? ']' : '}'
  cursor.skipNewlines()
  while (!cursor.takeOp(close)) {
    if (cursor.peek('end')) throw new XanoScriptError(`The "${open}" is not closed`, at)
    parse()
    const hasLineEnd = cursor.peek('newline')
    cursor.skipNewlines()
    const hasComma = cursor.takeOp(',')
    cursor.skipNewlines()
    if (hasLineEnd || hasComma || cursor.peekOp(close)) continue
    if (cursor.peek('end')) throw new XanoScriptError(`The "${open}" is not closed`, at)
    cursor.fail(`Expected "," or "${close}"`)
  }
}
