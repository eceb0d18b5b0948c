import type { Position } from './position.ts'
import type { RawBlock } from './raw-block.ts'

/**
 * What every document is first read into, whatever its kind. Statements (`stack`) and expressions stay text: as a
 * member of type `raw` and a value of type `raw`.
 */
export interface Construct {
  kind: string
  /** Null where a kind goes without one. */
  name: string | null
  members: Member[]
  at: Position
}

export type Member = Property | FieldBlock | RawBlock

/** `name = value`. */
export interface Property {
  type: 'property'
  name: string
  value: Value
  at: Position
}

/** `schema { ... }`, `input { ... }`, `output { ... }`. */
export interface FieldBlock {
  type: 'fields'
  name: string
  fields: Field[]
  at: Position
}

/** One line of a field block: `text[] name?=a filters=trim { description = "..." }`. A `dblink` has an empty name. */
export interface Field {
  type: string
  list: ListRange | null
  nullable: boolean
  name: string
  optional: boolean
  default: Value | null
  filters: FieldFilter[]
  meta: Property[]
  /** Fields of an `object`; null where there is no block. */
  children: Field[] | null
  at: Position
}

/** `[]` is any length, `[1:10]` one to ten. */
export interface ListRange {
  min: number | null
  max: number | null
}

/** `min:3`; arguments are raw text. The name of a filter that is switched off begins with its mark: `!min`. */
export interface FieldFilter {
  name: string
  args: string[]
}

/**
 * A literal, or the text of an expression (`raw`). `word` is a bareword: an identifier that stands for its own text.
 */
export type Value =
  | { type: 'text'; text: string; at: Position }
  | { type: 'word'; text: string; at: Position }
  | { type: 'number'; text: string; at: Position }
  | { type: 'timestamp'; text: string; at: Position }
  | { type: 'bool'; value: boolean; at: Position }
  | { type: 'null'; at: Position }
  | { type: 'now'; at: Position }
  | { type: 'array'; items: Value[]; at: Position }
  | { type: 'object'; entries: ObjectEntry[]; at: Position }
  | { type: 'raw'; text: string; at: Position }

export interface ObjectEntry {
  key: string
  value: Value
  at: Position
}
