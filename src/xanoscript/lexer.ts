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
}

/** Longest first: the first that fits is taken. */
const OPERATORS = '=== !== == != >= <= && || ?? .. @> !~ { } [ ] ( ) : , = ? | ! . > < + - * / % ~ @'.split(' ')

const BLANK = /[ \t\r\uFEFF]+/y
const COMMENT = /\/\/[^\n]*/y
const IDENT = /[A-Za-z_][A-Za-z0-9_]*/y
const VARIABLE = /\$(?:[A-Za-z_][A-Za-z0-9_]*|\$)/y
const TIMESTAMP = /\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?[+-]\d{4}/y
const NUMBER = /\d+(?:\.\d+)?/y
/** A line of three or more hyphens between the documents of a multidoc. */
const SEPARATOR = /---+[ \t\r]*(?=\n|$)/y
const BLOCK_MARKS = ['"""', "'''", '```']
const SIMPLE_ESCAPES: Record<string, string> = { n: '\n', t: '\t', r: '\r' }

/** Reads tokens one by one, on demand: some parts of the language are raw text, which only the parser can tell. */
export class Lexer {
  readonly #source: string
  #offset = 0
  #line = 1
  #lineStart = 0

  constructor(source: string) {
    this.#source = source
  }

  /** The raw text from here on that fits the sticky pattern; the pattern must not cross a line end. */
  raw(pattern: RegExp): string {
    return this.#match(pattern) ?? ''
  }

  nextCharacter(): string {
    return this.#source.charAt(this.#offset)
  }

  next(): Token {
    while (this.#match(BLANK) !== undefined || this.#match(COMMENT) !== undefined);
    const at = this.#position()
    const [type, text] = this.#read(at)
    return { type, text, at }
  }

  #read(at: Position): [TokenType, string] {
    const first = this.#source.charAt(this.#offset)
    if (first === '') return ['end', '']
    if (first === '\n') return this.#readNewline()
    const block = BLOCK_MARKS.find((mark) => this.#source.startsWith(mark, this.#offset))
    if (block !== undefined) return [block === '```' ? 'backtick' : 'text', this.#readBlock(block, at)]
    if (first === '"' || first === "'") return ['text', this.#readText(first, at)]
    if (first === '`') return ['backtick', this.#readBacktick(at)]
    if (at.col === 1 && this.#match(SEPARATOR) !== undefined) return ['separator', '---']
    return this.#readPlain(first, at)
  }

  #readPlain(first: string, at: Position): [TokenType, string] {
    const ident = this.#match(IDENT)
    if (ident !== undefined) return ['ident', ident]
    const timestamp = this.#match(TIMESTAMP)
    if (timestamp !== undefined) return ['timestamp', timestamp]
    const number = this.#match(NUMBER)
    if (number !== undefined) return ['number', number]
    const variable = this.#match(VARIABLE)
    if (variable !== undefined) return ['variable', variable.slice(1)]
    const operator = OPERATORS.find((text) => this.#source.startsWith(text, this.#offset))
    if (operator !== undefined) {
      this.#offset += operator.length
      return ['op', operator]
    }
    if (first === '#') throw new XanoScriptError('Unexpected "#": comments start with "//"', at)
    throw new XanoScriptError(`Unexpected character "${first}"`, at)
  }

  #readNewline(): [TokenType, string] {
    this.#offset += 1
    this.#line += 1
    this.#lineStart = this.#offset
    return ['newline', '\n']
  }

  #readText(quote: string, at: Position): string {
    this.#offset += 1
    let text = ''
    for (;;) {
      const character = this.#source.charAt(this.#offset)
      if (character === '' || character === '\n') throw new XanoScriptError('The text is not closed', at)
      this.#offset += 1
      if (character === quote) return text
      text += character === '\\' ? this.#readEscape() : character
    }
  }

  #readEscape(): string {
    const at = this.#position()
    const character = this.#source.charAt(this.#offset)
    if (character === '' || character === '\n') throw new XanoScriptError('The text is not closed', at)
    this.#offset += 1
    if (character !== 'u') return SIMPLE_ESCAPES[character] ?? character
    const hex = this.#match(/[0-9a-fA-F]{4}/y)
    if (hex === undefined) throw new XanoScriptError('"\\u" needs four hexadecimal digits', at)
    return String.fromCharCode(Number.parseInt(hex, 16))
  }

  /** Text between block marks: the lines between them, less the closing mark's indentation. */
  #readBlock(mark: string, at: Position): string {
    const opened = this.#source.startsWith('\n', this.#offset + 3) || this.#source.startsWith('\r\n', this.#offset + 3)
    const close = this.#source.indexOf(mark, this.#offset + 3)
    if (close === -1) throw new XanoScriptError(`The block is not closed by ${mark}`, at)
    const body = this.#source.slice(this.#offset + 3, close)
    this.#moveTo(close + 3)
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
    const body = this.#match(/`(?:\\`|[^`\n])*`/y)
    if (body === undefined) throw new XanoScriptError('The expression is not closed by a backtick', at)
    return body.slice(1, -1).replaceAll('\\`', '`')
  }

  #moveTo(offset: number): void {
    for (let at = this.#source.indexOf('\n', this.#offset); at !== -1 && at < offset;) {
      this.#line += 1
      this.#lineStart = at + 1
      at = this.#source.indexOf('\n', at + 1)
    }
    this.#offset = offset
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#offset
    const text = pattern.exec(this.#source)?.[0]
    if (text !== undefined) this.#offset += text.length
    return text
  }

  #position(): Position {
    return { line: this.#line, col: this.#offset - this.#lineStart + 1 }
  }
}
