import { useUrlParams } from '#console/lib/use-url-params.ts'

import { type ApiGroupSearch, readApiGroupSearch } from './api-group-search.ts'

/** Search, order and page of the list, kept in the address; another search or order starts on the first page. */
export function useApiGroupSearch() {
  const [params, setParams] = useUrlParams()

  function setSearch(change: Partial<ApiGroupSearch>) {
    setParams(
      (before) => {
        const next = new URLSearchParams(before)
        for (const [key, value] of Object.entries({ page: 1, ...change })) {
          if (value === '' || (key === 'page' && value === 1)) next.delete(key)
          else next.set(key, String(value))
        }
        return next
      },
      { replace: change.page === undefined, preventScrollReset: change.page === undefined },
    )
  }

  return { search: readApiGroupSearch(params), setSearch }
}
