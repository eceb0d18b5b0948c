import { type RawBuilder, sql } from 'kysely'

import type { Row } from '#api/contract/content.ts'

import { isList } from '../column-type.ts'
import type { TableDefinition } from '../definition.ts'
import { fromDatabase, readType } from '../values/wire.ts'

/** How the rows of a table are read. Passwords are in neither part: their hashes never leave the database here. */
export interface RowSelection {
  /** Columns of the table `t`, for a select list or `returning`. */
  list: RawBuilder<unknown>
  /** A row as the API answers it. */
  toRow(raw: Record<string, unknown>): Row
}

/** Prepares reading the rows of a table. In the statement the table goes by the name `t`. */
export function selectRows(definition: TableDefinition): RowSelection {
  const columns = definition.columns.filter((column) => column.type !== 'password')
  const parts = columns.map((column) => {
    const name = sql.id('t', column.name)
    const type = readType(column)
    if (type === undefined) return name
    return sql`${name}::${sql.raw(isList(column) ? `${type}[]` : type)} as ${sql.id(column.name)}`
  })
  return {
    list: sql.join(parts),
    toRow: (raw) => Object.fromEntries(columns.map((column) => [column.name, fromDatabase(column, raw[column.name])])),
  }
}
