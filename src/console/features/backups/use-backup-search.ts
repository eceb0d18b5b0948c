import { useSearchParams } from 'react-router'

import { type BackupSearch, changeBackupSearch, readBackupSearch } from './backup-search.ts'

/** Which backups are listed and how, kept in the address. */
export function useBackupSearch() {
  const [params, setParams] = useSearchParams()
  const setSearch = (change: Partial<BackupSearch>): void =>
    setParams((before) => changeBackupSearch(before, change), { replace: true, preventScrollReset: true })
  return { search: readBackupSearch(params), setSearch }
}
