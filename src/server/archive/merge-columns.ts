import { type RawBuilder, sql } from 'kysely'

import type { Column } from '#api/contract/columns.ts'

import { sqlType } from '../tables/column-type.ts'
import { conversionSql } from '../tables/type-change.ts'
import type { Merge } from './plan-merge.ts'
import type { Place } from './table-place.ts'

/** A piece of a statement. */
type Sql = RawBuilder<unknown>

/** The rows of the archive, their values as the table of now takes them, as a subquery. */
export function converted({ built }: Place, { archived }: Merge, common: readonly Column[]): Sql {
  const from = new Map(archived.columns.map((column) => [column.name, column]))
  const values = common.map((column) => {
    const old = from.get(column.name) ?? column
    const value = sqlType(old) === sqlType(column) ? sql.id(column.name) : conversionSql(old, column)
    return sql`${value ?? sql.id(column.name)} as ${sql.id(column.name)}`
  })
  return sql`(select ${sql.join(values)} from ${sql.id(built, archived.name)})`
}

/** Columns that both have by name, the id first, and those that only the table of now has. */
export function columnsOf({ live, archived }: Merge): { common: Column[]; own: Column[] } {
  const names = new Set(archived.columns.map(({ name }) => name))
  return {
    common: live.columns.filter(({ name }) => names.has(name)),
    own: live.columns.filter(({ name }) => !names.has(name)),
  }
}

/** Their names, quoted, with commas between. */
export function listOf(columns: readonly Column[], alias?: string): Sql {
  return sql.join(columns.map(({ name }) => (alias === undefined ? sql.id(name) : sql.id(alias, name))))
}

/** True for a row `one` of the archive that is not what the table holds as `other`; of the columns that both have. */
export function differs(common: readonly Column[]): Sql {
  const values = common.filter(({ name }) => name !== 'id')
  return values.length === 0
    ? sql`false`
    : sql`(${listOf(values, 'one')}) is distinct from (${listOf(values, 'other')})`
}
