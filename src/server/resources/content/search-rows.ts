import type { z } from 'zod'

import type { RowPage, searchContent } from '#api/contract/content.ts'

import type { Db } from '../../db/connection.ts'
import { pageRows } from '../../tables/rows/page-rows.ts'
import type { TablePlace } from '../../tables/rows/table-place.ts'
import { parseSearch } from '../../tables/search/parse-search.ts'
import { searchSql } from '../../tables/search/search-sql.ts'
import { sortSql } from '../../tables/search/sort-sql.ts'

type Input = z.output<(typeof searchContent)['body']>

/** A page of the rows that match; without conditions all of them. */
export async function searchRows(db: Db, place: TablePlace, input: Input, now: Date): Promise<RowPage> {
  const { definition, schema } = place
  const where = searchSql(parseSearch(definition, input.search ?? [], now))
  const orderBy = sortSql(definition, input.sort ?? [])
  return pageRows(db, schema, definition, { page: input.page, perPage: input.per_page }, { where, orderBy })
}
