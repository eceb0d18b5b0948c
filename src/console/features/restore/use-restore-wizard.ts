import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useSearchParams } from 'react-router'

import { backups } from '#console/data/backups.ts'
import { restores } from '#console/data/restores.ts'

import { reachableStep, readRestoreSearch, targetOf, writeRestoreSearch, type RestoreSearch } from './restore-search.ts'

/** A password that opened the archive. It lives here only: after a reload it is asked for again. */
interface OpenedArchive {
  backupId: number
  password: string
}

/** Where the wizard stands: everything but the password is in the address. */
export function useRestoreWizard() {
  const [params, setParams] = useSearchParams()
  const [opened, setOpened] = useState<OpenedArchive>()
  const [hasMoved, setHasMoved] = useState(false)
  const search = readRestoreSearch(params)

  const archive = useQuery({ ...backups.detail(search.backup ?? 0), enabled: search.backup !== undefined })
  const backup = search.backup === undefined ? undefined : archive.data
  const password = opened !== undefined && opened.backupId === search.backup ? opened.password : ''
  const isOpen = backup !== undefined && (!backup.encrypted || password !== '')
  const step = reachableStep(search, isOpen)
  const target = targetOf(search)

  const preview = useQuery({
    ...restores.preview({
      backupId: search.backup ?? 0,
      workspaceId: target?.kind === 'existing' ? target.workspaceId : null,
      password,
    }),
    enabled: step === 'preview' || step === 'confirm',
  })

  function go(change: Partial<RestoreSearch>) {
    setHasMoved(true)
    setParams(writeRestoreSearch({ ...search, ...change }))
  }

  /** The password was proven by reading the archive with it. */
  function open(proven: string) {
    if (search.backup !== undefined) setOpened({ backupId: search.backup, password: proven })
  }

  return { search, step, target, archive, backup, password, isOpen, preview, hasMoved, go, open }
}

export type RestoreWizard = ReturnType<typeof useRestoreWizard>
