import type { Column } from '#api/contract/columns.ts'

/** Operators of the search language; `search-op.ts` knows their other spellings. */
export const SEARCH_OPS = [
  '==',
  '!=',
  '>',
  '>=',
  '<',
  '<=',
  'in',
  'not in',
  'between',
  'not between',
  'like',
  'not like',
  'ilike',
  'not ilike',
  'contains',
  'not contains',
  'overlaps',
  'not overlaps',
] as const
export type SearchOp = (typeof SEARCH_OPS)[number]

/** One comparison, its value converted by the column's type. `value` null stands for "no value". */
export interface Comparison {
  column: Column
  op: SearchOp
  value: unknown
  /** Joined to all conditions before it with OR instead of AND. */
  isOr: boolean
}

/** Conditions in parentheses; never empty. */
export interface ConditionGroup {
  group: readonly Condition[]
  isOr: boolean
}

export type Condition = Comparison | ConditionGroup
