import { useUrlParams } from '#console/lib/use-url-params.ts'

import { type AuditSearch, changeAuditSearch, readAuditSearch } from './audit-search.ts'

/** Which records are listed and which one is open, kept in the address. Opening one can be gone back from. */
export function useAuditSearch() {
  const [params, setParams] = useUrlParams()
  const setSearch = (change: Partial<AuditSearch>): void =>
    setParams((before) => changeAuditSearch(before, change), {
      replace: change.record === undefined,
      preventScrollReset: true,
    })
  return { search: readAuditSearch(params), setSearch }
}
