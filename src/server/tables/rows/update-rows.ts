import { type RawBuilder, sql } from 'kysely'

import type { Column } from '#api/contract/columns.ts'

import type { Db } from '../../db/connection.ts'
import { sqlType } from '../column-type.ts'
import { describeDatabaseError } from '../database-error.ts'
import { toWire } from '../values/wire.ts'
import { holdRows } from './hold-rows.ts'
import { locateRow } from './locate-row.ts'
import type { RowValues } from './row-reader.ts'
import type { TablePlace } from './table-place.ts'

/** Rows a statement: large enough for speed, small enough that one JSON parameter stays a few megabytes. */
const ROWS_PER_STATEMENT = 5_000

/** What changes about one row: the columns that `values` has. */
export interface RowPatch {
  id: string
  values: RowValues
}

/**
 * Changes many rows, each in its own columns, a few thousand with one statement. Throws 404 for an unknown id and 400
 * for a value that the database refuses, named as `items.17.row_id` and `items.17.updates.price`.
 */
export async function updateRows(trx: Db, place: TablePlace, patches: readonly RowPatch[]): Promise<void> {
  const { definition } = place
  const ids = patches.map((patch) => patch.id)
  await holdRows(trx, place, ids, (at) => `items.${at}.row_id`)
  try {
    for (let start = 0; start < patches.length; start += ROWS_PER_STATEMENT) {
      await updatePart(trx, place, patches.slice(start, start + ROWS_PER_STATEMENT))
    }
  } catch (error) {
    const rows = patches.map(({ id, values }) => ({ ...values, id }))
    const at = locateRow(error, definition, rows)
    const prefix = at === undefined ? 'items' : `items.${at}.updates`
    throw describeDatabaseError(error, {
      definition,
      paramOf: (column) => (column === '' || at === undefined ? prefix : `${prefix}.${column}`),
    })
  }
}

async function updatePart(trx: Db, { schema, definition }: TablePlace, part: readonly RowPatch[]): Promise<void> {
  const [id, ...others] = definition.columns
  const columns = others
    .map((column) => ({ column, sent: part.filter(({ values }) => Object.hasOwn(values, column.name)).length }))
    .filter(({ sent }) => sent > 0)
    .map(({ column, sent }, at) => ({ column, at, isInAll: sent === part.length }))
  if (id === undefined || columns.length === 0) return
  const rows = part
    .filter(({ values }) => Object.keys(values).length > 0)
    .map((patch) => {
      const row: Record<string, unknown> = { id: patch.id }
      for (const { column, at } of columns) {
        if (!Object.hasOwn(patch.values, column.name)) continue
        row[`v${at}`] = toWire(column, patch.values[column.name])
        row[`s${at}`] = true
      }
      return row
    })
  const types = [sql`id ${sql.raw(sqlType(id))}`, ...columns.map(({ column, at }) => patchTypes(column, at))]
  const settings = columns.map(({ column, at, isInAll }) => {
    const name = sql.id(column.name)
    const value = sql.id('r', `v${at}`)
    return isInAll
      ? sql`${name} = ${value}`
      : sql`${name} = case when ${sql.id('r', `s${at}`)} then ${value} else t.${name} end`
  })
  await sql`
    update ${sql.id(schema, definition.name)} as t set ${sql.join(settings)}
    from json_to_recordset(${JSON.stringify(rows)}::json) as r (${sql.join(types)}) where t.id = r.id`.execute(trx)
}

/** A value and whether it was sent: null is a value too. */
function patchTypes(column: Column, at: number): RawBuilder<unknown> {
  return sql`${sql.id(`v${at}`)} ${sql.raw(sqlType(column))}, ${sql.id(`s${at}`)} boolean`
}
