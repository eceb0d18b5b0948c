import type { Column } from '#api/contract/columns.ts'
import type { SearchFilter } from '#api/contract/content.ts'

import { invalidInput } from '../../errors.ts'
import type { TableDefinition } from '../definition.ts'
import { BadValue } from '../values/bad-value.ts'
import { type Condition, SEARCH_OPS, type SearchOp } from './condition.ts'
import { searchValue } from './search-value.ts'

/** Each change between AND and OR nests once more, and PostgreSQL's parser has an end. */
const CONDITIONS_MAX = 500

const ALIASES: Record<string, SearchOp> = { '': '==', '=': '==' }

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

/** Conditions in the order of the request. Throws 400 naming an unknown column, operator or a value that does not fit. */
export function parseSearch(definition: TableDefinition, search: SearchFilter, now: Date): Condition[] {
  const entries = (Array.isArray(search) ? search : [search]).flatMap((part) => Object.entries(part))
  if (entries.length > CONDITIONS_MAX)
    throw invalidInput('search', `A search has at most ${CONDITIONS_MAX} conditions.`)
  const columns = new Map(definition.columns.map((column) => [column.name, column]))
  return entries.map(([key, value]) => {
    const parts = splitKey(key, (name) => columns.has(name))
    const column = columns.get(parts.column)
    if (column === undefined) {
      throw invalidInput(`search.${parts.column}`, `There is no column named "${parts.column}" to search in.`)
    }
    return toCondition(column, parts, value, now)
  })
}

function toCondition(column: Column, key: Key, value: unknown, now: Date): Condition {
  const spelled = key.op.trim().toLowerCase()
  const op = ALIASES[spelled] ?? SEARCH_OPS.find((known) => known === spelled)
  if (op === undefined) {
    const known = SEARCH_OPS.join(', ')
    throw invalidInput(`search.${column.name}`, `The operator "${key.op}" is not known. Known are ${known}.`)
  }
  try {
    return { column, op, value: searchValue(column, op, value, now), isOr: key.isOr }
  } catch (error) {
    if (!(error instanceof BadValue)) throw error
    const { param } = error.toIssue(`search.${column.name}`)
    throw invalidInput(param, `Invalid value for param ${param}: ${error.reason}`)
  }
}
