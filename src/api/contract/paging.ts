import { z } from 'zod'

import { QueryBoolean } from './endpoint.ts'
import { wholeNumber } from './numbers.ts'

/** Rows a page at most (`contract/README.md`, Paging); more is refused, not cut. */
export const PER_PAGE_MAX = 10_000
export const PER_PAGE_DEFAULT = 50

/** `page` from 1 and `per_page`, as text in a query string or numbers in a body. */
export const PageQuery = z.object({
  page: wholeNumber(1, 1_000_000_000).default(1),
  per_page: wholeNumber(1, PER_PAGE_MAX).default(PER_PAGE_DEFAULT),
})
export type PageQuery = z.infer<typeof PageQuery>

/** The query of every object list (tables, API groups). An empty branch is the live one. */
export const ListQuery = PageQuery.extend({
  branch: z.string().default(''),
  search: z.string().default(''),
  sort: z.enum(['created_at', 'updated_at', 'name']).default('created_at'),
  order: z.enum(['asc', 'desc']).default('desc'),
  include_xanoscript: QueryBoolean,
})
export type ListQuery = z.infer<typeof ListQuery>

/** The query of lists of constructs, which may have drafts. */
export const DraftListQuery = ListQuery.extend({ include_draft: QueryBoolean })
export type DraftListQuery = z.infer<typeof DraftListQuery>

/** Entries a page of a history at most. */
export const HISTORY_PER_PAGE_MAX = 500

/** Envelope of object lists: no totals; `nextPage` is null on the last page. */
export function pageSimple<Item extends z.ZodType>(item: Item) {
  return z.object({
    curPage: z.number().int(),
    nextPage: z.number().int().nullable(),
    prevPage: z.number().int().nullable(),
    items: z.array(item),
  })
}

/** Envelope of row lists and row searches, keys in the documented order. */
export function pageFull<Item extends z.ZodType>(item: Item) {
  return z.object({
    itemsReceived: z.number().int(),
    curPage: z.number().int(),
    nextPage: z.number().int().nullable(),
    prevPage: z.number().int().nullable(),
    offset: z.number().int(),
    perPage: z.number().int(),
    itemsTotal: z.number().int(),
    pageTotal: z.number().int(),
    items: z.array(item),
  })
}

/** Lists of the console's own operations: newest first; `nextCursor` is null at the end. */
export function cursorPage<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() })
}

/** The query of the console's own lists. */
export const CursorQuery = z.object({
  cursor: z
    .string()
    .regex(/^\d{1,15}$/, 'Not a cursor of this list')
    .optional(),
  limit: wholeNumber(1, 1_000).default(200),
})
export type CursorQuery = z.infer<typeof CursorQuery>
