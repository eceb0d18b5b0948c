import { sql } from 'kysely'

import type { Row } from '#api/contract/content.ts'

import type { Db } from '../../db/connection.ts'
import { withDatabaseErrors } from '../database-error.ts'
import type { TableDefinition } from '../definition.ts'
import { columnNames, columnsSet, recordset } from './recordset.ts'
import type { RowValues } from './row-reader.ts'
import { selectRows } from './select-rows.ts'

type Raw = Record<string, unknown>

/** Adds a row and answers it. */
export async function insertRow(db: Db, schema: string, definition: TableDefinition, values: RowValues): Promise<Row> {
  const table = sql.id(schema, definition.name)
  const columns = columnsSet(definition, values)
  const selection = selectRows(definition)
  const source =
    columns.length === 0
      ? sql`default values`
      : sql`(${columnNames(columns)}) select ${columnNames(columns, 'r')} from ${recordset(columns, [values])}`
  return withDatabaseErrors({ definition }, async () => {
    const added = await sql<Raw>`insert into ${table} as t ${source} returning ${selection.list}`.execute(db)
    return selection.toRow(added.rows[0] ?? {})
  })
}

/** Changes the columns that `values` sets; undefined where there is no such row. */
export async function updateRow(
  db: Db,
  schema: string,
  definition: TableDefinition,
  id: string,
  values: RowValues,
): Promise<Row | undefined> {
  const columns = columnsSet(definition, values)
  if (columns.length === 0) return getRow(db, schema, definition, id)
  const selection = selectRows(definition)
  const settings = sql.join(columns.map((column) => sql`${sql.id(column.name)} = ${sql.id('r', column.name)}`))
  return withDatabaseErrors({ definition }, async () => {
    const changed = await sql<Raw>`
      update ${sql.id(schema, definition.name)} as t set ${settings}
      from ${recordset(columns, [values])} where t.id = ${id} returning ${selection.list}`.execute(db)
    return changed.rows[0] === undefined ? undefined : selection.toRow(changed.rows[0])
  })
}

/** One row; undefined where there is no such row. */
export async function getRow(
  db: Db,
  schema: string,
  definition: TableDefinition,
  id: string,
): Promise<Row | undefined> {
  const selection = selectRows(definition)
  return withDatabaseErrors({ definition }, async () => {
    const found = await sql<Raw>`
      select ${selection.list} from ${sql.id(schema, definition.name)} as t where t.id = ${id}`.execute(db)
    return found.rows[0] === undefined ? undefined : selection.toRow(found.rows[0])
  })
}

/** Deletes a row; false where there is no such row. Refused while rows of other tables refer to it. */
export async function deleteRow(db: Db, schema: string, definition: TableDefinition, id: string): Promise<boolean> {
  return withDatabaseErrors({ definition, isDelete: true }, async () => {
    const gone = await sql`delete from ${sql.id(schema, definition.name)} where id = ${id}`.execute(db)
    return gone.numAffectedRows === 1n
  })
}
