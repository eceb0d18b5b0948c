import { type RawBuilder, sql } from 'kysely'
import type pg from 'pg'

import type { Row, RowPage } from '#api/contract/content.ts'

import { compileSql } from '../../db/compile-sql.ts'
import { withDatabaseErrors } from '../database-error.ts'
import { rowTypes } from './row-types.ts'
import { selectRows } from './select-rows.ts'
import type { TablePlace } from './table-place.ts'

export interface Paging {
  page: number
  perPage: number
}

/** What a search adds to a page: a condition and an order, both on the table `t`. */
export interface RowFilter {
  where: RawBuilder<unknown> | undefined
  orderBy: RawBuilder<unknown> | undefined
}

/**
 * One page of rows with exact totals. Without a search the way to a later page goes through the primary key alone.
 * One row more than the page holds is asked for: the rows are counted only where that one is there, or where the page lies
 * beyond the end. (In one statement with the page, planning costs more than the round trip.)
 */
export async function pageRows(
  pool: pg.Pool,
  { schema, definition }: TablePlace,
  paging: Paging,
  filter: RowFilter = { where: undefined, orderBy: undefined },
): Promise<RowPage> {
  const { perPage } = paging
  const offset = (paging.page - 1) * perPage
  const table = sql.id(schema, definition.name)
  const matching = sql`${table} as t ${filter.where === undefined ? sql`` : sql`where ${filter.where}`}`
  const order = filter.orderBy === undefined ? sql`t.id` : sql`${filter.orderBy}, t.id`
  const source =
    filter.where === undefined && filter.orderBy === undefined && offset > 0
      ? sql`${table} as t join (select id from ${table} order by id limit ${perPage + 1} offset ${offset}) p on p.id = t.id order by t.id`
      : sql`${matching} order by ${order} limit ${perPage + 1} offset ${offset}`
  const { list, readRow } = selectRows(definition)
  return withDatabaseErrors({ definition }, async () => {
    const statement = compileSql(sql`select ${list} from ${source}`)
    const { rows } = await pool.query<unknown[]>({ ...statement, rowMode: 'array', types: rowTypes(pool) })
    const items = rows.slice(0, perPage).map(readRow)
    const isTotalKnown = rows.length <= perPage && (rows.length > 0 || offset === 0)
    return toPage(items, paging, isTotalKnown ? offset + rows.length : await countRows(pool, matching))
  })
}

async function countRows(pool: pg.Pool, matching: RawBuilder<unknown>): Promise<number> {
  const counted = await pool.query<{ total: number }>(compileSql(sql`select count(*) as total from ${matching}`))
  return counted.rows[0]?.total ?? 0
}

/** The envelope of row lists, keys in the documented order. */
function toPage(items: Row[], { page, perPage }: Paging, total: number): RowPage {
  const pageTotal = Math.ceil(total / perPage)
  return {
    itemsReceived: items.length,
    curPage: page,
    nextPage: page < pageTotal ? page + 1 : null,
    prevPage: page > 1 ? page - 1 : null,
    offset: (page - 1) * perPage,
    perPage,
    itemsTotal: total,
    pageTotal,
    items,
  }
}
