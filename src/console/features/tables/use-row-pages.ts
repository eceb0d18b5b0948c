import { keepPreviousData, useQueries, useQuery, type UseQueryResult } from '@tanstack/react-query'
import { useCallback, useState } from 'react'

import type { Row, RowPage, SearchContent } from '#api/contract/content.ts'
import { content, type ContentRef } from '#console/data/content.ts'
import { useDebouncedValue } from '#console/lib/use-debounced-value.ts'

import { listPages, pageOf, pagesAround, placeInPage, ROWS_A_PAGE } from './row-pages.ts'

/** While the scrollbar is dragged nothing is fetched; where it rests, at once. */
const restMs = 80

export interface RowPagesInput extends Pick<SearchContent, 'search' | 'sort'> {
  tableRef: ContentRef
}

interface LoadedPage {
  items: Row[] | undefined
  isError: boolean
}

const loadedPages = (results: UseQueryResult<RowPage, unknown>[]): LoadedPage[] =>
  results.map(({ data, isLoadingError }) => ({ items: data?.items, isError: isLoadingError }))

/** The rows of a table as pages, fetched as they come into view. The first page brings the total and stands for the whole list's state. */
export function useRowPages({ tableRef: { workspaceId, tableId }, search, sort }: RowPagesInput) {
  const [wanted, setWanted] = useState({ first: 1, last: 1 })
  const span = useDebouncedValue(wanted, restMs)
  const pageOptions = (page: number) =>
    content.list({ workspaceId, tableId, page, per_page: ROWS_A_PAGE, search, sort })

  // Under another filter or order the old rows stay until the new ones are there, so that nothing flashes.
  const head = useQuery({ ...pageOptions(1), placeholderData: keepPreviousData })
  const pages = useQueries({ queries: listPages(span).map(pageOptions), combine: loadedPages })

  const rowCount = head.data?.itemsTotal ?? 0
  const headItems = head.data?.items
  const firstPage = span.first
  const getRow = useCallback(
    (index: number): Row | undefined => {
      const page = pageOf(index)
      const items = page === 1 ? headItems : pages[page - firstPage]?.items
      return items?.[placeInPage(index)]
    },
    [headItems, pages, firstPage],
  )

  function showRange(first: number, last: number) {
    const next = pagesAround(first, last, rowCount)
    setWanted((before) => (before.first === next.first && before.last === next.last ? before : next))
  }

  return { head, rowCount, getRow, showRange, hasFailedPage: pages.some(({ isError }) => isError) }
}
