import type { Restore } from '#api/contract/restores.ts'
import { formatCount, formatDuration } from '#console/lib/format.ts'

import { filesWords, isOnePart, logicCounts, partsTitle } from '../part-words.ts'
import { hasParts, type Parts, partsOfScope } from '../parts.ts'
import { tookMs } from '../restore-words.ts'
import { undoneParts } from '../undo-words.ts'
import { mergedTotal, mergedWords } from './merged-words.ts'

type Done = Pick<
  Restore,
  | 'undoOf'
  | 'undoneBy'
  | 'intoNew'
  | 'newBranch'
  | 'workspaceName'
  | 'scope'
  | 'tablesDone'
  | 'rows'
  | 'merged'
  | 'startedAt'
  | 'finishedAt'
>

/** What is there now: `Workspace Shop is restored`, `Restore 4 is undone`. */
export function doneTitle({ undoOf, undoneBy, intoNew, newBranch, workspaceName, scope }: Done): string {
  if (undoneBy !== null) return undoOf === null ? 'This restore was undone' : 'This undo was undone'
  if (undoOf !== null) return `Restore ${undoOf} is undone`
  if (newBranch !== null) return `Branch ${newBranch} of ${workspaceName} was created`
  if (intoNew) return `Workspace ${workspaceName} was created`
  const parts = partsOfScope(scope)
  if (parts === undefined) return `Workspace ${workspaceName} is restored`
  return `${partsTitle(parts)} in ${workspaceName} ${isOnePart(parts) ? 'is' : 'are'} restored`
}

/** `1 table and 12,430 rows restored in 4.2 s.` */
export function doneWords(restore: Done): string {
  const ms = tookMs(restore)
  const time = ms === null ? '' : ` in ${formatDuration(ms)}`
  if (restore.undoneBy !== null) return `It took effect${time} and was taken back by restore ${restore.undoneBy}.`
  if (restore.undoOf !== null) return `${undone(restore)}${time}.`
  const total = onlyMerged(restore)
  if (total !== undefined) return `${total}${time === '' ? '' : `,${time}`}.`
  return `${cameBack(restore)} restored${time}.`
}

/** Where rows were merged and nothing else came: what happened to them. */
function onlyMerged({ scope, merged }: Done): string | undefined {
  const total = mergedTotal(merged)
  const parts = partsOfScope(scope)
  if (total === undefined || parts === undefined || merged.length < parts.tables.length) return undefined
  if (hasParts({ ...parts, tables: [] })) return undefined
  const words = mergedWords(total)
  if (merged.length > 1) return `Of ${formatCount(merged.length, 'table')} ${words}`
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`
}

function cameBack({ scope, newBranch, tablesDone, rows }: Done): string {
  const parts = partsOfScope(scope)
  if (parts === undefined && newBranch !== null) return 'API groups and constructs'
  const whole = [formatCount(tablesDone, 'table'), formatCount(rows, 'row')]
  if (parts === undefined) return andWords(whole)
  // Of rows that met others the figure says how many were read, not how many came back.
  const some = parts.rows === 'replace' ? whole : [`rows of ${formatCount(parts.tables.length, 'table')}`]
  const files = filesWords(parts.files)
  return andWords([...(parts.tables.length > 0 ? some : []), ...logicCounts(parts), ...(files === '' ? [] : [files])])
}

function andWords(items: readonly string[]): string {
  const words = items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`
  return words.charAt(0).toUpperCase() + words.slice(1)
}

function undone({ intoNew, newBranch, workspaceName, scope }: Done): string {
  if (intoNew) return `Workspace ${workspaceName} was backed up and deleted`
  if (newBranch !== null) return `Branch ${newBranch} of ${workspaceName} was backed up and deleted`
  const parts: Parts | undefined = undoneParts(scope)
  if (parts === undefined) return `${workspaceName} is as before that restore`
  return `${partsTitle(parts)} in ${workspaceName} ${isOnePart(parts) ? 'is' : 'are'} as before that restore`
}
