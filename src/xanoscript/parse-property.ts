import type { Property } from './ast.ts'
import type { Cursor } from './cursor.ts'
import { parseValue } from './parse-value.ts'
import { XanoScriptError } from './position.ts'

/** Reads `name = value`; `before` are the properties read so far in the same block. */
export function parseProperty(cursor: Cursor, before: readonly { name: string }[]): Property {
  const { text: name, at } = cursor.expect('ident', 'the name of a property')
  if (before.some((other) => other.name === name))
    throw new XanoScriptError(`The property "${name}" is there twice`, at)
  cursor.expectOp('=')
  cursor.skipNewlines()
  return { type: 'property', name, value: parseValue(cursor), at }
}
