import type { Column } from '#api/contract/columns.ts'

import { filterProblem, needsValue, operatorWords, type RowFilter } from './row-search.ts'

export interface FilterParts {
  column: string
  operator: string
  value: string
  /** Why it is left out of the search. */
  problem: string | undefined
}

/** A condition as its chip says it. */
export function filterParts(filter: RowFilter, columns: readonly Column[]): FilterParts {
  const column = columns.find(({ name }) => name === filter.column)
  return {
    column: filter.column,
    operator: operatorWords(filter.operator, column),
    value: needsValue(filter.operator) ? valueWords(filter, column) : '',
    problem: column === undefined ? 'no such column' : filterProblem(filter, column),
  }
}

function valueWords({ operator, value }: RowFilter, column: Column | undefined): string {
  if (operator === 'in' || operator === 'not in')
    return value
      .split(/\s*,\s*/)
      .filter(Boolean)
      .join(', ')
  return column?.type === 'timestamp' ? value.replace('T', ' ') : value
}
