import type { z } from 'zod'

import type { listTables as listTablesEndpoint } from '#api/contract/tables.ts'

import type { Db } from '../../db/connection.ts'
import { findDefinitions, requireWorkspaceRow } from '../../tables/definition-store.ts'
import { toTable } from './present.ts'

type Query = z.output<(typeof listTablesEndpoint)['query']>
type Page = z.input<(typeof listTablesEndpoint)['reply']>

/** A page of the tables of a workspace. One more than asked is fetched: that tells whether there is a next page. */
export async function listTables(db: Db, workspaceId: number, query: Query): Promise<Page> {
  await requireWorkspaceRow(db, workspaceId)
  const found = await findDefinitions(db, workspaceId, {
    search: query.search,
    sort: query.sort,
    order: query.order,
    limit: query.per_page + 1,
    offset: (query.page - 1) * query.per_page,
  })
  return {
    curPage: query.page,
    nextPage: found.length > query.per_page ? query.page + 1 : null,
    prevPage: query.page > 1 ? query.page - 1 : null,
    items: found.slice(0, query.per_page).map(toTable),
  }
}
