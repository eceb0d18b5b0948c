import type { z } from 'zod'

import type { bulkDeleteContent, bulkPatchContent, BulkResult } from '#api/contract/content.ts'

import type { Db } from '../../db/connection.ts'
import { withDatabaseErrors } from '../../tables/database-error.ts'
import { deleteRows } from '../../tables/rows/delete-rows.ts'
import { noSuchRow } from '../../tables/rows/hold-rows.ts'
import { hashPasswords } from '../../tables/rows/passwords.ts'
import { parseRowId } from '../../tables/rows/row-id.ts'
import { createRowReader, type RowReader } from '../../tables/rows/row-reader.ts'
import type { TablePlace } from '../../tables/rows/table-place.ts'
import { type RowPatch, updateRows } from '../../tables/rows/update-rows.ts'
import { bulkResult } from './bulk-result.ts'
import { mapInTurns } from './in-turns.ts'

type Patches = z.output<(typeof bulkPatchContent)['body']>
type Deletes = z.output<(typeof bulkDeleteContent)['body']>

/** Changes many rows, all or none; an item without updates leaves its row as it is. Throws 404 for an unknown id. */
export async function patchRows(db: Db, place: TablePlace, { items }: Patches, now: Date): Promise<BulkResult> {
  const { definition } = place
  const reader = createRowReader(definition, now)
  const places = new Map<string, number>()
  const patches = await mapInTurns(items, ({ row_id, updates = {} }, at): RowPatch => {
    const id = requireId(place, row_id, `items.${at}.row_id`)
    refuseRepeated(reader, places, id, at)
    refuseOtherId(reader, place, updates['id'], id, `items.${at}.updates.id`)
    return { id, values: reader.readChanges(updates, `items.${at}.updates`) }
  })
  reader.finish()
  await hashPasswords(
    definition,
    patches.map((patch) => patch.values),
  )
  await withDatabaseErrors({ definition }, () => db.transaction().execute((trx) => updateRows(trx, place, patches)))
  return bulkResult(patches.map((patch) => patch.id))
}

/** Deletes many rows, all or none; an id that is said twice counts once. Throws 404 for an unknown id. */
export async function removeRows(db: Db, place: TablePlace, { row_ids: given = [] }: Deletes): Promise<BulkResult> {
  const ids = await mapInTurns(given, (id, at) => requireId(place, id, `row_ids.${at}`))
  const distinct = [...new Set(ids)]
  await db.transaction().execute((trx) => deleteRows(trx, place, distinct))
  return bulkResult(distinct)
}

/** The id in the form of its column. What cannot be one names a row that does not exist. */
function requireId(place: TablePlace, given: string | number, param: string): string {
  const id = parseRowId(place.definition, String(given))
  if (id === undefined) throw noSuchRow(place.definition.name, String(given), param)
  return id
}

/** Which of two changes to one row comes last would be left to chance. */
function refuseRepeated(reader: RowReader, places: Map<string, number>, id: string, at: number): void {
  const before = places.get(id)
  places.set(id, at)
  if (before === undefined) return
  const param = `items.${at}.row_id`
  reader.refuse({
    param,
    message: `Invalid value for param ${param}: items.${before} is about the row ${id} already. Join the two.`,
  })
}

/** An `id` may be sent along, as long as it is the row's own. */
function refuseOtherId(reader: RowReader, place: TablePlace, sent: unknown, id: string, param: string): void {
  if (sent === undefined || parseRowId(place.definition, String(sent)) === id) return
  reader.refuse({ param, message: 'The id of a row cannot be changed.' })
}
