import { useCallback } from 'react'

import { useUrlParams } from '#console/lib/use-url-params.ts'

import { changeTokenSearch, readTokenSearch, type TokenSearch } from './token-search.ts'

/** Which tokens are listed and how, kept in the address. */
export function useTokenSearch() {
  const [params, setParams] = useUrlParams()
  const setSearch = useCallback(
    (change: Partial<TokenSearch>): void =>
      setParams((before) => changeTokenSearch(before, change), { replace: true, preventScrollReset: true }),
    [setParams],
  )
  const setSort = useCallback(
    (sort: TokenSearch['sort'], order: TokenSearch['order']): void => setSearch({ sort, order }),
    [setSearch],
  )
  const clear = (): void =>
    setParams(changeTokenSearch(new URLSearchParams(), { show: 'all' }), { replace: true, preventScrollReset: true })
  return { search: readTokenSearch(params), setSearch, setSort, clear }
}
