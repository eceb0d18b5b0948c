import type { Value } from './ast.ts'
import { NOWHERE } from './position.ts'
import { arrayValue, flagValue, objectValue, refuse, textValue } from './read-property.ts'

/** A literal as JSON text. Throws `XanoScriptError` for what is worked out later: `now`, an expression. */
export function toJsonText(value: Value): string {
  switch (value.type) {
    case 'text':
    case 'word':
    case 'timestamp':
      return JSON.stringify(value.text)
    case 'number':
      // Digits that a number would lose stay; only zeros in front are no JSON.
      return value.text.replace(/^(-?)0+(?=\d)/, '$1')
    case 'bool':
      return String(value.value)
    case 'null':
      return 'null'
    case 'array':
      return `[${value.items.map(toJsonText).join(',')}]`
    case 'object':
      return `{${value.entries.map((entry) => `${JSON.stringify(entry.key)}:${toJsonText(entry.value)}`).join(',')}}`
    case 'now':
    case 'raw':
      return refuse('A list or an object that is a default holds literals only', value)
  }
}

/** Numbers that JavaScript would round, or write with an exponent, which the language does not have. */
const UNSAYABLE = /\d{16}|\de[+-]?\d/i

/**
 * JSON text as a value to print; null where the language has no literal for it, or none that keeps every digit. Throws
 * `SyntaxError` where it is no JSON.
 */
export function jsonValue(text: string): Value | null {
  const json: unknown = JSON.parse(text)
  return UNSAYABLE.test(text) || UNSAYABLE.test(JSON.stringify(json)) ? null : toValue(json)
}

function toValue(json: unknown): Value {
  if (typeof json === 'string') return textValue(json)
  if (typeof json === 'boolean') return flagValue(json)
  if (typeof json === 'number') return { type: 'number', text: String(json), at: NOWHERE }
  if (Array.isArray(json)) return arrayValue(json.map(toValue))
  if (typeof json !== 'object' || json === null) return { type: 'null', at: NOWHERE }
  return objectValue(Object.fromEntries(Object.entries(json).map(([key, value]) => [key, toValue(value)])))
}
