import type pg from 'pg'
import type { z } from 'zod'

import type { RowPage, searchContent } from '#api/contract/content.ts'

import { pageRows } from '../../tables/rows/page-rows.ts'
import type { TablePlace } from '../../tables/rows/table-place.ts'
import { parseSearch } from '../../tables/search/parse-search.ts'
import { searchSql } from '../../tables/search/search-sql.ts'
import { sortSql } from '../../tables/search/sort-sql.ts'

type Input = z.output<(typeof searchContent)['body']>

/** A page of the rows that match; without conditions all of them. */
export async function searchRows(pool: pg.Pool, place: TablePlace, input: Input, now: Date): Promise<RowPage> {
  const { definition } = place
  const where = searchSql(parseSearch(definition, input.search ?? [], now))
  const orderBy = sortSql(definition, input.sort ?? [])
  return pageRows(pool, place, { page: input.page, perPage: input.per_page }, { where, orderBy })
}
