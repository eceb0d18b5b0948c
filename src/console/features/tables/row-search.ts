import type { Column } from '#api/contract/columns.ts'
import type { SearchFilter, SortSpec } from '#api/contract/content.ts'

import { columnKind } from './column-kind.ts'
import { fromInput } from './row-input.ts'

/** Operators of the search language, and the two that compare with null. */
export const OPERATORS = [
  '=',
  '!=',
  '>',
  '>=',
  '<',
  '<=',
  'in',
  'not in',
  'contains',
  'is null',
  'is not null',
] as const
export type Operator = (typeof OPERATORS)[number]

export interface RowFilter {
  column: string
  operator: Operator
  /** As typed; a list is separated by commas. */
  value: string
}

export interface RowSort {
  column: string
  direction: 'asc' | 'desc'
}

export const OPERATOR_WORDS: Record<Operator, string> = {
  '=': 'is',
  '!=': 'is not',
  '>': 'greater than',
  '>=': 'at least',
  '<': 'less than',
  '<=': 'at most',
  in: 'is one of',
  'not in': 'is none of',
  contains: 'contains',
  'is null': 'is null',
  'is not null': 'is not null',
}

const MOMENT_WORDS: Partial<Record<Operator, string>> = { '>': 'after', '>=': 'from', '<': 'before', '<=': 'until' }

export function operatorWords(operator: Operator, column: Column | undefined): string {
  const kind = column === undefined ? 'text' : columnKind(column)
  const isTime = kind === 'moment' || kind === 'day'
  return (isTime ? MOMENT_WORDS[operator] : undefined) ?? OPERATOR_WORDS[operator]
}

export const needsValue = (operator: Operator): boolean => operator !== 'is null' && operator !== 'is not null'

const ORDER: Operator[] = ['=', '!=', '>', '>=', '<', '<=']
const OPERATORS_BY_KIND: Record<ReturnType<typeof columnKind>, Operator[]> = {
  whole: [...ORDER, 'in', 'not in'],
  decimal: [...ORDER, 'in', 'not in'],
  text: ['contains', '=', '!=', 'in', 'not in', '>', '<'],
  choice: ['=', '!=', 'in', 'not in'],
  bool: ['=', '!='],
  moment: ['>=', '<', '>', '<=', '=', '!='],
  day: ['>=', '<=', '=', '!=', '>', '<'],
  secret: [],
  json: [],
}

/** What a column can be asked, the likeliest first. */
export function operatorsFor(column: Column): Operator[] {
  const known = OPERATORS_BY_KIND[columnKind(column)]
  const isComparable = column.type !== 'uuid'
  const fitting = isComparable ? known : known.filter((operator) => ['=', '!=', 'in', 'not in'].includes(operator))
  return column.nullable ? [...fitting, 'is null', 'is not null'] : fitting
}

const splitList = (value: string): string[] =>
  value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')

/** Says what is wrong with a filter's value; undefined when it can be asked. */
export function filterProblem(filter: RowFilter, column: Column): string | undefined {
  const parts = partsOf(filter)
  if (parts.length === 0) return 'Give a value'
  for (const part of parts) {
    const parsed = valueOf(filter.operator, part, column)
    if (!parsed.ok) return parsed.message
  }
  return undefined
}

function partsOf(filter: RowFilter): (string | null)[] {
  if (!needsValue(filter.operator)) return [null]
  if (filter.operator === 'in' || filter.operator === 'not in') return splitList(filter.value)
  return [filter.value]
}

function valueOf(operator: Operator, part: string | null, column: Column): ReturnType<typeof fromInput> {
  if (part === null || operator === 'contains') return { ok: true, value: part }
  return fromInput({ ...column, required: false }, { text: part, isNull: false })
}

/** The conditions as the API takes them. What names an unknown column or does not fit it is left out; its chip says so. */
export function toSearch(filters: readonly RowFilter[], columns: readonly Column[]): SearchFilter | undefined {
  const conditions = filters.flatMap((filter) => {
    const column = columns.find(({ name }) => name === filter.column)
    if (column === undefined || filterProblem(filter, column) !== undefined) return []
    return [conditionOf(filter, column)]
  })
  return conditions.length > 0 ? conditions : undefined
}

function conditionOf(filter: RowFilter, column: Column): Record<string, unknown> {
  if (filter.operator === 'is null') return { [filter.column]: null }
  if (filter.operator === 'is not null') return { [`${filter.column}|!=`]: null }
  // Who searches does not mind capitals; the search language's own `contains` does.
  if (filter.operator === 'contains') return { [`${filter.column}|ilike`]: `%${escapePattern(filter.value)}%` }
  const values = partsOf(filter).map((part) => {
    const parsed = valueOf(filter.operator, part, column)
    return parsed.ok ? parsed.value : undefined
  })
  if (filter.operator === 'in' || filter.operator === 'not in')
    return { [`${filter.column}|${filter.operator}`]: values }
  const key = filter.operator === '=' ? filter.column : `${filter.column}|${filter.operator}`
  return { [key]: values[0] }
}

/** Text as part of a LIKE pattern that means just that text. */
function escapePattern(text: string): string {
  return text.replaceAll(/[\\%_]/g, String.raw`\$&`)
}

export function toSort(sort: RowSort | undefined, columns: readonly Column[]): SortSpec | undefined {
  if (sort === undefined || !columns.some(({ name }) => name === sort.column)) return undefined
  return { [sort.column]: sort.direction }
}
