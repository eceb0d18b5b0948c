import { type RawBuilder, sql } from 'kysely'

import type { Column } from '#api/contract/columns.ts'

import { sqlType } from '../column-type.ts'
import type { TableDefinition } from '../definition.ts'
import { toWire } from '../values/wire.ts'
import type { RowValues } from './row-reader.ts'

/**
 * Rows as one JSON parameter that PostgreSQL reads as a typed table `r`: however many rows and columns there are, it
 * is one parameter (the protocol allows 65,535) and every value has its column's type.
 */
export function recordset(columns: readonly Column[], rows: readonly RowValues[]): RawBuilder<unknown> {
  const wire = rows.map((row) =>
    Object.fromEntries(columns.map((column) => [column.name, toWire(column, row[column.name] ?? null)])),
  )
  const types = columns.map((column) => sql`${sql.id(column.name)} ${sql.raw(sqlType(column))}`)
  return sql`json_to_recordset(${JSON.stringify(wire)}::json) as r (${sql.join(types)})`
}

/** The columns of a definition that a row sets, `id` included where it does. */
export function columnsSet(definition: TableDefinition, values: RowValues): Column[] {
  return definition.columns.filter((column) => Object.hasOwn(values, column.name))
}

/** `"a", "b"` */
export function columnNames(columns: readonly Column[], table?: string): RawBuilder<unknown> {
  return sql.join(columns.map((column) => (table === undefined ? sql.id(column.name) : sql.id(table, column.name))))
}
