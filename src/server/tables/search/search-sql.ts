import { type RawBuilder, sql } from 'kysely'

import type { Column } from '#api/contract/columns.ts'

import { isList, isStoredAsJson, sqlType } from '../column-type.ts'
import { toWire } from '../values/wire.ts'
import type { Comparison, Condition, SearchOp } from './condition.ts'

/** A converted value as a typed parameter. */
function parameter(column: Column, value: unknown): RawBuilder<unknown> {
  const wire = toWire(column, value)
  const sent = isStoredAsJson(column) ? JSON.stringify(wire) : wire
  return sql`${sent}::${sql.raw(sqlType(column))}`
}

/** Many values as one parameter. */
function parameters(column: Column, values: unknown): RawBuilder<unknown> {
  return parameter({ ...column, style: 'list' }, values)
}

type ComparisonSql = (name: RawBuilder<unknown>, column: Column, value: unknown) => RawBuilder<boolean>

const compare =
  (op: string): ComparisonSql =>
  (name, column, value) =>
    sql`${name} ${sql.raw(op)} ${parameter(column, value)}`

/** The exact opposite: rows without a value are on one of the two sides, not on neither as SQL alone would have it. */
const opposite =
  (of: ComparisonSql): ComparisonSql =>
  (name, column, value) =>
    sql`(${of(name, column, value)}) is not true`

const isIn: ComparisonSql = (name, column, values) => sql`${name} = any (${parameters(column, values)})`

const isBetween: ComparisonSql = (name, column, value) => {
  const [low, high] = value as [unknown, unknown]
  return sql`${name} between ${parameter(column, low)} and ${parameter(column, high)}`
}

const contains: ComparisonSql = (name, column, value) =>
  isList(column) || isStoredAsJson(column)
    ? compare('@>')(name, column, value)
    : sql`strpos(${name}, ${parameter(column, value)}) > 0`

const COMPARISONS: Record<SearchOp, ComparisonSql> = {
  '==': (name, column, value) => (value === null ? sql`${name} is null` : compare('=')(name, column, value)),
  '!=': (name, column, value) =>
    value === null ? sql`${name} is not null` : compare('is distinct from')(name, column, value),
  '>': compare('>'),
  '>=': compare('>='),
  '<': compare('<'),
  '<=': compare('<='),
  in: isIn,
  'not in': opposite(isIn),
  between: isBetween,
  'not between': opposite(isBetween),
  like: compare('like'),
  'not like': opposite(compare('like')),
  ilike: compare('ilike'),
  'not ilike': opposite(compare('ilike')),
  contains,
  'not contains': opposite(contains),
  overlaps: compare('&&'),
  'not overlaps': opposite(compare('&&')),
}

/** One comparison on the table `t`. */
function comparisonSql({ column, op, value }: Comparison): RawBuilder<boolean> {
  return COMPARISONS[op](sql.id('t', column.name), column, value)
}

/**
 * All conditions on the table `t`, read from the left: each joins everything before it, with AND or, where it says
 * so, OR. Undefined without any.
 */
export function searchSql(conditions: readonly Condition[]): RawBuilder<boolean> | undefined {
  let run: RawBuilder<boolean>[] = []
  let isOrRun = false
  const close = (): RawBuilder<boolean> => sql`(${sql.join(run, isOrRun ? sql` or ` : sql` and `)})`
  for (const condition of conditions) {
    const part = 'group' in condition ? searchSql(condition.group) : comparisonSql(condition)
    if (part === undefined) continue
    // Conditions joined the same way stay in one flat list; only a change nests.
    if (run.length > 1 && condition.isOr !== isOrRun) run = [close()]
    isOrRun = condition.isOr
    run.push(sql`(${part})`)
  }
  return run.length === 0 ? undefined : close()
}
