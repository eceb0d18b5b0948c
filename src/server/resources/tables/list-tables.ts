import { setImmediate } from 'node:timers/promises'

import type { z } from 'zod'

import type { listTables as listTablesEndpoint, Table } from '#api/contract/tables.ts'

import type { Db } from '../../db/connection.ts'
import { readBranch } from '../../db/workspace.ts'
import { findSummaries, listDefinitions, requireWorkspaceRow } from '../../tables/definition-store.ts'
import type { TableSummary } from '../../tables/definition.ts'
import { toTable, toTableWithText } from './present.ts'

/** Documents printed without a pause; some milliseconds. */
const PRINTED_AT_ONCE = 50

type Query = z.output<(typeof listTablesEndpoint)['query']>
type Page = z.input<(typeof listTablesEndpoint)['reply']>

/**
 * A page of the tables of a workspace; they are the same in every branch, but the branch must be there. One more than
 * asked is fetched: that tells whether there is a next page.
 */
export async function listTables(db: Db, workspaceId: number, query: Query): Promise<Page> {
  await requireWorkspaceRow(db, workspaceId)
  if (query.branch !== '') await readBranch(db, workspaceId, query.branch)
  const found = await findSummaries(db, workspaceId, {
    search: query.search,
    sort: query.sort,
    order: query.order,
    limit: query.per_page + 1,
    offset: (query.page - 1) * query.per_page,
  })
  const page = found.slice(0, query.per_page)
  return {
    curPage: query.page,
    nextPage: found.length > query.per_page ? query.page + 1 : null,
    prevPage: query.page > 1 ? query.page - 1 : null,
    items: query.include_xanoscript ? await withTexts(db, workspaceId, page) : page.map(toTable),
  }
}

/** A document names the tables it refers to, so that all are read. One that was deleted meanwhile goes without. */
async function withTexts(db: Db, workspaceId: number, page: readonly TableSummary[]): Promise<Table[]> {
  const definitions = new Map((await listDefinitions(db, workspaceId)).map((table) => [table.id, table]))
  const names = new Map([...definitions].map(([id, { name }]) => [id, name]))
  const items: Table[] = []
  for (const summary of page) {
    const definition = definitions.get(summary.id)
    items.push(definition === undefined ? toTable(summary) : toTableWithText(definition, names))
    // Printing is work: on a long page other requests get their turn.
    if (items.length % PRINTED_AT_ONCE === 0) await setImmediate()
  }
  return items
}
