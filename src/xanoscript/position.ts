/** A place in a text, both counted from 1. */
export interface Position {
  line: number
  col: number
}

/** Where nodes stand that were built and not read. */
export const NOWHERE: Position = { line: 0, col: 0 }

/** A text that is no XanoScript. The message says what is wrong; `line` and `col` say where. */
export class XanoScriptError extends Error {
  override name = 'XanoScriptError'
  readonly line: number
  readonly col: number

  constructor(message: string, at: Position) {
    super(`${message} (line ${at.line}, column ${at.col})`)
    this.line = at.line
    this.col = at.col
  }
}
