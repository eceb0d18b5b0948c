import { type Cursor, DEPTH_MAX } from './cursor.ts'
import type { Token } from './lexer.ts'
import { XanoScriptError } from './position.ts'

const CLOSING: Record<string, string> = { '{': '}', '[': ']', '(': ')' }

/** Takes one balanced group, from the bracket under the cursor to the one that closes it, whatever is between. */
export function skipBrackets(cursor: Cursor): void {
  const open: Token[] = []
  do {
    const token = cursor.take()
    if (token.type === 'op') skipOperator(token, open)
    else if (token.type === 'end' || token.type === 'separator') throw unclosed(open)
    else if (token.type === 'ident' && token.text === 'else') refuseElseIf(cursor, token)
  } while (open.length > 0)
}

function skipOperator(token: Token, open: Token[]): void {
  if (token.text in CLOSING) {
    if (open.length >= DEPTH_MAX) throw new XanoScriptError(`Nested deeper than ${DEPTH_MAX} levels`, token.at)
    open.push(token)
  } else if (token.text === '}' || token.text === ']' || token.text === ')') {
    const opening = CLOSING[open.pop()?.text ?? '']
    if (token.text !== opening) throw new XanoScriptError(`Expected "${opening}", found "${token.text}"`, token.at)
  }
}

function unclosed(open: readonly Token[]): XanoScriptError {
  const last = open.at(-1)
  return new XanoScriptError(`The "${last?.text}" is not closed`, last?.at ?? { line: 1, col: 1 })
}

function refuseElseIf(cursor: Cursor, { at }: Token): void {
  if (cursor.peek('ident', 'if')) throw new XanoScriptError('There is no "else if"; write "elseif"', at)
}
