import { sql } from 'kysely'

import type { Db } from '../../db/connection.ts'
import { AppError } from '../../errors.ts'
import { idType } from '../definition.ts'
import type { TablePlace } from './table-place.ts'

/**
 * Locks the rows until the transaction ends, in the order of their ids, so that two callers with the same rows in
 * another order wait for each other instead of failing. Throws 404 for the first id without a row, by the name that
 * `paramOf` gives its position. The ids are distinct and have the form of their column.
 */
export async function holdRows(
  trx: Db,
  { schema, definition }: TablePlace,
  ids: readonly string[],
  paramOf: (at: number) => string,
): Promise<void> {
  const table = sql.id(schema, definition.name)
  const list = sql`${ids}::${sql.raw(idType(definition) === 'uuid' ? 'uuid[]' : 'bigint[]')}`
  const held = await sql<{ total: number }>`
    select count(*) as total from (select from ${table} where id = any (${list}) order by id for update) held`.execute(
    trx,
  )
  if (held.rows[0]?.total === ids.length) return
  const missing = await sql<{ at: number }>`
    select at from unnest(${list}) with ordinality as given (id, at)
    where not exists (select from ${table} as t where t.id = given.id) order by at limit 1`.execute(trx)
  const at = (missing.rows[0]?.at ?? 1) - 1
  throw noSuchRow(definition.name, ids[at] ?? '', paramOf(at))
}

/** 404 that names the place in the request where the unknown id stands. */
export function noSuchRow(table: string, id: string, param: string): AppError {
  return new AppError('not_found', `The row ${id} (${param}) of the table "${table}" does not exist or was deleted.`, {
    payload: { param },
  })
}
