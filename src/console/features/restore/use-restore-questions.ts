import { useQuery } from '@tanstack/react-query'

import { restores } from '#console/data/restores.ts'

import { STEPS, type Step, type Target } from './restore-search.ts'
import { narrowed } from './scope-words.ts'

export interface RestoreQuestion {
  backupId: number
  password: string
  target: Target | undefined
  /** Undefined = everything. */
  tables: readonly string[] | undefined
  step: Step
}

/** What the server is asked on the way: what the archive would bring, and for what is there every difference. */
export function useRestoreQuestions({ backupId, password, target, tables, step }: RestoreQuestion) {
  const workspaceId = target === undefined || target.kind === 'new' ? null : target.workspaceId
  const at = STEPS.indexOf(step)
  const preview = useQuery({
    ...restores.preview({ backupId, workspaceId, password }),
    enabled: target !== undefined && at >= STEPS.indexOf('scope'),
  })
  const diff = useQuery({
    ...restores.diff({
      backupId,
      password,
      workspaceId: workspaceId ?? 0,
      ...(tables && { tables: tables.toSorted() }),
    }),
    enabled: target?.kind === 'existing' && at >= STEPS.indexOf('preview'),
  })
  /** What the chosen tables would do, of all that the archive would. */
  const effect = preview.data && narrowed(preview.data, tables)
  return { preview, diff, effect }
}
