import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

import type pg from 'pg'

import type { Db } from '../../db/connection.ts'
import { invalidInput } from '../../errors.ts'
import { copyTextIn } from '../copy.ts'
import { describeDatabaseError } from '../database-error.ts'
import { idType, type TableDefinition } from '../definition.ts'
import { passIds, takeIds } from '../id-counter.ts'
import { createLineWriter } from './copy-text.ts'
import { locateRow } from './locate-row.ts'
import type { RowValues } from './row-reader.ts'
import type { TablePlace } from './table-place.ts'

/** Rows that are turned into text at once: COPY is at work with the ones before meanwhile. */
const ROWS_PER_CHUNK = 1_000

/** Half of what 64 bits hold: a given id above it could leave the counter with nothing to give. */
const ID_MAX = 2n ** 62n

export type RowId = number | string

/** A transaction: the client for COPY, and a builder on the same client. */
export interface CopySession {
  client: pg.ClientBase
  trx: Db
}

/**
 * Adds many rows by COPY and answers their ids in order. A row may bring its own `id`; the counter then moves past the
 * highest one. The ids of the rows are set in place. Refusals name the row: `items.17.price`.
 */
export async function insertRows(
  { client, trx }: CopySession,
  { schema, definition }: TablePlace,
  rows: readonly RowValues[],
): Promise<RowId[]> {
  const ids = await chooseIds(trx, schema, definition, rows)
  for (const [at, row] of rows.entries()) row['id'] = ids[at]
  try {
    await pipeline(Readable.from(copyLines(definition, rows)), copyTextIn(client, schema, definition))
  } catch (error) {
    const at = locateRow(error, definition, rows)
    const prefix = at === undefined ? 'items' : `items.${at}`
    throw describeDatabaseError(error, {
      definition,
      paramOf: (column) => (column === '' || at === undefined ? prefix : `${prefix}.${column}`),
    })
  }
  return ids
}

function* copyLines({ columns }: TableDefinition, rows: readonly RowValues[]): Generator<Buffer> {
  const toLine = createLineWriter(columns)
  for (let start = 0; start < rows.length; start += ROWS_PER_CHUNK) {
    let text = ''
    for (const row of rows.slice(start, start + ROWS_PER_CHUNK)) text += toLine(row)
    yield Buffer.from(text)
  }
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
