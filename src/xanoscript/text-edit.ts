import type { Span } from './raw-block.ts'

/** A part of a text to put another text in place of. */
export interface TextEdit extends Span {
  text: string
}

/** The text after edits that do not overlap. What is put in at a place comes before what is cut out there. */
export function applyEdits(source: string, edits: readonly TextEdit[]): string {
  let result = ''
  let at = 0
  for (const { start, end, text } of edits.toSorted((one, other) => one.start - other.start || one.end - other.end)) {
    result += source.slice(at, start) + text
    at = end
  }
  return result + source.slice(at)
}

/** What may follow a member on its line without being touched by what is put on the next line. */
const LINE_REST = /[ \t]*(?:,[ \t]*)?(?:\/\/[^\n]*?)?(?=\r?\n|$)/y
const BLANK_REST = /[ \t]*(?:,[ \t]*)?\r?\n/y
const COMMA = /[ \t]*,?[ \t]*/y

/** The end of the line if nothing but a comment follows the offset there; else null. */
export function lineEndAfter(source: string, offset: number): number | null {
  return endOf(LINE_REST, source, offset)
}

/**
 * What goes with a member that is taken away: its lines where it has them for itself, else the comma and the blanks
 * after it.
 */
export function removalOf(source: string, { start, end }: Span): Span {
  const lineStart = source.lastIndexOf('\n', start - 1) + 1
  const lineEnd = endOf(BLANK_REST, source, end)
  if (lineEnd !== null && source.slice(lineStart, start).trim() === '') return { start: lineStart, end: lineEnd }
  return { start, end: endOf(COMMA, source, end) ?? end }
}

/** The blanks that the line of the offset starts with. */
export function indentOf(source: string, offset: number): string {
  const lineStart = source.lastIndexOf('\n', offset - 1) + 1
  return /^[ \t]*/.exec(source.slice(lineStart, offset))?.[0] ?? ''
}

export function lineEndingOf(source: string): '\n' | '\r\n' {
  return source.charAt(source.indexOf('\n') - 1) === '\r' ? '\r\n' : '\n'
}

function endOf(pattern: RegExp, source: string, offset: number): number | null {
  pattern.lastIndex = offset
  return pattern.test(source) ? pattern.lastIndex : null
}
