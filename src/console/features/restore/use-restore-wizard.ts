import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useSearchParams } from 'react-router'

import { workspaces } from '#console/data/workspaces.ts'

import { reachableStep, readRestoreSearch, type RestoreSearch, targetOf, writeRestoreSearch } from './restore-search.ts'
import { useChosenArchive } from './use-chosen-archive.ts'
import { useRestoreQuestions } from './use-restore-questions.ts'

/** Where the wizard stands: everything but the password is in the address. */
export function useRestoreWizard() {
  const [params, setParams] = useSearchParams()
  const [hasMoved, setHasMoved] = useState(false)
  const [last, setLast] = useState<RestoreSearch>()
  const search = readRestoreSearch(params)
  const chosen = useChosenArchive(search.backup)
  const step = reachableStep(search, chosen.isOpen)
  const target = targetOf(search)
  const targetName = useTargetName(search)
  // A branch takes the definitions of the whole archive.
  const tables = target?.kind === 'branch' ? undefined : search.tables
  const { password } = chosen
  const questions = useRestoreQuestions({ backupId: search.backup ?? 0, password, target, tables, step })

  function go(change: Partial<RestoreSearch>) {
    const next = { ...search, look: '', ...change }
    setHasMoved(true)
    if (next.into !== undefined) setLast(next)
    setParams(writeRestoreSearch(next))
  }

  /** Changes something within the step: no step back, and the focus stays where it is. */
  function refine(change: Partial<RestoreSearch>) {
    setParams(writeRestoreSearch({ ...search, ...change }), { replace: true })
  }

  /** What "Where" begins with: the browser's Back leads to an address from before the target was chosen. */
  const chosenTarget = search.into === undefined && last?.backup === search.backup ? (last ?? search) : search

  return { ...chosen, ...questions, chosenTarget, search, step, target, targetName, tables, hasMoved, go, refine }
}

function useTargetName({ into, name }: RestoreSearch): string {
  const list = useQuery(workspaces.list())
  if (into === 'new') return name
  return list.data?.find(({ id }) => id === into)?.name ?? ''
}

export type RestoreWizard = ReturnType<typeof useRestoreWizard>
