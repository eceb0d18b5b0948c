import type { Cursor } from './cursor.ts'
import { skipBrackets } from './skip-brackets.ts'

const OPERANDS = new Set(['ident', 'text', 'number', 'timestamp', 'variable', 'backtick'])
/** Before an operand: negation, and a filter that works on nothing (`|uuid`). */
const SIGNS = new Set(['-', '!', '|'])
const COMPARISONS = new Set(['===', '!==', '==', '!=', '<=', '>=', '<', '>', '@>', '!~', '~'])
const OPERATORS = new Set([...COMPARISONS, '&&', '||', '??', '?', '|', '.', '+', '-', '*', '/', '%'])
/** Words that are operators in search conditions (section 3 of the language's reference, CMPOP). */
const WORD_OPERATORS = new Set(['in', 'not', 'contains', 'includes', 'overlaps', 'between', 'like', 'ilike'])
/** `!int "4"` reads a text as that type. */
const CASTS = new Set(['int', 'decimal', 'bool', 'text', 'array', 'object', 'expr', 'timestamp'])
const EQUALS_SIGN = /[ \t]*=(?!=)/y

/**
 * Takes what follows an operand that has been taken: operators, each with its operand. An expression ends where no
 * operator follows, for instance at a comma, a closing bracket, the next property or a line end that no pipe follows.
 * Only its shape is checked, not what names and filters mean.
 */
export function takeOperations(cursor: Cursor): void {
  const seen: Seen = { colon: false, column: false }
  while (takeOperator(cursor, seen)) takeOperand(cursor)
}

/** Takes one operand with the signs before it. Throws where there is none. */
export function takeOperand(cursor: Cursor): void {
  while (cursor.type === 'op' && SIGNS.has(cursor.text)) {
    const isNot = cursor.take().text === '!'
    if (isNot && takeCast(cursor)) return
  }
  if (cursor.peekOp('(', '[', '{')) skipBrackets(cursor)
  else if (OPERANDS.has(cursor.type)) cursor.take()
  else cursor.fail('Expected a value')
  while (cursor.peekOp('[')) skipBrackets(cursor)
}

function takeCast(cursor: Cursor): boolean {
  const isCast = cursor.type === 'ident' && CASTS.has(cursor.text)
  if (!isCast) return false
  cursor.take()
  cursor.takeIf('text')
  return true
}

/** What makes a later `:` or `=` an operator: arguments of a filter, a column to compare. */
interface Seen {
  colon: boolean
  column: boolean
}

function takeOperator(cursor: Cursor, seen: Seen): boolean {
  if (cursor.peek('newline')) {
    if (!cursor.atContinuedLine()) return false
    cursor.skipNewlines()
  }
  if (cursor.type === 'ident') return takeWordOperator(cursor)
  if (cursor.type !== 'op' || !isOperator(cursor.text, seen)) return false
  const operator = cursor.take().text
  if (operator === '|' || operator === '?') seen.colon = true
  if (operator === '.') seen.column = true
  if (COMPARISONS.has(operator)) cursor.takeOp('?')
  return true
}

function isOperator(text: string, seen: Seen): boolean {
  return OPERATORS.has(text) || (seen.colon && text === ':') || (seen.column && text === '=')
}

/** `in`, `not in`, but not the name of a property on the same line. */
function takeWordOperator(cursor: Cursor): boolean {
  if (!WORD_OPERATORS.has(cursor.text) || cursor.isFollowedBy(EQUALS_SIGN)) return false
  const isNot = cursor.take().text === 'not'
  if (isNot && cursor.type === 'ident' && WORD_OPERATORS.has(cursor.text)) cursor.take()
  return true
}
