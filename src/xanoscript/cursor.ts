import { Lexer, type Token, type TokenType } from './lexer.ts'
import { type Position, XanoScriptError } from './position.ts'
import type { Span } from './raw-block.ts'

const WORDS: Record<TokenType, string> = {
  ident: 'a name',
  text: 'a text',
  number: 'a number',
  timestamp: 'a timestamp',
  variable: 'a variable',
  backtick: 'an expression',
  op: 'an operator',
  newline: 'the end of the line',
  separator: 'a line "---"',
  end: 'the end of the document',
}

/** Deeper nesting than any document has; deeper input is refused, not a crash. */
export const DEPTH_MAX = 250

/** The token under the reader's eyes, and the steps that every parser here is made of. */
export class Cursor {
  readonly #lexer: Lexer
  /** Read only when it is asked for: what follows may be raw text, which is no token. */
  #token: Token | undefined
  #depth = 0
  #end = 0

  constructor(source: string) {
    this.#lexer = new Lexer(source)
  }

  get at(): Position {
    return this.#current().at
  }

  get type(): TokenType {
    return this.#current().type
  }

  get text(): string {
    return this.#current().text
  }

  /** Where the current token starts in the source. */
  get start(): number {
    return this.#current().start
  }

  /** Where the token that was taken last ends in the source. */
  get end(): number {
    return this.#end
  }

  /** The place right after the token that was taken last. Only right after a `take`. */
  get here(): Position {
    return this.#lexer.position
  }

  peek(type: TokenType, text?: string): boolean {
    const token = this.#current()
    return token.type === type && (text === undefined || token.text === text)
  }

  peekOp(...texts: string[]): boolean {
    const token = this.#current()
    return token.type === 'op' && texts.includes(token.text)
  }

  take(): Token {
    const token = this.#current()
    this.#token = undefined
    this.#end = token.end
    return token
  }

  takeIf(type: TokenType, text?: string): Token | undefined {
    return this.peek(type, text) ? this.take() : undefined
  }

  takeOp(text: string): boolean {
    return this.takeIf('op', text) !== undefined
  }

  expect(type: TokenType, what: string): Token {
    return this.takeIf(type) ?? this.fail(`Expected ${what}, found ${this.#found()}`)
  }

  expectOp(text: string): Token {
    return this.takeIf('op', text) ?? this.fail(`Expected "${text}", found ${this.#found()}`)
  }

  skipNewlines(): void {
    while (this.takeIf('newline') !== undefined);
  }

  /** The next character, without reading it as part of a token. Only right after a `take`. */
  nextCharacter(): string {
    return this.#lexer.nextCharacter()
  }

  /** Raw text that fits the sticky pattern. Only right after a `take`. */
  raw(pattern: RegExp): string {
    const text = this.#lexer.raw(pattern)
    this.#end = this.#lexer.offset
    return text
  }

  /** True where the sticky pattern fits right after the current token. */
  isFollowedBy(pattern: RegExp): boolean {
    this.#current()
    return this.#lexer.looksAt(pattern)
  }

  /** True at a line end after which the expression goes on: the next line starts with a pipe. */
  atContinuedLine(): boolean {
    return this.peek('newline') && this.#lexer.pipeFollows()
  }

  slice(span: Span): string {
    return this.#lexer.slice(span.start, span.end)
  }

  /** Runs a parser one level deeper. */
  nested<T>(parse: () => T): T {
    this.#depth += 1
    if (this.#depth > DEPTH_MAX) this.fail(`Nested deeper than ${DEPTH_MAX} levels`)
    const result = parse()
    this.#depth -= 1
    return result
  }

  /** Throws at the current token. */
  fail(message: string): never {
    throw new XanoScriptError(message, this.at)
  }

  #current(): Token {
    this.#token ??= this.#lexer.next()
    return this.#token
  }

  #found(): string {
    const { type, text } = this.#current()
    return type === 'op' || type === 'ident' || type === 'number' ? `"${text}"` : WORDS[type]
  }
}
