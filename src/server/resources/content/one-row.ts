import type { Row } from '#api/contract/content.ts'

import type { Db } from '../../db/connection.ts'
import { type AppError, invalidInput, notFound } from '../../errors.ts'
import { hashPasswords } from '../../tables/rows/passwords.ts'
import { parseRowId } from '../../tables/rows/row-id.ts'
import { createRowReader } from '../../tables/rows/row-reader.ts'
import type { TablePlace } from '../../tables/rows/table-place.ts'
import { deleteRow, getRow, insertRow, updateRow } from '../../tables/rows/write-row.ts'

function noSuchRow({ definition }: TablePlace, id: string): AppError {
  return notFound(`The row ${id} of the table "${definition.name}"`)
}

/** The id of a path in the form of its column. Text that cannot be one names a row that does not exist: 404. */
function requireRowId(place: TablePlace, text: string): string {
  const id = parseRowId(place.definition, text)
  if (id === undefined) throw noSuchRow(place, text)
  return id
}

/** One row; throws 404. */
export async function requireRow(db: Db, place: TablePlace, rowId: string): Promise<Row> {
  const id = requireRowId(place, rowId)
  const row = await getRow(db, place.schema, place.definition, id)
  if (row === undefined) throw noSuchRow(place, id)
  return row
}

/** Adds a row and answers it. Its id is always a fresh one: an `id` that was sent is not kept. */
export async function addRow(db: Db, place: TablePlace, body: Row, now: Date): Promise<Row> {
  const reader = createRowReader(place.definition, now)
  const values = reader.readNew(body)
  reader.finish()
  await hashPasswords(place.definition, [values])
  return insertRow(db, place.schema, place.definition, values)
}

/** Changes what is sent of a row and answers it. An `id` may be sent along, as long as it is the row's own. */
export async function changeRow(db: Db, place: TablePlace, rowId: string, body: Row, now: Date): Promise<Row> {
  const id = requireRowId(place, rowId)
  const sentId = body['id']
  if (sentId !== undefined && parseRowId(place.definition, String(sentId)) !== id) {
    throw invalidInput('id', 'The id of a row cannot be changed.')
  }
  const reader = createRowReader(place.definition, now)
  const values = reader.readChanges(body)
  reader.finish()
  await hashPasswords(place.definition, [values])
  const row = await updateRow(db, place.schema, place.definition, id, values)
  if (row === undefined) throw noSuchRow(place, id)
  return row
}

/** Deletes a row; throws 404, and 400 while other rows refer to it. */
export async function removeRow(db: Db, place: TablePlace, rowId: string): Promise<void> {
  const id = requireRowId(place, rowId)
  if (!(await deleteRow(db, place.schema, place.definition, id))) throw noSuchRow(place, id)
}
