import { useUrlParams } from '#console/lib/use-url-params.ts'

import { type BackupSearch, changeBackupSearch, readBackupSearch } from './backup-search.ts'

/** Which backups are listed and how, kept in the address. */
export function useBackupSearch() {
  const [params, setParams] = useUrlParams()
  const setSearch = (change: Partial<BackupSearch>): void =>
    setParams((before) => changeBackupSearch(before, change), { replace: true, preventScrollReset: true })
  return { search: readBackupSearch(params), setSearch }
}
