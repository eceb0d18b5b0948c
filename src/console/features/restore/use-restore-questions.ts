import { useQuery } from '@tanstack/react-query'

import { restores } from '#console/data/restores.ts'

import { narrowed } from './narrowed.ts'
import { hasLogic, type Parts } from './parts.ts'
import { plannedDiff } from './planned-diff.ts'
import { STEPS, type Step } from './restore-search.ts'
import type { Target } from './target.ts'

export interface RestoreQuestion {
  backupId: number
  password: string
  target: Target | undefined
  /** Undefined = everything. */
  parts: Parts | undefined
  step: Step
}

/** Rows to choose from in a comparison of chosen tables; the most that the server gives. */
const SAMPLES_MAX = 20

/** What the server is asked on the way: what the archive would bring, and for what is there every difference. */
export function useRestoreQuestions({ backupId, password, target, parts, step }: RestoreQuestion) {
  const workspaceId = target === undefined || target.kind === 'new' ? null : target.workspaceId
  const at = STEPS.indexOf(step)
  const { comparesRows, comparesTexts } = comparisons(target, parts)
  const preview = useQuery({
    ...restores.preview({ backupId, workspaceId, password }),
    enabled: target !== undefined && at >= STEPS.indexOf('scope'),
  })
  const both = { backupId, password, workspaceId: workspaceId ?? 0 }
  const diff = useQuery({
    ...restores.diff({ ...both, ...(parts && { tables: parts.tables.toSorted(), samples: SAMPLES_MAX }) }),
    enabled: comparesRows && at >= STEPS.indexOf('preview'),
  })
  /** Texts are compared with all else: only while they are looked at, and only after the rows. */
  const texts = useQuery({
    ...restores.diff({ ...both, samples: 0 }),
    enabled: comparesTexts && step === 'preview' && (!comparesRows || diff.isSuccess),
  })
  /** What the chosen parts would do, of all that the archive would. */
  const effect = preview.data && narrowed(preview.data, parts)
  const planned = effect && plannedDiff({ parts, effect, diff: diff.data, texts: texts.data })
  return { preview, diff, texts, effect, planned, comparesRows }
}

/** Rows are compared where any are restored; for definitions and files alone nobody waits for that. */
function comparisons(target: Target | undefined, parts: Parts | undefined) {
  if (target?.kind !== 'existing') return { comparesRows: false, comparesTexts: false }
  return { comparesRows: parts === undefined || parts.tables.length > 0, comparesTexts: hasLogic(parts) }
}
