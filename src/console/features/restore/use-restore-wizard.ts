import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import { workspaces } from '#console/data/workspaces.ts'
import { useUrlParams } from '#console/lib/use-url-params.ts'

import { partsFor } from './parts.ts'
import { reachableStep, readRestoreSearch, type RestoreSearch, writeRestoreSearch } from './restore-search.ts'
import { targetOf } from './target.ts'
import { useChosenArchive } from './use-chosen-archive.ts'
import { useRestoreQuestions } from './use-restore-questions.ts'

/** Where the wizard stands: everything but the password is in the address. */
export function useRestoreWizard() {
  const [params, setParams] = useUrlParams()
  const [hasMoved, setHasMoved] = useState(false)
  const [last, setLast] = useState<RestoreSearch>()
  const search = readRestoreSearch(params)
  const chosen = useChosenArchive(search.backup)
  const step = reachableStep(search, chosen.isOpen)
  const target = targetOf(search)
  const targetName = useTargetName(search)
  const parts = partsFor(search.parts, target)
  const { password } = chosen
  const questions = useRestoreQuestions({ backupId: search.backup ?? 0, password, target, parts, step })

  function write(change: Partial<RestoreSearch>, options?: { replace: boolean }): RestoreSearch {
    let next = search
    setParams((before) => {
      next = { ...readRestoreSearch(before), ...change }
      return writeRestoreSearch(next)
    }, options)
    return next
  }

  function go(change: Partial<RestoreSearch>) {
    setHasMoved(true)
    const next = write({ look: '', ...change })
    if (next.into !== undefined) setLast(next)
  }

  /** Changes something within the step: no step back, and the focus stays where it is. */
  function refine(change: Partial<RestoreSearch>) {
    write(change, { replace: true })
  }

  /** What "Where" begins with: the browser's Back leads to an address from before the target was chosen. */
  const chosenTarget = search.into === undefined && last?.backup === search.backup ? (last ?? search) : search

  return { ...chosen, ...questions, chosenTarget, search, step, target, targetName, parts, hasMoved, go, refine }
}

function useTargetName({ into, name }: RestoreSearch): string {
  const list = useQuery(workspaces.list())
  if (into === 'new') return name
  return list.data?.find(({ id }) => id === into)?.name ?? ''
}

export type RestoreWizard = ReturnType<typeof useRestoreWizard>
