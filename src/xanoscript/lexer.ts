import { type Position, XanoScriptError } from './position.ts'

export type TokenType =
  | 'ident'
  | 'text'
  | 'number'
  | 'timestamp'
  | 'variable'
  | 'backtick'
  | 'op'
  | 'newline'
  | 'separator'
  | 'end'

export interface Token {
  type: TokenType
  /** The text as it is meant: unescaped for strings, without the marks for variables and backticks. */
  text: string
  at: Position
  /** Where it stands in the source, in UTF-16 units. */
  start: number
  end: number
}

/** A comment goes to the line end, so that nothing but a line end can follow it. */
const TRIVIA = /[ \t\r\uFEFF]*(?:\/\/[^\n]*)?/y
const IDENT = /[A-Za-z_][A-Za-z0-9_]*/y
const VARIABLE = /\$(?:[A-Za-z_][A-Za-z0-9_]*|\$)/y
const TIMESTAMP = /\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?[+-]\d{4}/y
const NUMBER = /\d+(?:\.\d+)?/y
/** Longest first: the first that fits is taken. */
const OPERATOR = /===|!==|==|!=|<=|>=|&&|\|\||\?\?|\.\.|@>|!~|[{}[\]():,=?|!.><+\-*/%~@]/y
const BLANK_LINES = /[ \t\r\n\uFEFF]*/y
/** A line of three or more hyphens between the documents of a multidoc. */
const SEPARATOR = /---+[ \t\r]*(?=\n|$)/y
const BACKTICK = /`[^`\\\n]*(?:\\[^\n][^`\\\n]*)*`/y
/** What stands for itself inside a text in double or single quotes. */
const PLAIN_IN_DOUBLE = /[^"\\\n]*/y
const PLAIN_IN_SINGLE = /[^'\\\n]*/y
const HEX = /[0-9a-fA-F]{4}/y
const UNIT_MARK = /\\u/y
const HIGH_SURROGATE = /[\uD800-\uDBFF]$/
const BLOCK_MARKS = ['"""', "'''", '```']
const SIMPLE_ESCAPES: Record<string, string> = { n: '\n', t: '\t', r: '\r' }

/** What can be no token, and what to write instead. */
const FOREIGN: readonly [string, string][] = [
  ['#', 'Unexpected "#": comments start with "//"'],
  ['/*', 'Unexpected "/*": comments start with "//" and go to the line end'],
]

/** Reads tokens one by one, on demand: some parts of the language are raw text, which only the parser can tell. */
export class Lexer {
  readonly #source: string
  #offset = 0
  #line = 1
  #lineStart = 0

  constructor(source: string) {
    this.#source = source
  }

  get offset(): number {
    return this.#offset
  }

  get position(): Position {
    return { line: this.#line, col: this.#offset - this.#lineStart + 1 }
  }

  /** The raw text from here on that fits the sticky pattern; the pattern must not cross a line end. */
  raw(pattern: RegExp): string {
    return this.#match(pattern) ?? ''
  }

  nextCharacter(): string {
    return this.#source.charAt(this.#offset)
  }

  /** True where the sticky pattern fits from here on; nothing is read. */
  looksAt(pattern: RegExp): boolean {
    pattern.lastIndex = this.#offset
    return pattern.test(this.#source)
  }

  /** True where the next line that holds more than a comment starts with a pipe; nothing is read. */
  pipeFollows(): boolean {
    let at = this.#offset
    for (;;) {
      BLANK_LINES.lastIndex = at
      BLANK_LINES.test(this.#source)
      at = BLANK_LINES.lastIndex
      if (!this.#source.startsWith('//', at)) return this.#source.charAt(at) === '|'
      const lineEnd = this.#source.indexOf('\n', at)
      if (lineEnd === -1) return false
      at = lineEnd
    }
  }

  /** A part of the source, as it stands there. */
  slice(start: number, end: number): string {
    return this.#source.slice(start, end)
  }

  next(): Token {
    this.#match(TRIVIA)
    const at = this.position
    const start = this.#offset
    const [type, text] = this.#read(at)
    return { type, text, at, start, end: this.#offset }
  }

  #read(at: Position): [TokenType, string] {
    const first = this.#source.charAt(this.#offset)
    if (first === '') return ['end', '']
    if (first === '\n') return this.#readNewline()
    if (first === '"' || first === "'" || first === '`') return this.#readQuoted(first, at)
    if (at.col === 1 && this.#match(SEPARATOR) !== undefined) return ['separator', '---']
    return this.#readPlain(first, at)
  }

  #readQuoted(quote: string, at: Position): [TokenType, string] {
    const block = BLOCK_MARKS.find((mark) => this.#source.startsWith(mark, this.#offset))
    if (block !== undefined) return [block === '```' ? 'backtick' : 'text', this.#readBlock(block, at)]
    return quote === '`' ? ['backtick', this.#readBacktick(at)] : ['text', this.#readText(quote, at)]
  }

  #readPlain(first: string, at: Position): [TokenType, string] {
    const ident = this.#match(IDENT)
    if (ident !== undefined) return ['ident', ident]
    if (first >= '0' && first <= '9') {
      const timestamp = this.#match(TIMESTAMP)
      return timestamp === undefined ? ['number', this.#match(NUMBER) ?? ''] : ['timestamp', timestamp]
    }
    if (first === '$') {
      const variable = this.#match(VARIABLE)
      if (variable !== undefined) return ['variable', variable.slice(1)]
    }
    const foreign = FOREIGN.find(([mark]) => this.#source.startsWith(mark, this.#offset))
    if (foreign !== undefined) throw new XanoScriptError(foreign[1], at)
    const operator = this.#match(OPERATOR)
    if (operator !== undefined) return ['op', operator]
    const character = String.fromCodePoint(this.#source.codePointAt(this.#offset) ?? 0)
    throw new XanoScriptError(`Unexpected character "${character}"`, at)
  }

  #readNewline(): [TokenType, string] {
    this.#offset += 1
    this.#line += 1
    this.#lineStart = this.#offset
    return ['newline', '\n']
  }

  #readText(quote: string, at: Position): string {
    this.#offset += 1
    const plain = quote === '"' ? PLAIN_IN_DOUBLE : PLAIN_IN_SINGLE
    let text = ''
    for (;;) {
      text += this.#match(plain) ?? ''
      const character = this.#source.charAt(this.#offset)
      if (character === '' || character === '\n') throw new XanoScriptError('The text is not closed', at)
      this.#offset += 1
      if (character === quote) return text
      text += this.#readEscape(at)
    }
  }

  #readEscape(textAt: Position): string {
    const at = this.position
    const character = this.#source.charAt(this.#offset)
    if (character === '' || character === '\n') throw new XanoScriptError('The text is not closed', textAt)
    this.#offset += 1
    return character === 'u' ? this.#readUnicode(at) : (SIMPLE_ESCAPES[character] ?? character)
  }

  /** One character; those beyond the first plane are written as a pair. Nothing stores NUL or half of a pair. */
  #readUnicode(at: Position): string {
    let text = this.#readUnit(at)
    if (HIGH_SURROGATE.test(text) && this.#match(UNIT_MARK) !== undefined) text += this.#readUnit(at)
    if (text === '\0' || !text.isWellFormed()) {
      throw new XanoScriptError('"\\u" must not name NUL or half of a character', at)
    }
    return text
  }

  #readUnit(at: Position): string {
    const hex = this.#match(HEX)
    if (hex === undefined) throw new XanoScriptError('"\\u" needs four hexadecimal digits', at)
    return String.fromCharCode(Number.parseInt(hex, 16))
  }

  /** Text between block marks: the lines between them, less the closing mark's indentation. */
  #readBlock(mark: string, at: Position): string {
    const opened = this.#source.startsWith('\n', this.#offset + 3) || this.#source.startsWith('\r\n', this.#offset + 3)
    const close = this.#source.indexOf(mark, this.#offset + 3)
    if (close === -1) throw new XanoScriptError(`The block is not closed by ${mark}`, at)
    const body = this.#source.slice(this.#offset + 3, close)
    this.#countLines(body, this.#offset + 3)
    this.#offset = close + 3
    if (!opened) return body
    const lines = body.replaceAll('\r\n', '\n').split('\n').slice(1)
    const indent = lines.at(-1) ?? ''
    if (indent.trim() !== '') throw new XanoScriptError(`${mark} must close the block on a line of its own`, at)
    return lines
      .slice(0, -1)
      .map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line.trimStart()))
      .join('\n')
  }

  #readBacktick(at: Position): string {
    const body = this.#match(BACKTICK)
    if (body === undefined) throw new XanoScriptError('The expression is not closed by a backtick', at)
    return body.slice(1, -1).replaceAll('\\`', '`')
  }

  #countLines(text: string, offset: number): void {
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) {
      this.#line += 1
      this.#lineStart = offset + at + 1
    }
  }

  #match(pattern: RegExp): string | undefined {
    if (!this.looksAt(pattern)) return undefined
    const text = this.#source.slice(this.#offset, pattern.lastIndex)
    this.#offset = pattern.lastIndex
    return text
  }
}
