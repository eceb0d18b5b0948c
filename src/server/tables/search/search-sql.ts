import { type RawBuilder, sql } from 'kysely'

import type { Column } from '#api/contract/columns.ts'

import { isList, isStoredAsJson, sqlType } from '../column-type.ts'
import { toWire } from '../values/wire.ts'
import type { Condition, SearchOp } from './condition.ts'

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

type ConditionSql = (name: RawBuilder<unknown>, column: Column, value: unknown) => RawBuilder<unknown>

const compare =
  (op: string): ConditionSql =>
  (name, column, value) =>
    sql`${name} ${sql.raw(op)} ${parameter(column, value)}`

/**
 * `!=` is the exact opposite of `==` and `not in` of `in`: rows without a value are on one of the two sides, not on
 * neither as SQL alone would have it.
 */
const CONDITIONS: Record<SearchOp, ConditionSql> = {
  '==': (name, column, value) => (value === null ? sql`${name} is null` : compare('=')(name, column, value)),
  '!=': (name, column, value) =>
    value === null ? sql`${name} is not null` : compare('is distinct from')(name, column, value),
  '>': compare('>'),
  '>=': compare('>='),
  '<': compare('<'),
  '<=': compare('<='),
  in: (name, column, values) => sql`${name} = any (${parameters(column, values)})`,
  'not in': (name, column, values) => sql`(${name} = any (${parameters(column, values)})) is not true`,
  like: compare('like'),
  ilike: compare('ilike'),
  contains: (name, column, value) =>
    isList(column) || isStoredAsJson(column)
      ? compare('@>')(name, column, value)
      : sql`strpos(${name}, ${parameter(column, value)}) > 0`,
}

/** One condition on the table `t`. */
function conditionSql({ column, op, value }: Condition): RawBuilder<unknown> {
  return CONDITIONS[op](sql.id('t', column.name), column, value)
}

/** All conditions, read from the left: each joins everything before it, with AND or, where it says so, OR. */
export function searchSql(conditions: readonly Condition[]): RawBuilder<unknown> | undefined {
  let run: RawBuilder<unknown>[] = []
  let isOrRun = false
  const close = (): RawBuilder<unknown> => sql`(${sql.join(run, isOrRun ? sql` or ` : sql` and `)})`
  for (const condition of conditions) {
    // Conditions joined the same way stay in one flat list; only a change nests.
    if (run.length > 1 && condition.isOr !== isOrRun) run = [close()]
    isOrRun = condition.isOr
    run.push(sql`(${conditionSql(condition)})`)
  }
  return run.length === 0 ? undefined : close()
}
