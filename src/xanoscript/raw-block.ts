import type { Position } from './position.ts'

/** A part of a source, in UTF-16 units from its start; `end` is the first unit after it. */
export interface Span {
  start: number
  end: number
}

/** `stack { ... }`, `test "name" { ... }` or the older `schedule { ... }`: balanced, and otherwise unread. */
export interface RawBlock {
  type: 'raw'
  name: string
  /** The name of a test; null for the others. */
  label: string | null
  /** With its braces; empty where the bare word stands for an empty block. */
  text: string
  at: Position
}
