import { randomUUID } from 'node:crypto'

import { sql } from 'kysely'

import type { Db } from '../../db/connection.ts'
import { invalidInput } from '../../errors.ts'
import { describeDatabaseError } from '../database-error.ts'
import { idType, type TableDefinition } from '../definition.ts'
import { passIds, takeIds } from '../id-counter.ts'
import { locateRow } from './locate-row.ts'
import { columnNames, recordset } from './recordset.ts'
import type { RowValues } from './row-reader.ts'

/** Rows a statement: large enough for speed, small enough that one JSON parameter stays a few megabytes. */
const ROWS_PER_STATEMENT = 2_000

/** Half of what 64 bits hold: a given id above it could leave the counter with nothing to give. */
const ID_MAX = 2n ** 62n

export type RowId = number | string

/**
 * Adds many rows in one transaction and answers their ids in order. A row may bring its own `id`; the counter then
 * moves past the highest one. Refusals name the row: `items.17.price`.
 */
export async function insertRows(
  trx: Db,
  schema: string,
  definition: TableDefinition,
  rows: readonly RowValues[],
): Promise<RowId[]> {
  const ids = await chooseIds(trx, schema, definition, rows)
  const complete = rows.map((row, at) => ({ ...row, id: ids[at] }))
  const table = sql.id(schema, definition.name)
  const { columns } = definition
  try {
    for (let start = 0; start < complete.length; start += ROWS_PER_STATEMENT) {
      const part = complete.slice(start, start + ROWS_PER_STATEMENT)
      await sql`insert into ${table} (${columnNames(columns)})
        select ${columnNames(columns, 'r')} from ${recordset(columns, part)}`.execute(trx)
    }
  } catch (error) {
    const row = locateRow(error, definition, complete)
    const prefix = row === undefined ? 'items' : `items.${row}`
    throw describeDatabaseError(error, {
      definition,
      paramOf: (column) => (column === '' ? prefix : `${prefix}.${column}`),
    })
  }
  return ids
}

/** The given ids, and fresh ones for the rows without. Known before the rows are written, so their order is certain. */
async function chooseIds(
  trx: Db,
  schema: string,
  definition: TableDefinition,
  rows: readonly RowValues[],
): Promise<RowId[]> {
  const given = rows.map((row) => row['id'] as RowId | undefined)
  if (idType(definition) === 'uuid') return given.map((id) => id ?? randomUUID())
  const highest = given.reduce<bigint>((top, id) => (id !== undefined && BigInt(id) > top ? BigInt(id) : top), 0n)
  if (highest > ID_MAX) {
    const at = given.findIndex((id) => id !== undefined && BigInt(id) > ID_MAX)
    throw invalidInput(`items.${at}.id`, `The id is above ${ID_MAX}: too few ids would be left for new rows.`)
  }
  if (highest > 0n) await passIds(trx, schema, definition, highest)
  const missing = given.filter((id) => id === undefined).length
  const fresh = missing === 0 ? [] : await takeIds(trx, schema, definition, missing)
  let next = 0
  return given.map((id) => id ?? fresh[next++] ?? 0)
}
