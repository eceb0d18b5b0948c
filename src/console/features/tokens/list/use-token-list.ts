import { useInfiniteQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo } from 'react'
import type { z } from 'zod'

import type { listTokens } from '#api/contract/tokens.ts'
import { tokens } from '#console/data/tokens.ts'
import { useIsNarrow } from '#console/lib/use-media-query.ts'

import { isPicked, pickTokens, toFilter, type TokenSearch } from './token-search.ts'

/** Rows that fill a window: with fewer, the next page is read without being asked for. */
const ENOUGH = 30

/** The tokens that the address asks for, page by page. */
export function useTokenList(search: TokenSearch, now: Date) {
  const list = useInfiniteQuery(tokens.list(toFilter(search, useIsNarrow())))
  const { data, hasNextPage, isFetching, isError, fetchNextPage } = list
  const { rows, mayFollow } = useMemo(
    () => pickTokens(data?.pages.flatMap(({ items }) => items) ?? [], search.show, now),
    [data, search.show, now],
  )
  const newest = data?.pages.at(-1)
  const hasMore = hasNextPage && mayFollow
  const isShort = isPicked(search.show) && hasMore && rows.length < ENOUGH
  const isMissing = hasMore && rows.length === 0
  const more = useCallback(() => {
    if (hasMore && !isFetching) void fetchNextPage()
  }, [hasMore, isFetching, fetchNextPage])

  useEffect(() => {
    if (isShort && !isError) more()
  }, [isShort, isError, more])

  return {
    list,
    rows,
    hasMore,
    more,
    /** True while rows that fit may yet come without being asked for. */
    isLooking: isMissing && isShort && !isError,
    /** True where a page could not be read, and none of those before holds a row that fits. */
    isStuck: isMissing && isError,
    ...countsOf(newest),
    /** How many match on all pages; unknown of those that are picked here. */
    total: isPicked(search.show) ? countIf(!hasMore, rows) : newest?.total,
  }
}

const countsOf = (page: z.infer<typeof listTokens.reply> | undefined) => ({
  counts: page?.counts,
  attention: page?.attention,
})

const countIf = (isWhole: boolean, rows: readonly unknown[]): number | undefined => (isWhole ? rows.length : undefined)
