import type { z } from 'zod'

import type { bulkCreateContent } from '#api/contract/content.ts'

import { dbOn } from '../../archive/client-db.ts'
import type { Connection } from '../../db/connection.ts'
import { withDatabaseErrors } from '../../tables/database-error.ts'
import { idType } from '../../tables/definition.ts'
import { insertRows, type RowId } from '../../tables/rows/insert-rows.ts'
import { hashPasswords } from '../../tables/rows/passwords.ts'
import { createRowReader, type RowReader } from '../../tables/rows/row-reader.ts'
import type { TablePlace } from '../../tables/rows/table-place.ts'
import { BadValue } from '../../tables/values/bad-value.ts'
import { toInt, toUuid } from '../../tables/values/scalars.ts'
import { inTransaction } from './in-transaction.ts'
import { mapInTurns } from './in-turns.ts'

type Input = z.output<(typeof bulkCreateContent)['body']>

/**
 * Adds many rows, all or none, and answers their ids in order. With `allow_id_field` a row keeps the id it brings;
 * without it ids are always fresh ones.
 */
export async function createRows(
  connection: Pick<Connection, 'pool'>,
  place: TablePlace,
  input: Input,
  now: Date,
): Promise<RowId[]> {
  const { definition } = place
  if (input.items.length === 0) return []
  const reader = createRowReader(definition, now)
  const rows = await mapInTurns(input.items, (item, at) => {
    const values = reader.readNew(item, `items.${at}`)
    const id = input.allow_id_field ? readId(place, item['id'], `items.${at}.id`, reader) : undefined
    if (id !== undefined) values['id'] = id
    return values
  })
  reader.finish()
  await hashPasswords(definition, rows)
  return withDatabaseErrors({ definition }, () =>
    inTransaction(connection, (client) => insertRows({ client, trx: dbOn(client) }, place, rows)),
  )
}

function readId(place: TablePlace, value: unknown, param: string, reader: RowReader): RowId | undefined {
  if (value === undefined || value === null) return undefined
  try {
    return idType(place.definition) === 'uuid' ? toUuid(value) : toInt(value)
  } catch (error) {
    if (!(error instanceof BadValue)) throw error
    reader.refuse(error.toIssue(param))
    return undefined
  }
}
