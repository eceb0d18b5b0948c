import type { Position } from './position.ts'

/**
 * What every document is first read into, whatever its kind. Statements (`stack`) and expressions will join as
 * further kinds of `Member` and `Value`, in files of their own.
 */
export interface Construct {
  kind: string
  /** Null where a kind goes without one. */
  name: string | null
  members: Member[]
  at: Position
}

export type Member = Property | FieldBlock

/** `name = value`. */
export interface Property {
  type: 'property'
  name: string
  value: Value
  at: Position
}

/** `schema { ... }`, and later `input` and `output`. */
export interface FieldBlock {
  type: 'fields'
  name: string
  fields: Field[]
  at: Position
}

/** One line of a field block: `text[] name?=a filters=trim { description = "..." }`. */
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

/** `min:3`; arguments are raw text. */
export interface FieldFilter {
  name: string
  args: string[]
}

/** A literal. `word` is a bareword: an identifier that stands for its own text. */
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

export interface ObjectEntry {
  key: string
  value: Value
  at: Position
}
