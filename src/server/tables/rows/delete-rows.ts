import { sql } from 'kysely'

import type { Db } from '../../db/connection.ts'
import { withDatabaseErrors } from '../database-error.ts'
import { idType } from '../definition.ts'
import { holdRows } from './hold-rows.ts'
import type { TablePlace } from './table-place.ts'

/**
 * Deletes many rows with one statement: rows that refer to each other go together. Throws 404 for an unknown id, named
 * as `row_ids.3`, and 400 while other rows refer to one of them. The ids are distinct.
 */
export async function deleteRows(trx: Db, place: TablePlace, ids: readonly string[]): Promise<void> {
  const { schema, definition } = place
  const type = sql.raw(idType(definition) === 'uuid' ? 'uuid[]' : 'bigint[]')
  await withDatabaseErrors({ definition, isDelete: true }, async () => {
    await holdRows(trx, place, ids, (at) => `row_ids.${at}`)
    await sql`delete from ${sql.id(schema, definition.name)} where id = any (${ids}::${type})`.execute(trx)
  })
}
