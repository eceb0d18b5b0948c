import { type RawBuilder, sql } from 'kysely'

import type { Row } from '#api/contract/content.ts'

import { isList } from '../column-type.ts'
import type { TableDefinition } from '../definition.ts'
import { fromDatabase, isReadDifferently, readType } from '../values/wire.ts'

/** How the rows of a table are read. Passwords are in neither part: their hashes never leave the database here. */
export interface RowSelection {
  /** Columns of the table `t`, for a select list or `returning`. */
  list: RawBuilder<unknown>
  /** Turns a row as the driver reads it into the form in which the API answers it; it is the same object. */
  toRow(raw: Record<string, unknown>): Row
  /** The same for a row that is read as a list of values in the order of `list`. */
  readRow: (values: readonly unknown[]) => Row
}

/** Made once for each definition that is kept. */
const selections = new WeakMap<TableDefinition, RowSelection>()

/** Prepares reading the rows of a table. In the statement the table goes by the name `t`. */
export function selectRows(definition: TableDefinition): RowSelection {
  const known = selections.get(definition)
  if (known !== undefined) return known
  const selection = prepareSelection(definition)
  selections.set(definition, selection)
  return selection
}

function prepareSelection(definition: TableDefinition): RowSelection {
  const columns = definition.columns.filter((column) => column.type !== 'password')
  const parts = columns.map((column) => {
    const name = sql.id('t', column.name)
    const type = readType(column)
    if (type === undefined) return name
    return sql`${name}::${sql.raw(isList(column) ? `${type}[]` : type)} as ${sql.id(column.name)}`
  })
  const names = columns.map((column) => column.name)
  const changed = columns.filter(isReadDifferently)
  const toRow = (raw: Record<string, unknown>): Row => {
    for (const column of changed) raw[column.name] = fromDatabase(column, raw[column.name])
    return raw
  }
  return {
    list: sql.join(parts),
    toRow,
    readRow(values) {
      const row: Row = {}
      for (let at = 0; at < names.length; at += 1) row[names[at] ?? ''] = values[at]
      return toRow(row)
    },
  }
}
