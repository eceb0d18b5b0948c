import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useSearchParams } from 'react-router'

import { restores } from '#console/data/restores.ts'

import { reachableStep, readRestoreSearch, type RestoreSearch, targetOf, writeRestoreSearch } from './restore-search.ts'
import { useChosenArchive } from './use-chosen-archive.ts'

/** Where the wizard stands: everything but the password is in the address. */
export function useRestoreWizard() {
  const [params, setParams] = useSearchParams()
  const [hasMoved, setHasMoved] = useState(false)
  const [last, setLast] = useState<RestoreSearch>()
  const search = readRestoreSearch(params)
  const chosen = useChosenArchive(search.backup)
  const step = reachableStep(search, chosen.isOpen)
  const target = targetOf(search)

  const preview = useQuery({
    ...restores.preview({
      backupId: search.backup ?? 0,
      workspaceId: target?.kind === 'existing' ? target.workspaceId : null,
      password: chosen.password,
    }),
    enabled: step === 'preview' || step === 'confirm',
  })

  function go(change: Partial<RestoreSearch>) {
    const next = { ...search, ...change }
    setHasMoved(true)
    if (next.into !== undefined) setLast(next)
    setParams(writeRestoreSearch(next))
  }

  /** What "Where" begins with: the browser's Back leads to an address from before the target was chosen. */
  const chosenTarget: RestoreSearch =
    search.into === undefined && last !== undefined && last.backup === search.backup ? last : search

  return { chosenTarget, ...chosen, search, step, target, preview, hasMoved, go }
}

export type RestoreWizard = ReturnType<typeof useRestoreWizard>
