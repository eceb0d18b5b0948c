import { z } from 'zod'

import { OPERATORS, type RowFilter, type RowSort } from './row-search.ts'

/** `|` parts a filter in the address and a leading `-` turns a sort round, so a column's own are written as their codes. */
const escapeName = (column: string): string => column.replaceAll('%', '%25').replaceAll('|', '%7C').replace(/^-/, '%2D')
const readName = (text: string): string => text.replace(/^%2D/, '-').replaceAll('%7C', '|').replaceAll('%25', '%')

const FilterText = z
  .string()
  .transform((text) => {
    const [column = '', operator = '', ...value] = text.split('|')
    return { column: readName(column), operator, value: value.join('|') }
  })
  .pipe(z.object({ column: z.string().min(1), operator: z.enum(OPERATORS), value: z.string() }))
  .nullable()
  .catch(null)

const SortText = z
  .string()
  .regex(/^-?.+/)
  .transform((text): RowSort =>
    text.startsWith('-')
      ? { column: readName(text.slice(1)), direction: 'desc' }
      : { column: readName(text), direction: 'asc' },
  )
  .optional()
  .catch(undefined)

export interface RowView {
  filters: RowFilter[]
  sort: RowSort | undefined
}

/** Filters (`f`, several) and sort (`sort`, with `-` for falling) from the address; what makes no sense is passed over. */
export function readRowView(params: URLSearchParams): RowView {
  const filters = params.getAll('f').map((text) => FilterText.parse(text))
  return { filters: filters.filter((filter) => filter !== null), sort: SortText.parse(params.get('sort') ?? undefined) }
}

/** The same address with another view; everything else in it stays. */
export function writeRowView(params: URLSearchParams, view: RowView): URLSearchParams {
  const next = new URLSearchParams(params)
  next.delete('f')
  next.delete('sort')
  for (const { column, operator, value } of view.filters) next.append('f', `${escapeName(column)}|${operator}|${value}`)
  if (view.sort !== undefined)
    next.set('sort', `${view.sort.direction === 'desc' ? '-' : ''}${escapeName(view.sort.column)}`)
  return next
}
