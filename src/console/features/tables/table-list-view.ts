import { z } from 'zod'

import type { TableFilter } from '#console/data/tables.ts'

export const TABLES_A_PAGE = 50

const TableListView = z.object({
  q: z.string().catch(''),
  sort: z.enum(['name', 'created_at', 'updated_at']).catch('name'),
  order: z.enum(['asc', 'desc']).catch('asc'),
  page: z.coerce.number().int().min(1).catch(1),
})
export type TableListView = z.infer<typeof TableListView>

export const readTableListView = (params: URLSearchParams): TableListView =>
  TableListView.parse(Object.fromEntries(params))

/** The address with a changed view. Whatever narrows or reorders the list starts again on its first page. */
export function writeTableListView(params: URLSearchParams, change: Partial<TableListView>): URLSearchParams {
  const next = new URLSearchParams(params)
  if (!('page' in change)) next.delete('page')
  for (const [key, value] of Object.entries(change)) {
    if (value === '' || (key === 'page' && value === 1)) next.delete(key)
    else next.set(key, String(value))
  }
  return next
}

export function toTableFilter(workspaceId: number, { q, sort, order, page }: TableListView): TableFilter {
  return { workspaceId, page, per_page: TABLES_A_PAGE, search: q, sort, order }
}
