import type { RawBuilder } from 'kysely'
import type { z } from 'zod'

import type { BulkResult, SearchFilter, searchDeleteContent, searchPatchContent } from '#api/contract/content.ts'

import type { Db } from '../../db/connection.ts'
import { invalidInput } from '../../errors.ts'
import { deleteFound, updateFound } from '../../tables/rows/found-rows.ts'
import { hashPasswords } from '../../tables/rows/passwords.ts'
import { createRowReader } from '../../tables/rows/row-reader.ts'
import type { TablePlace } from '../../tables/rows/table-place.ts'
import { parseSearch } from '../../tables/search/parse-search.ts'
import { searchSql } from '../../tables/search/search-sql.ts'
import { bulkResult } from './bulk-result.ts'

type Patch = z.output<(typeof searchPatchContent)['body']>
type Delete = z.output<(typeof searchDeleteContent)['body']>

/** Gives the same values to every row that matches, and answers their ids. */
export async function patchFoundRows(db: Db, place: TablePlace, input: Patch, now: Date): Promise<BulkResult> {
  const { definition } = place
  const where = requireWhere(place, input.search, now)
  const { updates = {} } = input
  if (Object.keys(updates).length === 0) {
    throw invalidInput('updates', 'Missing param: updates. Name at least one column and its new value.')
  }
  if (Object.hasOwn(updates, 'id')) throw invalidInput('updates.id', 'The id of a row cannot be changed.')
  const reader = createRowReader(definition, now)
  const values = reader.readChanges(updates, 'updates')
  reader.finish()
  await hashPasswords(definition, [values])
  return bulkResult(await updateFound(db, place, where, values))
}

/** Deletes every row that matches, and answers their ids. */
export async function removeFoundRows(db: Db, place: TablePlace, input: Delete, now: Date): Promise<BulkResult> {
  return bulkResult(await deleteFound(db, place, requireWhere(place, input.search, now)))
}

/**
 * The condition of a search that writes. An empty search is refused: in a read it means every row, and nobody who
 * forgot a condition means to change or delete them all.
 */
function requireWhere(place: TablePlace, search: SearchFilter | null | undefined, now: Date): RawBuilder<boolean> {
  const where = searchSql(parseSearch(place.definition, search ?? [], now))
  if (where !== undefined) return where
  throw invalidInput(
    'search',
    'Missing param: search. An empty search would touch every row: say which rows are meant, or truncate the table.',
  )
}
