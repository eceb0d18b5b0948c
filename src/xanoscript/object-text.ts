import { Cursor } from './cursor.ts'
import { parseValue } from './parse-value.ts'
import { XanoScriptError } from './position.ts'

/** True for the text of one object, such as `{a: 1}`, that can stand as the value of a property. */
export function isObjectText(text: string): boolean {
  const cursor = new Cursor(text)
  try {
    return parseValue(cursor).type === 'object' && cursor.peek('end')
  } catch (error) {
    if (error instanceof XanoScriptError) return false
    throw error
  }
}
