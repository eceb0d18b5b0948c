import { useSearchParams } from 'react-router'

import { type AuditSearch, changeAuditSearch, readAuditSearch } from './audit-search.ts'

/** Which records are listed and which one is open, kept in the address. Opening one can be gone back from. */
export function useAuditSearch() {
  const [params, setParams] = useSearchParams()
  const setSearch = (change: Partial<AuditSearch>): void =>
    setParams((before) => changeAuditSearch(before, change), {
      replace: change.record === undefined,
      preventScrollReset: true,
    })
  return { search: readAuditSearch(params), setSearch }
}
