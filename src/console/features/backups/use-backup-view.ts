import { useSearchParams } from 'react-router'

import type { BackupFilter } from '#console/data/backups.ts'

import { readBackupView, type BackupView } from './backup-list-view.ts'

/** Which backups are listed and how, kept in the address. */
export function useBackupView() {
  const [params, setParams] = useSearchParams()

  function setView(change: Partial<BackupView>) {
    setParams(
      (before) => {
        const next = new URLSearchParams(before)
        for (const [key, value] of Object.entries(change)) next.set(key, value)
        if (next.get('show') === 'workspace') next.delete('show')
        return next
      },
      { replace: true, preventScrollReset: true },
    )
  }

  return { view: readBackupView(params), setView }
}

/** What is asked of the server: an uploaded archive belongs to no workspace, so it is only in the list of all. */
export const backupFilter = (workspaceId: number, { show }: BackupView): BackupFilter =>
  show === 'workspace' ? { workspaceId } : {}
