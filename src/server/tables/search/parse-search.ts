import type { Column } from '#api/contract/columns.ts'
import type { SearchFilter } from '#api/contract/content.ts'

import { type AppError, invalidInput } from '../../errors.ts'
import type { TableDefinition } from '../definition.ts'
import { BadValue } from '../values/bad-value.ts'
import type { Comparison, Condition } from './condition.ts'
import { parseExpression } from './parse-expression.ts'
import { parseSearchOp } from './search-op.ts'
import { searchValue } from './search-value.ts'

/** Each change between AND and OR nests once more, and PostgreSQL's parser has an end. */
const CONDITIONS_MAX = 500

/** Key of the second form: `{"expression": [...]}`. Where a column has this name, the key means the column. */
const EXPRESSION = 'expression'

interface Key {
  column: string
  op: string
  isOr: boolean
}

/** `price|>=|or` → its parts. Read from the end, because the name of a column may hold a `|` itself. */
function splitKey(key: string, isColumn: (name: string) => boolean): Key {
  if (isColumn(key)) return { column: key, op: '', isOr: false }
  const parts = key.split('|')
  const isOr = parts.length > 2 && parts.at(-1) === 'or'
  if (parts.length > 2 && (isOr || parts.at(-1) === '')) parts.pop()
  const op = parts.length > 1 ? (parts.pop() ?? '') : ''
  return { column: parts.join('|'), op, isOr }
}

/**
 * Conditions in the order of the request, in either form of the search language: `{"price|>=": 5}` or
 * `{"expression": [{"statement": …}]}`. Throws 400 naming an unknown column, an operator or a value that does not
 * fit. Of a table only its columns matter, so that logs and histories are searched alike.
 */
export function parseSearch(
  definition: Pick<TableDefinition, 'columns'>,
  search: SearchFilter,
  now: Date,
): Condition[] {
  const columns = new Map(definition.columns.map((column) => [column.name, column]))
  const entries = (Array.isArray(search) ? search : [search]).flatMap((part) => Object.entries(part))
  if (entries.length > CONDITIONS_MAX) throw tooMany()
  const conditions = entries.flatMap(([key, value]): Condition[] => {
    if (key === EXPRESSION && !columns.has(key)) return inParentheses(parseExpression(columns, value, now))
    return [
      toComparison(
        columns,
        splitKey(key, (name) => columns.has(name)),
        value,
        now,
      ),
    ]
  })
  if (count(conditions) > CONDITIONS_MAX) throw tooMany()
  return conditions
}

/** An empty expression is no condition, as an empty search is none. */
function inParentheses(group: readonly Condition[]): Condition[] {
  return group.length === 0 ? [] : [{ group, isOr: false }]
}

function count(conditions: readonly Condition[]): number {
  return conditions.reduce((sum, condition) => sum + ('group' in condition ? count(condition.group) : 1), 0)
}

function tooMany(): AppError {
  return invalidInput('search', `A search has at most ${CONDITIONS_MAX} conditions.`)
}

function toComparison(columns: ReadonlyMap<string, Column>, key: Key, value: unknown, now: Date): Comparison {
  const param = `search.${key.column}`
  const column = columns.get(key.column)
  if (column === undefined) throw invalidInput(param, `There is no column named "${key.column}" to search in.`)
  try {
    const op = parseSearchOp(key.op)
    return { column, op, value: searchValue(column, op, value, now), isOr: key.isOr }
  } catch (error) {
    throw error instanceof BadValue ? refusal(error, param) : error
  }
}

function refusal(error: BadValue, prefix: string): AppError {
  const { param, message } = error.toIssue(prefix)
  return invalidInput(param, message)
}
