import type { Construct, FieldBlock, Property } from './ast.ts'
import type { Position } from './position.ts'
import type { RawBlock, Span } from './raw-block.ts'

/** A construct as it stands in a source: its parts know where they are. */
export interface SourceConstruct extends Construct {
  members: SourceMember[]
  /** Where the name stands, with its quotes if it has any; empty after the kind where there is none. */
  nameSpan: Span
  nameAt: Position
  /** `verb=GET` after the name. */
  verb: { text: string; span: Span; at: Position } | null
  /** The text between the braces. */
  body: Span
}

/** Its span goes from the first character of its name to the last of its value or its closing brace. */
export type SourceMember = SourceProperty | (FieldBlock & { span: Span }) | (RawBlock & { span: Span })

export interface SourceProperty extends Property {
  span: Span
  valueSpan: Span
}
