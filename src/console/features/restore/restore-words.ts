import type { Restore } from '#api/contract/restores.ts'
import { formatClock, formatCount, formatNumber } from '#console/lib/format.ts'
import type { Tone } from '#console/ui/badge.tsx'

import { partsTitle } from './part-words.ts'
import { partsOfScope } from './parts.ts'

const STAGE_WORDS: Record<Restore['stage'], string> = {
  queued: 'Waiting for its turn',
  checking: 'Checking the archive',
  safety: 'Taking the safety backup',
  definitions: 'Making tables',
  rows: 'Copying rows and files',
  keys: 'Building keys and indexes',
  swapping: 'Putting it in place',
  done: 'Done',
}

/** What a restore does right now: `Copying orders`; once its end was asked for, that. */
export function restoreStage(restore: Staged & Pick<Restore, 'stage' | 'current' | 'cancelling'>): string {
  const { stage, current, cancelling } = restore
  if (cancelling) return 'Cancelling'
  if (stage === 'safety' && current !== null) return `Safety backup: ${current}`
  return stage === 'rows' && current !== null ? `Copying ${current}` : stageLabel(stage, restore)
}

/** The figures beside it: `3 of 10 tables · 4,000 of 12,430 rows · 9,800 rows/s · 0:12`. */
export function restoreFigures(
  restore: Pick<Restore, 'tablesDone' | 'tablesTotal' | 'rows' | 'rowsTotal' | 'startedAt' | 'stages'>,
  now: Date,
): string {
  const { tablesDone, tablesTotal, rows, rowsTotal, startedAt } = restore
  const parts = [
    tablesTotal !== null && `${tablesDone} of ${formatCount(tablesTotal, 'table')}`,
    rowsTotal === null ? formatCount(rows, 'row') : `${formatNumber(rows)} of ${formatCount(rowsTotal, 'row')}`,
    rateWords(restore, now),
    startedAt !== null && formatClock(now.getTime() - new Date(startedAt).getTime()),
  ]
  return parts.filter(Boolean).join(' · ')
}

/** Rows a second of the stage under way, once it has lasted long enough to tell. */
function rateWords({ rows, stages }: Pick<Restore, 'rows' | 'stages'>, now: Date): string | undefined {
  const last = stages.at(-1)
  if (last === undefined || last.ms !== null || rows === 0) return undefined
  const ms = now.getTime() - new Date(last.at).getTime()
  return ms < 1_000 ? undefined : `${formatNumber(Math.round((rows * 1_000) / ms))} rows/s`
}

/** The bar's share: of rows while they are copied. Other stages have no total of their own that is known. */
export function restoreShare({
  stage,
  rows,
  rowsTotal,
  tablesDone,
  tablesTotal,
}: Pick<Restore, 'stage' | 'rows' | 'rowsTotal' | 'tablesDone' | 'tablesTotal'>) {
  if (stage !== 'rows') return {}
  if (rowsTotal !== null && rowsTotal > 0) return { value: rows, total: rowsTotal }
  return tablesTotal === null ? {} : { value: tablesDone, total: tablesTotal }
}

export interface StageLine {
  stage: Restore['stage']
  label: string
  state: 'done' | 'current' | 'upcoming'
  /** Null while it has not begun. */
  ms: number | null
}

type Staged = Pick<Restore, 'stages' | 'status' | 'intoNew' | 'newBranch' | 'undoOf'>

/** The stages that were, with their times, and those that are to come. */
export function stageLines(restore: Staged, now: Date): StageLine[] {
  const isActive = restore.status === 'queued' || restore.status === 'running'
  const been = restore.stages.map(({ stage, at, ms }): StageLine => {
    const lasts = ms === null && isActive
    const took = ms ?? (lasts ? now.getTime() - new Date(at).getTime() : null)
    const known = stage as Restore['stage']
    return { stage: known, label: stageLabel(known, restore), state: lasts ? 'current' : 'done', ms: took }
  })
  if (!isActive) return been
  const names = new Set(been.map(({ stage }) => stage))
  const ahead = planOf(restore).filter((stage) => !names.has(stage))
  return [
    ...been,
    ...ahead.map((stage): StageLine => ({ stage, label: stageLabel(stage, restore), state: 'upcoming', ms: null })),
  ]
}

/** An undo of what made something deletes that: it puts nothing in place. */
const isDeletion = ({ intoNew, newBranch, undoOf }: Pick<Restore, 'intoNew' | 'newBranch' | 'undoOf'>): boolean =>
  undoOf !== null && (intoNew || newBranch !== null)

function stageLabel(stage: Restore['stage'], restore: Staged): string {
  return stage === 'swapping' && isDeletion(restore) ? 'Deleting what was made' : STAGE_WORDS[stage]
}

function planOf(restore: Staged): Restore['stage'][] {
  const { intoNew, newBranch } = restore
  if (isDeletion(restore)) return ['safety', 'swapping']
  if (newBranch !== null) return ['checking', 'definitions']
  const build = ['definitions', 'rows', 'keys', 'swapping'] as const
  return intoNew ? ['checking', ...build] : ['checking', 'safety', ...build]
}

type Titled = Pick<Restore, 'scope' | 'intoNew' | 'newBranch' | 'workspaceName' | 'undoOf'>

/** `orders and users into Shop`, `Missing rows of orders into Shop`, `Undo of restore 4 in Shop`. */
export function restoreTitle({ scope, intoNew, newBranch, workspaceName, undoOf }: Titled): string {
  if (undoOf !== null) return `Undo of restore ${undoOf} in ${workspaceName}`
  const parts = partsOfScope(scope)
  const whole = newBranch === null ? 'Everything' : 'Definitions'
  const what = parts === undefined ? whole : partsTitle(parts)
  if (newBranch !== null) return `${what} into the new branch ${newBranch} of ${workspaceName}`
  return `${what} into ${intoNew ? 'the new workspace ' : ''}${workspaceName}`
}

/** How it stands, in a word. */
export function outcomeOf({
  status,
  cancelling,
  undoneBy,
  undoOf,
}: Pick<Restore, 'status' | 'cancelling' | 'undoneBy' | 'undoOf'>): {
  words: string
  tone: Tone
} {
  if (status === 'queued') return { words: 'Waiting', tone: 'neutral' }
  if (status === 'running')
    return cancelling ? { words: 'Cancelling', tone: 'neutral' } : { words: 'Running', tone: 'info' }
  if (status === 'failed') return { words: 'Failed', tone: 'danger' }
  if (status === 'cancelled') return { words: 'Cancelled', tone: 'neutral' }
  if (undoneBy !== null) return { words: 'Undone', tone: 'neutral' }
  return { words: undoOf === null ? 'Restored' : 'Done', tone: 'success' }
}

/** How long it took; null while it is not known. */
export function tookMs({ startedAt, finishedAt }: Pick<Restore, 'startedAt' | 'finishedAt'>): number | null {
  if (startedAt === null || finishedAt === null) return null
  return new Date(finishedAt).getTime() - new Date(startedAt).getTime()
}
