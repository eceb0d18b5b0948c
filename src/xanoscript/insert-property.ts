import type { SourceConstruct } from './source-construct.ts'
import { indentOf, lineEndAfter, lineEndingOf, type TextEdit } from './text-edit.ts'

/** The order in which members stand in a document. */
const ORDER = [
  ['api_group', 'table', 'channel', 'agent', 'mcp_server', 'description', 'docs', 'auth', 'active', 'datasource'],
  ['actions', 'datasources', 'public_messaging', 'private_messaging', 'settings'],
  ['input', 'stack', 'response', 'test', 'tags', 'cache', 'guid'],
].flat()
const RANKS: ReadonlyMap<string, number> = new Map(ORDER.map((name, rank) => [name, rank]))

/** `name = value` to be put on a line of its own. */
export interface PropertyLine {
  name: string
  text: string
}

/**
 * The edits that put new properties into a construct: each behind the last member that comes before it in `ORDER`, or
 * behind the opening brace.
 */
export function insertProperties(
  source: string,
  construct: SourceConstruct,
  indent: string,
  properties: readonly PropertyLine[],
): TextEdit[] {
  const places = Map.groupBy(properties, ({ name }) => placeFor(name, construct))
  return [...places].map(([place, lines]) => insertLines(source, indent, place, lines))
}

function placeFor(name: string, { members, body }: SourceConstruct): number {
  const rank = RANKS.get(name) ?? RANKS.size
  const before = members.filter((member) => (RANKS.get(member.name) ?? RANKS.size) < rank)
  return before.at(-1)?.span.end ?? body.start
}

/** A comment on the line of the place stays on that line. */
function insertLines(source: string, indent: string, place: number, lines: readonly PropertyLine[]): TextEdit {
  const newLine = lineEndingOf(source)
  const text = lines.map((line) => `${newLine}${indent}${line.text}`).join('')
  const lineEnd = lineEndAfter(source, place)
  if (lineEnd !== null) return { start: lineEnd, end: lineEnd, text }
  return { start: place, end: place, text: text + newLine }
}

/** Members that are asked for their place; a document that has none at the start of a line among these has none. */
const ASKED_MAX = 50

/** Members that stand at the start of a line tell how far the others are to be indented. */
export function memberIndent(source: string, construct: SourceConstruct): string {
  const first = construct.members.slice(0, ASKED_MAX).find(({ span }) => isAtLineStart(source, span.start))
  return first === undefined ? `${indentOf(source, construct.nameSpan.start)}  ` : indentOf(source, first.span.start)
}

function isAtLineStart(source: string, offset: number): boolean {
  const lineStart = source.lastIndexOf('\n', offset - 1) + 1
  return source.slice(lineStart, offset).trim() === ''
}
