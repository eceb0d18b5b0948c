import { z } from 'zod'

import type { ApiGroupFilter } from '#console/data/api-groups.ts'

const PER_PAGE = 50

/** Search, order and page as the address holds them; nonsense becomes the usual. */
export const ApiGroupSearch = z.object({
  q: z.string().catch(''),
  sort: z.enum(['name', 'created', 'changed']).catch('name'),
  order: z.enum(['asc', 'desc']).catch('asc'),
  page: z.coerce.number().int().min(1).catch(1),
})
export type ApiGroupSearch = z.infer<typeof ApiGroupSearch>

export const readApiGroupSearch = (params: URLSearchParams): ApiGroupSearch =>
  ApiGroupSearch.parse(Object.fromEntries(params))

const serverSort = { name: 'name', created: 'created_at', changed: 'updated_at' } as const

/** What the server is asked. */
export function filterOf({ q, sort, order, page }: ApiGroupSearch): ApiGroupFilter {
  return { search: q, sort: serverSort[sort], order, page, per_page: PER_PAGE }
}

/** Position of a page's first item in the whole list, from 1. */
export const firstOf = ({ page }: ApiGroupSearch): number => (page - 1) * PER_PAGE + 1
