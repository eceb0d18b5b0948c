import type { Cursor } from './cursor.ts'
import { parseValue } from './parse-value.ts'
import { XanoScriptError } from './position.ts'
import type { SourceProperty } from './source-construct.ts'

/** Reads `name = value`; `names` are those read so far in the same block, and this one joins them. */
export function parseProperty(cursor: Cursor, names: Set<string>): SourceProperty {
  const { text: name, at, start } = cursor.expect('ident', 'the name of a property')
  if (names.has(name)) throw new XanoScriptError(`The property "${name}" is there twice`, at)
  names.add(name)
  cursor.expectOp('=')
  cursor.skipNewlines()
  const valueStart = cursor.start
  const value = parseValue(cursor)
  const { end } = cursor
  return { type: 'property', name, value, at, span: { start, end }, valueSpan: { start: valueStart, end } }
}

/** Properties stand on lines of their own; the short form on one line, and commas between them, are read as well. */
export function skipSeparators(cursor: Cursor): void {
  do cursor.skipNewlines()
  while (cursor.takeOp(','))
}
