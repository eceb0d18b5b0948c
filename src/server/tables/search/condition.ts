import type { Column } from '#api/contract/columns.ts'

/** Operators of the search language; no operator at all, `=` and `==` mean the same. */
export const SEARCH_OPS = ['==', '!=', '>', '>=', '<', '<=', 'in', 'not in', 'like', 'ilike', 'contains'] as const
export type SearchOp = (typeof SEARCH_OPS)[number]

/** One condition, its value converted by the column's type. `value` null stands for "no value". */
export interface Condition {
  column: Column
  op: SearchOp
  value: unknown
  /** Joined to all conditions before it with OR instead of AND. */
  isOr: boolean
}
