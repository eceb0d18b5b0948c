import { type RawBuilder, sql } from 'kysely'

import type { Row, RowPage } from '#api/contract/content.ts'

import type { Db } from '../../db/connection.ts'
import { withDatabaseErrors } from '../database-error.ts'
import type { TableDefinition } from '../definition.ts'
import { selectRows } from './select-rows.ts'

export interface Paging {
  page: number
  perPage: number
}

type Raw = Record<string, unknown>

/** What a search adds to a page: a condition and an order, both on the table `t`. */
export interface RowFilter {
  where: RawBuilder<unknown> | undefined
  orderBy: RawBuilder<unknown> | undefined
}

/** One page of rows with exact totals. Without a search the way to the page goes through the primary key alone. */
export async function pageRows(
  db: Db,
  schema: string,
  definition: TableDefinition,
  paging: Paging,
  filter: RowFilter = { where: undefined, orderBy: undefined },
): Promise<RowPage> {
  const table = sql.id(schema, definition.name)
  const { page, perPage } = paging
  const offset = (page - 1) * perPage
  const where = filter.where === undefined ? sql`` : sql`where ${filter.where}`
  const isPlain = filter.where === undefined && filter.orderBy === undefined
  return withDatabaseErrors({ definition }, async () => {
    const selection = selectRows(definition)
    const order = filter.orderBy === undefined ? sql`t.id` : sql`${filter.orderBy}, t.id`
    const source =
      isPlain && offset > 0
        ? sql`${table} as t join (select id from ${table} order by id limit ${perPage} offset ${offset}) p on p.id = t.id order by t.id`
        : sql`${table} as t ${where} order by ${order} limit ${perPage} offset ${offset}`
    const found = await sql<Raw>`select ${selection.list} from ${source}`.execute(db)
    const items = found.rows.map((raw) => selection.toRow(raw))
    const isLast = items.length < perPage && (items.length > 0 || offset === 0)
    const total = isLast ? offset + items.length : await countRows(db, sql`${table} as t ${where}`)
    return toPage(items, paging, total)
  })
}

async function countRows(db: Db, source: RawBuilder<unknown>): Promise<number> {
  const counted = await sql<{ total: number }>`select count(*) as total from ${source}`.execute(db)
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
